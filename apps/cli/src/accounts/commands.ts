import { type Command, Option } from 'commander';
import { printAnswer } from '../answer.ts';
import type { GlobalOptions } from '../global-options.ts';
import { withOperator } from '../operator-session.ts';
import type { Surroundings } from '../surroundings.ts';
import { type CreateAccountOptions, createAccount } from './create-account.ts';
import { listAccounts } from './list-accounts.ts';
import { REGIONS } from './region.ts';

/** Adds `rollcall account …`. */
export function addAccountCommands(program: Command, surroundings: Surroundings): void {
  const account = program.command('account').description('the customers of this server');

  account
    .command('create')
    .description('create an account and its first admin')
    .requiredOption('--name <name>', 'what the account is called')
    .requiredOption('--admin-email <email>', 'the e-mail address by which the admin signs in')
    .option('--admin-name <name>', 'the name of the admin, such as "Ada Lovelace"')
    .addOption(new Option('--region <region>', 'where the data lives').choices(Object.keys(REGIONS)))
    .action(async (options: CreateAccountOptions) => {
      const common = program.opts<GlobalOptions>();
      const answer = await withOperator(common, surroundings, (session) => createAccount(options, session));
      printAnswer(answer, common, surroundings);
    });

  account
    .command('list')
    .description('list all accounts')
    .action(async () => {
      const common = program.opts<GlobalOptions>();
      printAnswer(await withOperator(common, surroundings, listAccounts), common, surroundings);
    });
}
