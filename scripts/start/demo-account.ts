import { GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { Demo } from './demo-file.ts';
import type { Operator } from './operator.ts';

const CreateAccount = graphql(`
  mutation CreateDemoAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      account {
        id
        scimUrl
      }
      adminPassword
    }
  }
`);

const Connections = graphql(`
  query DemoConnections {
    connections(first: 1) {
      nodes {
        id
      }
    }
  }
`);

const UpdateConnection = graphql(`
  mutation NameDemoConnection($input: UpdateConnectionInput!) {
    updateConnection(input: $input) {
      connection {
        id
      }
    }
  }
`);

const MakeTeams = graphql(`
  mutation MakeDemoTeams($input: UpdateOrgStructureInput!) {
    updateOrgStructure(input: $input) {
      orgStructure {
        createTeams
      }
    }
  }
`);

const IssueToken = graphql(`
  mutation IssueDemoToken($input: IssueTokenInput!) {
    issueToken(input: $input) {
      secret
    }
  }
`);

const AccountName = graphql(`
  query DemoAccount {
    account {
      name
    }
  }
`);

/** An account to create, and who signs in to it. */
export interface DemoAccount {
  readonly name: string;
  readonly adminEmail: string;
  readonly adminName: string;
}

/**
 * Creates an account with an admin, a connection with Entra ID and its token, a token that may only read, and teams that
 * follow from departments and managers.
 */
export async function createDemoAccount(operator: Operator, wanted: DemoAccount): Promise<Demo> {
  const created = await operator.execute(CreateAccount, { input: { region: 'EU', ...wanted } });
  const { account, adminPassword } = created.createAccount;
  const { connections } = await operator.execute(Connections, {}, account.id);
  for (const { id } of connections.nodes) {
    const input = { id, name: 'Entra ID', provider: 'ENTRA' as const };
    await operator.execute(UpdateConnection, { input }, account.id);
  }
  await operator.execute(MakeTeams, { input: { createTeams: 'MANAGER' as const } }, account.id);
  const issue = async (kind: 'SCIM' | 'API', name: string) =>
    (await operator.execute(IssueToken, { input: { kind, name } }, account.id)).issueToken.secret;
  return {
    accountId: account.id,
    scimUrl: account.scimUrl,
    admin: { email: wanted.adminEmail, password: adminPassword },
    scimToken: await issue('SCIM', 'Entra ID provisioning'),
    apiToken: await issue('API', 'First steps'),
    filled: false,
  };
}

/** Whether the database still has the account; another one may have been chosen since. */
export async function hasAccount(operator: Operator, id: string): Promise<boolean> {
  try {
    await operator.execute(AccountName, {}, id);
    return true;
  } catch (error) {
    if (error instanceof GraphQLRequestError && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}
