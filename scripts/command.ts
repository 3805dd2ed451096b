import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where a command runs, and what is added to its environment. */
export interface CommandSurroundings {
  directory?: string;
  variables?: Record<string, string>;
}

/**
 * Runs an installed tool with its output on the terminal; answers the exit code, 1 when a signal ended it.
 * @throws Error when it can't be started
 */
export function runCommand(
  command: readonly [tool: string, ...args: string[]],
  { directory = ROOT, variables = {} }: CommandSurroundings = {},
): Promise<number> {
  const [tool, ...args] = command;
  // Tools must find the installed Node, whichever one the shell would find.
  const PATH = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(tool, args, {
    cwd: directory,
    env: { ...process.env, ...variables, PATH },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
