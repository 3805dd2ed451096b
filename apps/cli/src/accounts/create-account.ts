import type { Answer } from '../answer.ts';
import { labelled } from '../layout.ts';
import type { OperatorSession } from '../operator-session.ts';
import { CreateAccount } from './documents.ts';
import { REGIONS, type RegionName } from './region.ts';

export interface CreateAccountOptions {
  name: string;
  adminEmail: string;
  adminName?: string;
  region?: RegionName;
}

/** Creates an account with its first admin, whose password the server makes up. */
export async function createAccount(
  options: CreateAccountOptions,
  session: OperatorSession,
): Promise<Answer> {
  const { name, adminEmail, adminName, region } = options;
  const input = { name, adminEmail, adminName, region: region && REGIONS[region] };
  const { account, adminPassword } = (await session.execute(CreateAccount, { input })).createAccount;
  return {
    data: {
      accountId: account.id,
      scimUrl: account.scimUrl,
      graphqlUrl: account.graphqlUrl,
      admin: { email: adminEmail, password: adminPassword },
    },
    text: `The account ${name} is ready.

${labelled([
  ['Account', account.id],
  ['SCIM URL', account.scimUrl],
  ['GraphQL URL', account.graphqlUrl],
  ['Admin', adminEmail],
  ['Password', adminPassword],
])}
The password is shown this once: keep it now.
`,
  };
}
