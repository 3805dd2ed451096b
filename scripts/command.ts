import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where a command runs, and what is added to its environment. */
export interface CommandSurroundings {
  directory?: string;
  variables?: Record<string, string>;
  /** Takes the output as it comes; without it, it goes to the terminal. */
  onOutput?: ((part: Buffer) => void) | undefined;
}

/**
 * Runs an installed tool; answers the exit code, 1 when a signal ended it.
 * @throws Error when it can't be started
 */
export function runCommand(
  command: readonly [tool: string, ...args: string[]],
  { directory = ROOT, variables = {}, onOutput }: CommandSurroundings = {},
): Promise<number> {
  const [tool, ...args] = command;
  // Tools must find the installed Node, whichever one the shell would find.
  const PATH = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(tool, args, {
    cwd: directory,
    env: { ...process.env, ...variables, PATH },
    stdio: onOutput ? ['inherit', 'pipe', 'pipe'] : 'inherit',
  });
  for (const stream of [child.stdout, child.stderr]) if (onOutput) stream?.on('data', onOutput);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
