import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createHttpClient,
  type GraphQLClient,
  type GraphQLRequestHeaders,
  graphql,
} from '@rollcall/graphql-client';
import type { ScimEndpoint } from '../workload/scim-client.ts';

const CreateAccount = graphql(`
  mutation CreateBenchAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      account {
        id
      }
    }
  }
`);

const ChooseTeams = graphql(`
  mutation ChooseBenchTeams($input: UpdateOrgStructureInput!) {
    updateOrgStructure(input: $input) {
      orgStructure {
        createTeams
      }
    }
  }
`);

const IssueToken = graphql(`
  mutation IssueBenchToken($input: IssueTokenInput!) {
    issueToken(input: $input) {
      secret
    }
  }
`);

/** An account of a server, and who runs it. */
export interface BenchAccount {
  readonly endpoint: ScimEndpoint;
  readonly client: GraphQLClient;
  /** Of the operator, in this account. */
  readonly headers: GraphQLRequestHeaders;
  close(): Promise<void>;
}

/** Makes an account whose teams follow from people in that way, and a token for its identity provider. */
export async function openAccount(
  origin: string,
  dataDirectory: string,
  createTeams: 'NONE' | 'MANAGER',
): Promise<BenchAccount> {
  const operator = (await readFile(join(dataDirectory, 'operator-token'), 'utf8')).trim();
  const client = createHttpClient({ url: `${origin}/graphql`, connections: 1 });
  const authorization = `Bearer ${operator}`;
  const input = { region: 'EU', name: 'Bench', adminEmail: 'admin@example.com', adminName: 'Ada' } as const;
  const { createAccount } = await client.execute(CreateAccount, { input }, { authorization });
  const { id } = createAccount.account;
  const headers = { authorization, 'rollcall-account': id };
  await client.execute(ChooseTeams, { input: { createTeams } }, headers);
  const { issueToken } = await client.execute(
    IssueToken,
    { input: { kind: 'SCIM', name: 'Bench' } },
    headers,
  );
  const endpoint = { url: `${origin}/scim/v2/${id}`, token: issueToken.secret };
  return { endpoint, client, headers, close: () => client.close() };
}
