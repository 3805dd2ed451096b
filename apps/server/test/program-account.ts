import { z } from 'zod';
import { operatorToken } from '../src/operator-token.ts';
import { type HttpGraphQL, httpGraphQL } from './clients/graphql-client.ts';
import type { ServerProgram } from './program.ts';

/** An account at a server that is a process of its own. */
export interface ProgramAccount {
  readonly id: string;
  /** The operator, in the account. */
  readonly operator: HttpGraphQL;
  /** Gives the secret of a new token. */
  issueToken(input: object): Promise<string>;
}

const created = z.object({ createAccount: z.object({ account: z.object({ id: z.string() }) }) });
const issued = z.object({ issueToken: z.object({ secret: z.string() }) });

/** Creates an account, as the operator whose token is in the server's data directory. */
export async function openProgramAccount(
  { origin }: ServerProgram,
  dataDirectory: string,
): Promise<ProgramAccount> {
  const authorization = `Bearer ${await operatorToken(dataDirectory)}`;
  const { createAccount } = await httpGraphQL(origin, { authorization }).query(
    created,
    'mutation { createAccount(input: { name: "Acme", adminEmail: "ada@example.com", adminName: "Ada" }) { account { id } } }',
  );
  const { id } = createAccount.account;
  const operator = httpGraphQL(origin, { authorization, 'rollcall-account': id });
  return {
    id,
    operator,
    async issueToken(input) {
      const { issueToken } = await operator.query(
        issued,
        'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { secret } }',
        { input },
      );
      return issueToken.secret;
    },
  };
}
