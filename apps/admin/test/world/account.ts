/** A person as an identity provider sends them. */
export interface ScimPerson {
  readonly userName: string;
  readonly displayName: string;
  readonly title?: string;
  /** The SCIM id of the manager. */
  readonly manager?: string;
}

/** An account whose identity provider can be played. */
export interface TestAccount {
  readonly email: string;
  readonly password: string;
  /** Provisions a person over SCIM through the server at that origin, and answers the SCIM id. */
  provision(person: ScimPerson, origin: string): Promise<string>;
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
  const authorization = `Bearer ${issued.data.issueToken.secret}`;
  return {
    email,
    password: adminPassword,
    async provision({ manager, ...person }, at) {
      const body = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
        active: true,
        ...person,
        ...(manager !== undefined && { [ENTERPRISE]: { manager: { value: manager } } }),
      };
      const headers = { authorization, 'content-type': 'application/scim+json' };
      return (await send(`${at}/scim/v2/${account.id}/Users`, body, headers)).id;
    },
  };
}

async function send(url: string, body: object, headers: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok || answer.errors) throw new Error(`${url} refused: ${JSON.stringify(answer)}`);
  return answer;
}
