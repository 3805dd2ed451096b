import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A running child. */
export interface RunningProcess {
  stop(): Promise<void>;
}

interface ProcessOptions {
  readonly script: string;
  readonly directory: string;
  readonly variables: Record<string, string>;
  /** Answers with success once it can serve. */
  readonly readyUrl: string;
}

/** Starts a Node program and waits until it can serve. @throws Error with its output when it ends before. */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { script, directory, variables, readyUrl } = options;
  const env = { ...process.env, NODE_ENV: 'production', ...variables };
  const child = spawn(process.execPath, [script], { cwd: directory, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = once(child, 'exit');
  while (!(await answers(readyUrl))) {
    if (child.exitCode !== null) throw new Error(`${script} ended:\n${output}`);
    await delay(50);
  }
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
