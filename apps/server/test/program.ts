import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';

export const SERVER_ROOT = join(import.meta.dirname, '..');

const logLine = z.looseObject({
  msg: z.string(),
  address: z.string().optional(),
  postmaster: z.number().optional(),
});
export type LogLine = z.infer<typeof logLine>;

/** The server as a process of its own. */
export interface ServerProgram {
  readonly child: ChildProcess;
  readonly origin: string;
  /** What its log has said so far. */
  readonly messages: readonly string[];
  /** The line of its log that says so. */
  line(message: string): LogLine;
  /** Waits until its log says so, from now on, and gives what the pattern catches. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

const children: ChildProcess[] = [];

/** Builds the program that `startServerProgram` starts. */
export const buildProgram = (): Promise<unknown> =>
  promisify(execFile)(process.execPath, ['build.ts'], { cwd: SERVER_ROOT });

/** Starts the program with these variables, and gives it when it says that it is ready. */
export async function startServerProgram(
  variables: Readonly<Record<string, string>>,
): Promise<ServerProgram> {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: SERVER_ROOT,
    env: { ...process.env, SERVER_PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const log: LogLine[] = [];
  const messages: string[] = [];
  const lines = createInterface(child.stdout);
  const origin = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${messages.join('\n')}`)));
    lines.on('line', (line) => {
      const said = logLine.parse(JSON.parse(line));
      const { msg, address } = said;
      log.push(said);
      messages.push(msg);
      if (msg === 'ready' && address !== undefined) resolve(address);
    });
  });
  return {
    child,
    origin,
    messages,
    line(message) {
      const found = log.find(({ msg }) => msg === message);
      if (found === undefined) throw new Error(`The log does not say ${message}.`);
      return found;
    },
    says: (pattern) =>
      new Promise((resolve) => {
        const look = () => {
          const found = pattern.exec(messages.at(-1) ?? '');
          if (found === null) return;
          lines.off('line', look);
          resolve(found);
        };
        lines.on('line', look);
      }),
  };
}

/** Ends whatever was started and still runs. */
export async function killPrograms(): Promise<void> {
  const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  const ended = running.map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ended);
}
