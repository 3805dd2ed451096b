import { describe, expect, test } from 'vitest';
import { makeKeyPair } from '../../saml/key-pair.ts';
import {
  createSignInConnection,
  deleteSignInConnection,
  eventsAbout,
  linkIdentity,
  newUser,
  refused,
  run,
  signIn,
  signInConnectionInput,
  unlinkIdentity,
  updateSignInConnection,
} from '../../testing/directory.ts';
import { newSamlConnection, providerMetadata } from '../../testing/saml-connections.ts';
import { dumpTables, withClient } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);
const secret = 'a secret of the client';
const password = 'correct horse battery';

const create = async (more: object = {}): Promise<string> =>
  (
    await run<{ signInConnection: { id: string } }>(account.admin, createSignInConnection, {
      ...signInConnectionInput('Login'),
      ...more,
    })
  ).signInConnection.id;

const certificate = async (): Promise<string> => (await makeKeyPair()).certificate;

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

test('its addresses are known before it is created, once, and in its account alone', async () => {
  const drafted = async (actor = account.admin) =>
    (
      await actor.query<{ signInConnectionDraft: { draft: string; redirectUri: string } }>(
        '{ signInConnectionDraft { draft redirectUri } }',
      )
    ).signInConnectionDraft;
  const { draft, redirectUri } = await drafted();
  const id = await create({ draft });
  expect(redirectUri).toBe(`http://rollcall.test/auth/oidc/${id}/callback`);
  const input = { ...signInConnectionInput('Second'), draft };
  expect(await refused(account.admin, createSignInConnection, input)).toMatchObject({
    code: 'ALREADY_EXISTS',
    field: 'draft',
  });
  const other = await world.account();
  for (const wrong of [(await drafted(other.admin)).draft, 'x'])
    expect(await refused(account.admin, createSignInConnection, { ...input, draft: wrong })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'draft',
    });
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
    ['domains', { domains: [] }],
    ['domains', { domains: ['ada@example.com'] }],
    ['domains', { domains: Array.from({ length: 101 }, (_, n) => `d${n}.example`) }],
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

test('another issuer is not shown the client secret of the one before', async () => {
  const id = await create();
  const elsewhere = { id, issuer: 'https://elsewhere.example.com' };
  expect(await refused(account.admin, updateSignInConnection, elsewhere)).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'clientSecret',
    message: expect.stringContaining('Send the secret that it gave you along'),
  });
  await run(account.admin, updateSignInConnection, { id, issuer: 'https://login.example.com' });
  await run(account.admin, updateSignInConnection, { ...elsewhere, clientSecret: 'its own' });
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

test('an issuer is asked before anything is saved, and what is wrong with it is a sentence', async () => {
  const problem = async (issuer: string) =>
    (
      await account.admin.query<{ issuerCheck: { problem: string | null } }>(
        'query ($issuer: String!) { issuerCheck(issuer: $issuer) { problem } }',
        { issuer },
      )
    ).issuerCheck.problem;
  expect(await problem('')).toContain('is required');
  expect(await problem('http://login.example.com')).toContain('is not encrypted');
  expect(await problem('https://10.0.0.1')).toContain('10.0.0.1');
  expect(await problem('https://nobody.invalid')).toContain("can't be reached");
  const reader = await account.withPermissions('sign-in:read');
  expect(
    await reader.refusal('{ issuerCheck(issuer: "https://login.example.com") { problem } }'),
  ).toMatchObject({ code: 'FORBIDDEN', permission: 'sign-in:write' });
});

test('links are listed by person and by sign-in connection, with how many there are of one', async () => {
  const id = await create();
  const { id: userId } = await newUser(account.admin);
  await withClient(world.databaseUrl, (client) =>
    client.query(
      `INSERT INTO identity_links (account_id, sign_in_connection_id, issuer, subject, user_id)
       SELECT $1, $2, 'https://login.example.com', 'subject-' || n, $3 FROM generate_series(1, 3) n`,
      [account.id, id, userId],
    ),
  );
  const links = `query ($filter: IdentityLinkFilterInput) { identityLinks(filter: $filter, first: 2) { totalCount
    nodes { subject lastUsedAt user { id } signInConnection { id linkCount } } } }`;
  const page = {
    totalCount: 3,
    nodes: [1, 2].map(() => ({
      subject: expect.stringMatching(/^subject-\d$/),
      lastUsedAt: null,
      user: { id: userId },
      signInConnection: { id, linkCount: 3 },
    })),
  };
  expect(await account.admin.query(links, { filter: { userId } })).toEqual({ identityLinks: page });
  expect(await account.admin.query(links, { filter: { signInConnectionId: id } })).toEqual({
    identityLinks: page,
  });
  const nobody = { identityLinks: { totalCount: 0, nodes: [] } };
  expect(await account.admin.query(links, { filter: { userId: id } })).toEqual(nobody);
});

describe('a link that is made by hand', () => {
  const link = { subject: 'eve@login' };

  test('is told with whom it means, is made once, and means nobody else until it is taken back', async () => {
    const signInConnectionId = await create();
    const [eve, bob] = [await newUser(account.admin), await newUser(account.admin)];
    const input = { ...link, signInConnectionId, userId: eve.id };
    const made = await run<{ identityLink: { id: string } }>(account.admin, linkIdentity, input);
    expect(made).toMatchObject({
      changed: true,
      identityLink: { subject: 'eve@login', user: { id: eve.id } },
    });
    expect(await run(account.admin, linkIdentity, input)).toEqual({ ...made, changed: false });
    expect(await refused(account.admin, linkIdentity, { ...input, userId: bob.id })).toMatchObject({
      code: 'ALREADY_EXISTS',
      field: 'subject',
      conflictingId: eve.id,
    });
    await run(account.admin, unlinkIdentity, { id: made.identityLink.id });
    expect(await refused(account.admin, unlinkIdentity, { id: made.identityLink.id })).toMatchObject({
      code: 'NOT_FOUND',
    });
    await run(account.admin, linkIdentity, { ...input, userId: bob.id });
    const told = (await eventsAbout(account.admin, eve.id)).filter(({ type }) => type.startsWith('IDENTITY'));
    expect(told).toMatchObject([
      {
        type: 'IDENTITY_LINKED',
        changes: [
          { field: 'subject', after: 'eve@login' },
          { field: 'rule', after: 'BY_HAND' },
        ],
      },
      { type: 'IDENTITY_UNLINKED', changes: [{ field: 'subject', before: 'eve@login', after: null }] },
    ]);
  });

  test.each(['', ' ', 'a\u0000', 'x'.repeat(256)])('is refused for the subject %j', async (subject) => {
    const input = { signInConnectionId: await create(), userId: (await newUser(account.admin)).id, subject };
    expect(await refused(account.admin, linkIdentity, input)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'subject',
    });
  });
});

