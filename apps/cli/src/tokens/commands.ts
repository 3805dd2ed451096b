import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Answer, printAnswer } from '../answer.ts';
import { DURATION_RULE, parseDuration } from '../duration.ts';
import type { GlobalOptions } from '../global-options.ts';
import { type OperatorSession, withOperator } from '../operator-session.ts';
import type { Surroundings } from '../surroundings.ts';
import {
  type IssueTokenOptions,
  issueToken,
  listTokens,
  revokeToken,
  rotateToken,
  TOKEN_KINDS,
} from './manage-tokens.ts';

interface AccountOption {
  account: string;
}

/** Adds `rollcall token …`; every command names the account that it is about. */
export function addTokenCommands(program: Command, surroundings: Surroundings): void {
  const token = program.command('token').description('the secrets by which machines sign in to an account');

  const answerOf = async (account: string, use: (session: OperatorSession) => Promise<Answer>) => {
    const common = program.opts<GlobalOptions>();
    printAnswer(await withOperator({ ...common, account }, surroundings, use), common, surroundings);
  };
  const addCommand = (name: string, description: string) =>
    token
      .command(name)
      .description(description)
      .requiredOption('--account <id>', 'the account, as in "rollcall account list"');

  addCommand('issue', 'make a token and show it this once')
    .addOption(
      new Option('--kind <kind>', 'what the token is for')
        .choices(Object.keys(TOKEN_KINDS))
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'what the token is called')
    .option('--permissions <ids>', 'what it may do, separated by commas', parseIds)
    .option('--connection <id>', 'the connection that a SCIM token belongs to')
    .option('--expires <duration>', 'how long it lives, such as 90d', parseLifetime)
    .action((options: IssueTokenOptions & AccountOption) =>
      answerOf(options.account, (session) => issueToken(options, session, surroundings.now())),
    );

  addCommand('list', 'list the tokens of an account').action(({ account }: AccountOption) =>
    answerOf(account, listTokens),
  );

  addCommand('rotate', 'give a token a new secret and show it this once')
    .requiredOption('--id <id>', 'the token, as in "rollcall token list"')
    .option(
      '--overlap <duration>',
      'how long the old secret still works, such as 1h; not at all unless told',
      durationOf,
    )
    .action((options: { id: string; overlap?: number } & AccountOption) =>
      answerOf(options.account, (session) => rotateToken(options, session)),
    );

  addCommand('revoke', 'end a token at once')
    .requiredOption('--id <id>', 'the token, as in "rollcall token list"')
    .action((options: { id: string } & AccountOption) =>
      answerOf(options.account, (session) => revokeToken(options, session)),
    );
}

function durationOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError(DURATION_RULE);
  return seconds;
}

function parseLifetime(text: string): number {
  const seconds = durationOf(text);
  if (seconds === 0) throw new InvalidArgumentError('A token can not expire before it is used.');
  return seconds;
}

function parseIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.includes('')) {
    throw new InvalidArgumentError('Permissions are separated by one comma, such as users.read,teams.read.');
  }
  return ids;
}
