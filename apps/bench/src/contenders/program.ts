import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../../../..');
/** Ends the program when this process is gone, however that ended. */
const END_WITH_PARENT = join(ROOT, 'scripts/start/end-with-parent.ts');
const STOP_WITHIN_MS = 20_000;
const KEPT_LINES = 20;

/** A program that serves. */
export interface Program {
  readonly pid: number;
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Starts a script of the repository with these variables and no others, in a process group of its own, and waits until it
 * says where it listens. @throws Error with its last lines when it ends before
 */
export async function startProgram(
  script: string,
  flags: readonly string[],
  variables: Record<string, string>,
): Promise<Program> {
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...flags, join(ROOT, script)], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(child, 'exit');
  const lines: string[] = [];
  const origin = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      const address = readyAddress(line);
      if (address) resolve(address);
    });
    ended.then(
      () => reject(new Error(`${script} ended before it served:\n${lines.join('\n')}`)),
      () => reject(new Error(`${script} can't be started.`)),
    );
  });
  return {
    pid: child.pid ?? 0,
    origin,
    async stop() {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(insist);
    },
  };
}

function readyAddress(line: string): string | undefined {
  try {
    const { msg, address }: { msg?: string; address?: string } = JSON.parse(line);
    return msg === 'ready' ? address : undefined;
  } catch {
    return undefined;
  }
}
