/** A person as an identity provider sends them. */
export interface ScimPerson {
  readonly userName: string;
  readonly externalId?: string;
  readonly displayName: string;
  readonly title?: string;
  readonly department?: string;
  readonly photos?: readonly { readonly value: string; readonly type: string }[];
  /** The SCIM id of the manager. */
  readonly manager?: string;
}

/** An account whose identity provider can be played. */
export interface TestAccount {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  /** Provisions a person over SCIM through the server at that origin, and answers the SCIM id. */
  provision(person: ScimPerson, origin: string): Promise<string>;
  /** Gives somebody another manager over SCIM. */
  move(id: string, manager: string): Promise<void>;
  /** Pushes a group with these people over SCIM, and answers its SCIM id. */
  push(displayName: string, members: readonly string[]): Promise<string>;
  /** Deletes somebody over SCIM. */
  remove(id: string): Promise<void>;
  /** Gives somebody a role by hand. */
  grant(userId: string, roleId: string): Promise<void>;
  /** Runs a GraphQL mutation with an `$input` in the account. */
  mutate(query: string, input: object): Promise<void>;
  /** Sets up a sign-in connection that finds people by the external ids of the account's directory. */
  connectProvider(input: object): Promise<{ readonly id: string; readonly redirectUri: string }>;
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Makes an account with an admin and a SCIM token, as the operator of the server at that origin. */
export async function createTestAccount(origin: string, operatorToken: string): Promise<TestAccount> {
  const email = 'ada@example.com';
  const ask = (query: string, input: object, accountId?: string) =>
    send(
      `${origin}/graphql`,
      { query, variables: { input } },
      {
        authorization: `Bearer ${operatorToken}`,
        'content-type': 'application/json',
        ...(accountId !== undefined && { 'rollcall-account': accountId }),
      },
    );
  const created = await ask(
    'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { account { id } adminPassword } }',
    { name: 'Acme', adminEmail: email, adminName: 'Ada Admin' },
  );
  const { account, adminPassword } = created.data.createAccount;
  const issued = await ask(
    'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { secret } }',
    { kind: 'SCIM', name: 'Directory' },
    account.id,
  );
  const scim = {
    authorization: `Bearer ${issued.data.issueToken.secret}`,
    'content-type': 'application/scim+json',
  };
  const resources = `${origin}/scim/v2/${account.id}`;
  const users = `${resources}/Users`;
  return {
    id: account.id,
    email,
    password: adminPassword,
    async connectProvider(input) {
      const { data } = await ask('{ connections(first: 1) { nodes { id } } }', {}, account.id);
      const connected = await ask(
        'mutation ($input: CreateSignInConnectionInput!) { createSignInConnection(input: $input) { signInConnection { id redirectUri } } }',
        { linkRule: 'EXTERNAL_ID', connectionId: data.connections.nodes[0].id, ...input },
        account.id,
      );
      return connected.data.createSignInConnection.signInConnection;
    },
    async grant(userId, roleId) {
      const input = { userId, roleId };
      await ask(
        'mutation ($input: RoleGrantInput!) { grantRole(input: $input) { changed } }',
        input,
        account.id,
      );
    },
    async mutate(query, input) {
      await ask(query, input, account.id);
    },
    async move(id, manager) {
      const value = { value: manager };
      const Operations = [{ op: 'replace', path: `${ENTERPRISE}:manager`, value }];
      const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations };
      await send(`${users}/${id}`, body, scim, 'PATCH');
    },
    async push(displayName, members) {
      const body = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName,
        members: members.map((value) => ({ value })),
      };
      return (await send(`${resources}/Groups`, body, scim)).id;
    },
    async remove(id) {
      const response = await fetch(`${users}/${id}`, { method: 'DELETE', headers: scim });
      if (response.status !== 204) throw new Error(`Deleting was refused: ${await response.text()}`);
    },
    async provision({ manager, department, ...person }, at) {
      const enterprise = {
        ...(manager !== undefined && { manager: { value: manager } }),
        ...(department !== undefined && { department }),
      };
      const body = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
        active: true,
        ...person,
        [ENTERPRISE]: enterprise,
      };
      return (await send(`${at}/scim/v2/${account.id}/Users`, body, scim)).id;
    },
  };
}

async function send(url: string, body: object, headers: Record<string, string>, method = 'POST') {
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok || answer.errors) throw new Error(`${url} refused: ${JSON.stringify(answer)}`);
  return answer;
}
