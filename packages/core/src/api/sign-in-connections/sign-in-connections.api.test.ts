import { describe, expect, test } from 'vitest';
import {
  createSignInConnection,
  deleteSignInConnection,
  eventsAbout,
  refused,
  run,
  signInConnectionInput,
  updateSignInConnection,
} from '../../testing/directory.ts';
import { dumpTables } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);
const secret = 'a secret of the client';

const create = async (more: object = {}): Promise<string> =>
  (
    await run<{ signInConnection: { id: string } }>(account.admin, createSignInConnection, {
      ...signInConnectionInput('Login'),
      ...more,
    })
  ).signInConnection.id;

const everything = `{ signInConnections { nodes { id name protocol preset issuer clientId scopes groupsClaim linkRule
  connectionId jitPolicy maxAge enabled redirectUri initiateLoginUri } } }`;

test('a sign-in connection lets nobody in that is not linked, unless it says so', async () => {
  const id = await create();
  const { signInConnections } = await account.admin.query<{ signInConnections: { nodes: object[] } }>(
    everything,
  );
  expect(signInConnections.nodes).toEqual([
    {
      id,
      name: 'Login',
      protocol: 'OIDC',
      preset: 'GENERIC',
      issuer: 'https://login.example.com',
      clientId: 'rollcall',
      scopes: ['openid', 'profile', 'email'],
      groupsClaim: null,
      linkRule: 'NONE',
      connectionId: null,
      jitPolicy: 'OFF',
      maxAge: null,
      enabled: true,
      redirectUri: `http://rollcall.test/auth/oidc/${id}/callback`,
      initiateLoginUri: `http://rollcall.test/auth/oidc/${id}/start`,
    },
  ]);
});

test('its client secret is sealed in the database, and told by nothing', async () => {
  const id = await create();
  await run(account.admin, updateSignInConnection, { id, clientSecret: `${secret} 2` });
  const dump = JSON.stringify(await dumpTables(world.databaseUrl, account.id));
  expect(dump).not.toContain(secret);
  const updated = (await eventsAbout(account.admin, id)).at(-1);
  expect(updated).toMatchObject({
    type: 'SIGN_IN_CONNECTION_UPDATED',
    changes: [{ field: 'clientSecret', before: null, after: null }],
  });
});

test('each change is an event with what differs, and none is none', async () => {
  const id = await create();
  await run(account.admin, updateSignInConnection, { id, enabled: false, scopes: ['openid', 'groups'] });
  await run(account.admin, updateSignInConnection, { id, enabled: false });
  await run(account.admin, deleteSignInConnection, { id });
  const events = await eventsAbout(account.admin, id);
  expect(events.map(({ type }) => type).toSorted()).toEqual([
    'SIGN_IN_CONNECTION_CREATED',
    'SIGN_IN_CONNECTION_DELETED',
    'SIGN_IN_CONNECTION_UPDATED',
  ]);
  expect(events.find(({ type }) => type === 'SIGN_IN_CONNECTION_UPDATED')?.changes).toEqual([
    { field: 'scopes', before: ['openid', 'profile', 'email'], after: ['openid', 'groups'] },
    { field: 'enabled', before: true, after: false },
  ]);
});

describe('what breaks a rule is refused', () => {
  test.each<[string, object]>([
    ['name', { name: ' ' }],
    ['issuer', { issuer: '' }],
    ['issuer', { issuer: 'login.example.com' }],
    ['issuer', { issuer: 'http://login.example.com' }],
    ['issuer', { issuer: 'https://10.0.0.1' }],
    ['issuer', { issuer: 'https://login.example.com?tenant=1' }],
    ['issuer', { issuer: 'https://login.example.com#' }],
    ['clientId', { clientId: '' }],
    ['clientSecret', { clientSecret: ' ' }],
    ['scopes', { scopes: ['profile'] }],
    ['scopes', { scopes: ['openid', 'two words'] }],
    ['groupsClaim', { groupsClaim: '\0' }],
    ['connectionId', { linkRule: 'EXTERNAL_ID' }],
    ['connectionId', { linkRule: 'EXTERNAL_ID', connectionId: 'nothing' }],
    ['connectionId', { linkRule: 'EXTERNAL_ID', connectionId: crypto.randomUUID() }],
    ['jitPolicy', { jitPolicy: 'DOMAIN' }],
    ['maxAge', { maxAge: -1 }],
    ['maxAge', { maxAge: 100_000_000 }],
  ])('%s: %j', async (field, wrong) => {
    const input = { ...signInConnectionInput('Wrong'), ...wrong };
    expect(await refused(account.admin, createSignInConnection, input)).toMatchObject({
      code: 'INVALID_INPUT',
      field,
    });
  });

  test('a name that is taken', async () => {
    await create();
    expect(
      await refused(account.admin, createSignInConnection, signInConnectionInput('LOGIN')),
    ).toMatchObject({ code: 'ALREADY_EXISTS', field: 'name' });
  });
});

test('without a key nothing is kept that would have to be sealed', async () => {
  const { startCore } = await import('../../core.ts');
  const core = await startCore({ databaseUrl: world.databaseUrl, publicUrl: 'http://rollcall.test' });
  const { graphql } = await import('graphql');
  const { errors } = await graphql({
    schema: core.schema,
    source: createSignInConnection.document,
    variableValues: { input: signInConnectionInput('Keyless') },
    contextValue: await core.createContext({ authorization: account.admin.authorization }),
  });
  expect(errors?.[0]?.message).toContain('ROLLCALL_ENCRYPTION_KEYS');
  await core.close();
});