describe('the sessions that began by it', () => {
  /** Somebody with two sessions, of which one began by a sign-in connection. */
  async function signedIn(protocol: 'OIDC' | 'SAML') {
    const id = await (protocol === 'SAML' ? newSamlConnection(account.admin) : create());
    const { id: userId, userName } = await newUser(account.admin, { password });
    const [byProvider, byPassword] = [
      await run<{ secret: string; session: { id: string } }>(account.admin, signIn, {
        email: userName,
        password,
      }),
      await run<{ secret: string }>(account.admin, signIn, { email: userName, password }),
    ];
    const { identityLink } = await run<{ identityLink: { id: string } }>(account.admin, linkIdentity, {
      userId,
      signInConnectionId: id,
      subject: 'eve',
    });
    await withClient(world.databaseUrl, (client) =>
      client.query(
        `INSERT INTO provider_sessions (account_id, session_id, sign_in_connection_id, issuer, subject, amr)
         VALUES ($1, $2, $3, 'https://login.example.com', 'eve', '{}')`,
        [account.id, byProvider.session.id, id],
      ),
    );
    const isIn = async ({ secret }: { secret: string }) =>
      (await world.actor(secret).ask('{ viewer { __typename } }')).errors === undefined;
    return {
      id,
      userId,
      linkId: identityLink.id,
      ends: () => Promise.all([byProvider, byPassword].map(isIn)),
    };
  }
  type SignedIn = Awaited<ReturnType<typeof signedIn>>;

  const off = { enabled: false };
  const another = { clientId: 'another' };
  const anotherProvider = async () => ({
    metadataXml: providerMetadata('https://another.example.com', await certificate()),
  });
  test.each<[string, (of: SignedIn) => Promise<unknown>, boolean, ('OIDC' | 'SAML')?]>([
    ['end when it is deleted', ({ id }) => run(account.admin, deleteSignInConnection, { id }), false],
    [
      'end when it is switched off',
      ({ id }) => run(account.admin, updateSignInConnection, { id, ...off }),
      false,
    ],
    [
      'end when its subjects are others',
      ({ id }) => run(account.admin, updateSignInConnection, { id, ...another }),
      false,
    ],
    [
      'end when its metadata are those of another provider',
      async ({ id }) => run(account.admin, updateSignInConnection, { id, saml: await anotherProvider() }),
      false,
      'SAML',
    ],
    [
      'end when its subjects are named otherwise',
      ({ id }) => run(account.admin, updateSignInConnection, { id, saml: { nameIdFormat: 'PERSISTENT' } }),
      false,
      'SAML',
    ],
    ['end when they are unlinked', ({ linkId }) => run(account.admin, unlinkIdentity, { id: linkId }), false],
    [
      'go on when that is said',
      ({ id }) => run(account.admin, deleteSignInConnection, { id, endSessions: false }),
      true,
    ],
    [
      'go on when it is renamed',
      ({ id }) => run(account.admin, updateSignInConnection, { id, name: 'Other' }),
      true,
    ],
  ])('%s, and others go on', async (_what, change, goesOn, protocol = 'OIDC') => {
    const person = await signedIn(protocol);
    await change(person);
    await expect.poll(person.ends).toEqual([goesOn, true]);
    const told = (await eventsAbout(account.admin, person.userId)).filter(
      ({ type }) => type === 'USER_SESSIONS_ENDED',
    );
    expect(told.map(({ changes }) => changes)).toEqual(
      goesOn ? [] : [[{ field: 'sessions', before: null, after: 1 }]],
    );
  });
});
