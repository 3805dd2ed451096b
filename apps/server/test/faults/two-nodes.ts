import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { openDatabaseProxy } from '@rollcall/testkit';
import { z } from 'zod';
import { type HttpGraphQL, httpGraphQL } from '../clients/graphql-client.ts';
import { type ScimClient, scimClient } from '../clients/scim-client.ts';
import { killPrograms, startServerProgram } from '../program.ts';
import { openProgramAccount, type ProgramAccount } from '../program-account.ts';

/** Two servers, each a process of its own, on one database. */
export interface TwoNodes {
  /** Where changes are made, and where requests are sent afterwards. */
  readonly origins: readonly [near: string, far: string];
  openCompany(): Promise<TwoNodesCompany>;
  /** Has the far node hear nothing of what PostgreSQL tells, until it gives up the connection and opens another. */
  silence(): void;
  close(): Promise<void>;
}

/** An account as the near node's clients see it. */
export interface TwoNodesCompany extends ProgramAccount {
  /** The identity provider, at the near node. */
  readonly scim: ScimClient;
  /** Does a mutation as the operator, and gives what its shape asks for. */
  mutate<Data>(
    shape: z.ZodType<Data>,
    name: string,
    type: string,
    asked: string,
    input: object,
  ): Promise<Data>;
  /** Somebody whom the identity provider has created. */
  hire(): Promise<{ readonly id: string; readonly userName: string }>;
  /** Signs them in at a node; gives the secret of the session. */
  signIn(userName: string, origin?: string): Promise<string>;
}

const PASSWORD = 'correct horse battery';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const anonymous = (origin: string): HttpGraphQL => httpGraphQL(origin, {});

/** Starts them on a fresh database. */
export async function openTwoNodes(): Promise<TwoNodes> {
  const database = await testDatabase();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-nodes-'));
  const proxy = await openDatabaseProxy(database.url);
  const start = (databaseUrl: string) =>
    startServerProgram({
      DATABASE_URL: databaseUrl,
      ROLLCALL_DATA_DIR: dataDirectory,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      RATE_LIMIT_PER_MINUTE: '0',
      RATE_LIMIT_SIGN_INS_PER_MINUTE: '0',
      RATE_LIMIT_WRONG_CREDENTIALS_PER_MINUTE: '0',
    });
  // The first brings the schema up to date.
  const near = await start(database.url);
  const far = await start(proxy.url);

  async function openCompany(): Promise<TwoNodesCompany> {
    const account = await openProgramAccount(near, dataDirectory);
    const token = await account.issueToken({ kind: 'SCIM', name: 'An identity provider' });
    const scim = scimClient(near.origin, `/scim/v2/${account.id}`, token);
    const mutate: TwoNodesCompany['mutate'] = (shape, name, type, asked, input) =>
      account.operator.query(shape, `mutation ($input: ${type}!) { ${name}(input: $input) { ${asked} } }`, {
        input,
      });
    return {
      ...account,
      scim,
      mutate,
      async hire() {
        const userName = `${randomUUID()}@example.com`;
        const { id } = await scim.create('Users', { schemas: [USER], userName });
        await mutate(z.unknown(), 'updateUser', 'UpdateUserInput', 'changed', { id, password: PASSWORD });
        return { id, userName };
      },
      async signIn(email, origin = near.origin) {
        const { signIn } = await anonymous(origin).query(
          z.object({ signIn: z.object({ secret: z.string() }) }),
          'mutation ($input: SignInInput!) { signIn(input: $input) { secret } }',
          { input: { email, password: PASSWORD, accountId: account.id } },
        );
        return signIn.secret;
      },
    };
  }

  return {
    origins: [near.origin, far.origin],
    openCompany,
    silence: proxy.freezeListeners,
    async close() {
      await killPrograms();
      await proxy.close();
      await database.drop();
      await rm(dataDirectory, { recursive: true });
    },
  };
}
