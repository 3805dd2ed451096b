import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import type { ClusterHome } from './cluster-home.ts';
import { readPostmasterPidFile } from './postmaster-pid-file.ts';

/** A running server. */
export interface Postmaster {
  pid: number;
  /** Settles when the server has ended, whoever ended it, with how. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** The server ended before it accepted connections; `log` is what it wrote. */
export class PostmasterFailed extends Error {
  override name = 'PostmasterFailed';
  readonly log: string;

  constructor(logFile: string, log: string) {
    super(`PostgreSQL did not start. Its log, ${logFile}, says:\n${log.slice(-2000)}`);
    this.log = log;
  }
}

const LOG_LIMIT = 10 * 1024 * 1024;
const SHUTDOWN_TIMEOUT = 30_000;

/**
 * Starts the server and waits until it accepts connections, crash recovery included.
 *
 * It runs in a process group of its own, because Ctrl-C in a terminal signals the whole group and the application
 * wants to finish its requests before the database goes. A guard ends it should this process die without stopping
 * it, even by kill -9.
 *
 * @throws PostmasterFailed when it doesn't start.
 */
export async function startPostmaster(
  home: ClusterHome,
  { postgres }: Binaries,
  serverArguments: string[],
): Promise<Postmaster> {
  const log = await openLog(home.log);
  const logStart = (await log.stat()).size;
  const server = spawn(postgres, ['-D', home.cluster, ...serverArguments], {
    ...home.user,
    // The directory of this process may be one that the server's user can't enter.
    cwd: '/',
    env: { LC_ALL: 'C' },
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  });
  const exited = new Promise<string>((resolve) => {
    server.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `by ${signal}`));
    server.once('error', ({ message }) => resolve(message));
  });
  const guard = server.pid ? startGuard(server.pid) : undefined;
  exited.then(() => guard?.kill('SIGKILL'));
  await log.close();
  if (!server.pid) throw new Error(`${postgres} can't be started`);

  if (!(await isAccepting(server, home.cluster))) {
    const logged = (await readFile(home.log)).subarray(logStart).toString().trim();
    throw new PostmasterFailed(home.log, logged);
  }
  server.unref();
  return { pid: server.pid, ended: exited, stop: () => stop(server, exited) };
}

async function openLog(path: string) {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > LOG_LIMIT) await rename(path, `${path}.old`);
  return open(path, 'a', 0o600);
}

async function isAccepting(server: ChildProcess, cluster: string): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    const pidFile = await readPostmasterPidFile(cluster);
    if (pidFile?.ready && pidFile.pid === server.pid) return true;
    await delay(10);
  }
  return false;
}

/** A shell that reads a pipe only this process holds: its end means that this process is gone. */
function startGuard(serverPid: number): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'while read -r _; do :; done; kill -INT "$0"', String(serverPid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    detached: true,
  });
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return guard;
}

/** SIGINT is PostgreSQL's fast shutdown; SIGQUIT, its immediate one, is recovered from at the next start. */
async function stop(server: ChildProcess, exited: Promise<unknown>): Promise<void> {
  server.ref();
  server.kill('SIGINT');
  const patience = new AbortController();
  const outOfTime = delay(SHUTDOWN_TIMEOUT, undefined, { signal: patience.signal }).then(
    () => server.kill('SIGQUIT'),
    () => undefined,
  );
  await Promise.race([exited, outOfTime]);
  await exited;
  patience.abort();
}
