import type { Answer } from '../answer.ts';
import { table } from '../layout.ts';
import type { OperatorSession } from '../operator-session.ts';
import { PAGE_SIZE, pageThrough } from '../page-through.ts';
import { ListAccounts } from './documents.ts';

/** Lists all accounts of the server. */
export async function listAccounts(session: OperatorSession): Promise<Answer> {
  const nodes = await pageThrough(
    async (after) => (await session.execute(ListAccounts, { first: PAGE_SIZE, after })).accounts,
  );
  const accounts = nodes.map(({ id, region, ...rest }) => ({
    accountId: id,
    region: region.toLowerCase(),
    ...rest,
  }));
  return {
    data: accounts,
    text: table(
      ['ACCOUNT', 'NAME', 'REGION', 'SCIM URL'],
      accounts.map(({ accountId, name, region, scimUrl }) => [accountId, name, region, scimUrl]),
      'There is no account yet. "rollcall account create --help" says how to make one.',
    ),
  };
}
