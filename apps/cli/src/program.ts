import { Command } from 'commander';
import { addAccountCommands } from './accounts/commands.ts';
import { addBackupCommands } from './backup/commands.ts';
import type { Surroundings } from './surroundings.ts';
import { addTokenCommands } from './tokens/commands.ts';

/** Describes all commands; parsing runs the one that was meant and throws where there is none. */
export function buildProgram(surroundings: Surroundings): Command {
  const program = new Command('rollcall')
    .description(
      'Sets up accounts and tokens of a Rollcall server, as its operator, and backs up the database that comes with it.',
    )
    .option('--url <url>', 'the server (ROLLCALL_URL, or http://127.0.0.1:4000)')
    .option('--json', 'answer with one line of JSON')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: surroundings.writeOut, writeErr: surroundings.writeError })
    .showHelpAfterError('(--help shows the options and the rules)')
    .exitOverride();
  addAccountCommands(program, surroundings);
  addTokenCommands(program, surroundings);
  addBackupCommands(program, surroundings);
  return program;
}
