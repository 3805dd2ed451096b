import { CommanderError } from 'commander';
import { CommandError, UsageError } from './command-error.ts';
import { buildProgram } from './program.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs one command line; answers the exit code: 0 done, 1 failed, 2 not understood. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await buildProgram(surroundings).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // commander has printed its own message by now.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    surroundings.writeError(`${describe(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function describe(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  return `Unexpected: ${error instanceof Error ? error.message : String(error)}`;
}
