import { randomBytes } from 'node:crypto';
import type { CoreOptions } from '@rollcall/core';
import { httpGraphQL } from '../clients/graphql-client.ts';
import { exchange } from '../clients/http-exchange.ts';
import {
  ADMIN_ORIGIN,
  type Company,
  openServerWorld,
  type RunningServer,
  type ServerWorld,
} from '../world.ts';

/** What the DNS of a test says at a name. */
const txtRecords = new Map<string, string[]>();

/** A server whose people open their pages at ADMIN_ORIGIN, and which may ask providers on this machine. */
export const openSingleSignOnWorld = (more: Partial<CoreOptions> = {}): Promise<ServerWorld> =>
  openServerWorld(undefined, {
    adminUrl: ADMIN_ORIGIN,
    encryptionKeys: [randomBytes(32)],
    allowedPrivateHosts: ['localhost'],
    resolveTxt: async (name) => txtRecords.get(name) ?? [],
    ...more,
  });

export interface TestConnection {
  readonly id: string;
  readonly redirectUri: string;
  readonly initiateLoginUri: string;
}

const created = 'signInConnection { id redirectUri initiateLoginUri }';

/** A sign-in connection that finds people by the external ids of the company's first connection, unless told otherwise. */
export async function connect({ admin }: Company, input: object): Promise<TestConnection> {
  const { connections } = await admin.query<{ connections: { nodes: { id: string }[] } }>(
    '{ connections(first: 1) { nodes { id } } }',
  );
  const { createSignInConnection } = await admin.query<{
    createSignInConnection: { signInConnection: TestConnection };
  }>(
    `mutation ($input: CreateSignInConnectionInput!) { createSignInConnection(input: $input) { ${created} } }`,
    {
      input: {
        name: `Provider ${randomBytes(4).toString('hex')}`,
        clientId: 'rollcall',
        clientSecret: 'a secret of the client',
        linkRule: 'EXTERNAL_ID',
        connectionId: connections.nodes[0]?.id,
        ...input,
      },
    },
  );
  return createSignInConnection.signInConnection;
}

export const updateConnection = ({ admin }: Company, input: object): Promise<unknown> =>
  admin.query(
    `mutation ($input: UpdateSignInConnectionInput!) { updateSignInConnection(input: $input) { ${created} } }`,
    { input },
  );

/** Somebody in the directory whom the provider knows by this id. */
export async function provision({ idp }: Company, externalId: string, more: object = {}): Promise<string> {
  const { createUser } = await idp.query<{ createUser: { user: { id: string } } }>(
    'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
    { input: { userName: `${externalId}@example.com`, displayName: externalId, externalId, ...more } },
  );
  return createUser.user.id;
}

/** Has the account prove a domain. */
export async function prove({ admin }: Company, name: string): Promise<string> {
  const { addDomain } = await admin.query<{
    addDomain: { domain: { id: string; txtName: string; txtValue: string } };
  }>('mutation ($input: AddDomainInput!) { addDomain(input: $input) { domain { id txtName txtValue } } }', {
    input: { name },
  });
  const { id, txtName, txtValue } = addDomain.domain;
  txtRecords.set(txtName, ['something else', txtValue]);
  await admin.query(
    'mutation ($input: DomainInput!) { verifyDomain(input: $input) { domain { verifiedAt } } }',
    {
      input: { id },
    },
  );
  return id;
}

interface ToldEvent {
  readonly type: string;
  readonly requestId: string;
  readonly subject: { readonly id: string };
  readonly related: { readonly id: string } | null;
  readonly told: Readonly<Record<string, unknown>>;
}

/** The newest events of a type. */
export async function eventsOf({ admin }: Company, type: string): Promise<ToldEvent[]> {
  const { events } = await admin.query<{
    events: {
      nodes: (Omit<ToldEvent, 'told'> & { changes: { field: string; after: unknown }[] })[];
    };
  }>(
    `query ($types: [EventType!]) { events(first: 10, filter: { types: $types }) {
      nodes { type requestId subject { id } related { id } changes { field after } } } }`,
    { types: [type] },
  );
  return events.nodes.map(({ changes, ...event }) => ({
    ...event,
    told: Object.fromEntries(changes.map(({ field, after }) => [field, after])),
  }));
}

/** Whether a session goes on, seen over HTTP. */
export async function isSignedIn({ origin }: RunningServer, secret: string | undefined): Promise<boolean> {
  const { errors } = await httpGraphQL(origin, { authorization: `Bearer ${secret}` }).ask(
    '{ viewer { kind } }',
  );
  return errors === undefined;
}

/** A session as the admin, for what a browser sends along by hand. */
export async function adminSession(
  { origin }: RunningServer,
  { adminEmail: email, adminPassword: password }: Company,
): Promise<string> {
  const answer = await exchange(origin, {
    method: 'POST',
    path: '/auth/sign-in',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const [cookie = ''] = answer.headers['set-cookie'] ?? [];
  return cookie.split(';')[0]?.split('=')[1] ?? '';
}

const testQuery = `query ($id: ID!) { signInTest(id: $id) { checks { name passed } problem subject foundBy creates groups
  claims { name value } user { id } roles { name } ssoRoles { group outcome role { name } } } }`;

/** What a test came to that is shown at the address, for the session. */
export async function testResultAt({ origin }: RunningServer, location: string, session: string) {
  const url = new URL(location);
  const answer = await exchange(origin, {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
    body: JSON.stringify({ query: testQuery, variables: { id: url.searchParams.get('test') } }),
  });
  return { path: url.pathname, result: JSON.parse(answer.text).data?.signInTest };
}
