import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../start/port.ts';

/** A Keycloak that runs on this machine, with nothing in it. */
interface RunningKeycloak {
  /** Tell the tests where it is, and who may change it. */
  readonly variables: Record<string, string>;
  stop(): Promise<void>;
}

/** Starting compiles its configuration, which takes minutes on a machine that is busy. */
const READY_WITHIN_MS = 600_000;

/** Starts the Keycloak in the folder with a database in memory, and waits until it serves. @throws Error with its last lines */
export async function startKeycloak(home: string): Promise<RunningKeycloak> {
  const [port, managementPort] = [await freePort(), await freePort()];
  const origin = `http://localhost:${port}`;
  const admin = { id: 'rollcall-tests', secret: randomBytes(24).toString('hex') };
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-keycloak-'));
  const logFile = join(directory, 'keycloak.log');
  const log = await open(logFile, 'a');
  process.stdout.write(`Starting Keycloak at ${origin}\n`);
  const child = spawn(
    join(home, 'bin', 'kc.sh'),
    [
      'start-dev',
      '--db=dev-mem',
      '--cache=local',
      '--http-host=127.0.0.1',
      `--http-port=${port}`,
      '--health-enabled=true',
      `--http-management-port=${managementPort}`,
    ],
    {
      env: {
        ...process.env,
        KC_BOOTSTRAP_ADMIN_CLIENT_ID: admin.id,
        KC_BOOTSTRAP_ADMIN_CLIENT_SECRET: admin.secret,
      },
      stdio: ['ignore', log.fd, log.fd],
      // The script starts others, which end with its group.
      detached: true,
    },
  );
  await log.close();
  const ended = once(child, 'exit');
  const kill = () =>
    child.pid !== undefined &&
    child.exitCode === null &&
    child.signalCode === null &&
    process.kill(-child.pid, 'SIGKILL');
  process.once('exit', kill);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const stop = async () => {
    kill();
    await ended;
    process.off('exit', kill);
    await rm(directory, { recursive: true });
  };

  try {
    await Promise.race([
      untilReady(`http://127.0.0.1:${managementPort}/health/ready`),
      ended.then(() => Promise.reject(new Error('Keycloak ended while it started.'))),
    ]);
  } catch (cause) {
    const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-20);
    await stop();
    throw new Error(`Keycloak does not start:\n${lines.join('\n')}`, { cause });
  }
  return {
    variables: { KEYCLOAK_URL: origin, KEYCLOAK_CLIENT_ID: admin.id, KEYCLOAK_CLIENT_SECRET: admin.secret },
    stop,
  };
}

async function untilReady(url: string): Promise<void> {
  for (const since = performance.now(); performance.now() - since < READY_WITHIN_MS; await delay(250)) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
  }
  throw new Error('It was not ready in time.');
}
