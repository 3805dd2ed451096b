import { resolve } from 'node:path';
import { backUpCluster, restoreCluster } from '@rollcall/embedded-postgres';
import type { Command } from 'commander';
import { type Answer, printAnswer } from '../answer.ts';
import { CommandError } from '../command-error.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Surroundings } from '../surroundings.ts';
import { databaseDirectory } from './database-directory.ts';

const elsewhere = 'With DATABASE_URL, use the tools of PostgreSQL: docs/guides/backup.md.';

const notOurs =
  'DATABASE_URL is set, and what it leads to is not the database that comes with Rollcall. Use pg_dump and pg_restore as docs/guides/backup.md shows, or unset DATABASE_URL to copy the database that comes with Rollcall.';

/** Adds `rollcall backup` and `rollcall restore`. */
export function addBackupCommands(program: Command, surroundings: Surroundings): void {
  const inDirectory = (directory: string) => {
    if (surroundings.environment.databaseUrl !== undefined) throw new CommandError(notOurs);
    return {
      dataDirectory: databaseDirectory(surroundings),
      backup: resolve(surroundings.directory, directory),
    };
  };
  const answer = async (work: () => Promise<Answer>) =>
    printAnswer(await work().catch(explain), program.opts<GlobalOptions>(), surroundings);

  program
    .command('backup <directory>')
    .description(`copy the database that comes with Rollcall, while the server is stopped. ${elsewhere}`)
    .action((directory: string) =>
      answer(async () => {
        const options = inDirectory(directory);
        const files = await backUpCluster(options);
        return {
          data: { ...options, files },
          text: `${options.backup} has the database of ${options.dataDirectory}, ${files} files. Keep it as secret as the database.\n`,
        };
      }),
    );

  program
    .command('restore <directory>')
    .description(`make the database that comes with Rollcall from a backup. ${elsewhere}`)
    .action((directory: string) =>
      answer(async () => {
        const options = inDirectory(directory);
        const files = await restoreCluster(options);
        return {
          data: { ...options, files },
          text: `${options.dataDirectory} has the database of ${options.backup}, ${files} files. Start the server.\n`,
        };
      }),
    );
}

const explain = (error: unknown): never => {
  throw new CommandError(error instanceof Error ? error.message : String(error), { cause: error });
};
