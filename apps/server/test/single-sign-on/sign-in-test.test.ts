import {
  type OpenIdProvider,
  type ProviderPerson,
  startOpenIdProvider,
} from '@rollcall/testkit/openid-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { ADMIN_ORIGIN, type Company, type ServerWorld } from '../world.ts';
import { openBrowser, refusedAt, type TestBrowser } from './browser.ts';
import {
  adminSession,
  connect,
  eventsOf,
  openSingleSignOnWorld,
  prove,
  provision,
  type TestConnection,
  testResultAt,
} from './scene.ts';

let server: ServerWorld;
let company: Company;
let provider: OpenIdProvider;
beforeAll(async () => {
  server = await openSingleSignOnWorld();
  provider = await startOpenIdProvider();
  company = await server.company();
  await prove(company, 'example.com');
});
afterAll(async () => {
  await provider.close();
  await server.close();
});

async function connectClient(more: object = {}): Promise<TestConnection> {
  const connection = await connect(company, { issuer: provider.issuer, enabled: false, ...more });
  const secret = { client_id: 'rollcall', client_secret: 'a secret of the client' };
  provider.register({ ...secret, redirect_uris: [connection.redirectUri] });
  return connection;
}

/** Goes through a test in a browser, whose session goes along where it begins. */
async function goThrough(
  browser: TestBrowser,
  { id }: TestConnection,
  person: ProviderPerson | null,
  session: string,
) {
  provider.person = person;
  const begun = await browser.open(`/auth/oidc/${id}/test`, { authorization: `Bearer ${session}` });
  return begun.location.startsWith(ADMIN_ORIGIN) ? begun : browser.follow(begun.location);
}

const checksUpTo = (failed: number | null) =>
  ['REACHED', 'ANSWERED', 'TRUSTED', 'MEANT', 'ACTIVE'].map((name, place) => ({
    name,
    passed: failed === null || place < failed ? true : place === failed ? false : null,
  }));

const byEmail = { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' };
const newcomer = { sub: 'new', email: 'new@example.com', email_verified: true };

test.each<[string, object, ProviderPerson | null, object]>([
  [
    'finds somebody by their external id',
    { groupsClaim: 'groups' },
    { sub: 'ada', groups: ['staff'] },
    { checks: checksUpTo(null), problem: null, foundBy: 'EXTERNAL_ID', subject: 'ada', groups: ['staff'] },
  ],
  [
    'would create somebody',
    byEmail,
    newcomer,
    { checks: checksUpTo(null), foundBy: 'VERIFIED_EMAIL', creates: 'new@example.com', user: null },
  ],
  [
    'finds nobody',
    {},
    { sub: 'stranger' },
    {
      checks: checksUpTo(3),
      problem: expect.stringContaining('external id stranger'),
      user: null,
      roles: [],
    },
  ],
  ['finds who is switched off', {}, { sub: 'off' }, { checks: checksUpTo(4), foundBy: 'EXTERNAL_ID' }],
  ['is refused by the provider', {}, null, { checks: checksUpTo(1), claims: [], subject: null }],
  [
    'can not ask the provider',
    { issuer: 'http://localhost:9' },
    null,
    { checks: checksUpTo(0), problem: expect.stringContaining('localhost:9') },
  ],
])('a test that %s says so, and does nothing', async (_what, more, person, expected) => {
  const session = await adminSession(server, company);
  if (_what.includes('external id')) await provision(company, 'ada');
  if (_what.includes('switched off')) await provision(company, 'off', { active: false });
  const connection = await connectClient(more);
  const browser = openBrowser(server.origin);
  const { location } = await goThrough(browser, connection, person, session);
  const { path, result } = await testResultAt(server, location, session);
  expect(path).toBe(`/sign-in-settings/${connection.id}`);
  expect(result).toMatchObject(expected);
  expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
  for (const type of ['USER_SIGNED_IN', 'IDENTITY_LINKED', 'SIGN_IN_REFUSED'])
    expect((await eventsOf(company, type)).filter(({ subject }) => subject.id === connection.id)).toEqual([]);
  expect(await eventsOf(company, 'IDENTITY_LINKED')).toEqual([]);
  expect(JSON.stringify(await company.admin.query('{ users { nodes { userName } } }'))).not.toContain('new@');
});

test('what is told is for whoever began it, and what began as one is no sign-in', async () => {
  const [session, another] = [await adminSession(server, company), await adminSession(server, company)];
  const connection = await connectClient();
  const browser = openBrowser(server.origin);
  const { location } = await goThrough(browser, connection, { sub: 'nobody-else' }, session);
  const { result } = await testResultAt(server, location, another);
  expect(result?.claims, 'the same person in another browser').toContainEqual({
    name: 'sub',
    value: '"nobody-else"',
  });
  const id = new URL(location).searchParams.get('test');
  const token = await company.withPermissions('sign-in:write');
  expect(await token.query('query ($id: ID!) { signInTest(id: $id) { id } }', { id })).toEqual({
    signInTest: null,
  });
  // Begun as a test, sent back as a sign-in: in the state alone the two differ for the server.
  provider.person = { sub: 'ada' };
  const begun = await browser.open(`/auth/oidc/${connection.id}/test`, {
    authorization: `Bearer ${session}`,
  });
  expect(new URL(begun.location).searchParams.get('state')).toMatch(/^test\./);
  const stranger = openBrowser(server.origin);
  expect(refusedAt(await stranger.follow(begun.location))).toBe('NOT_BEGUN');
});

test('only who may change how people sign in begins one, from our own pages', async () => {
  const connection = await connectClient();
  const browser = openBrowser(server.origin);
  const settings = `${ADMIN_ORIGIN}/sign-in-settings/${connection.id}`;
  expect((await browser.open(`/auth/oidc/${connection.id}/test`)).location).toBe(
    `${settings}?refused=UNAUTHENTICATED`,
  );
  const session = await adminSession(server, company);
  const fromElsewhere = { authorization: `Bearer ${session}`, 'sec-fetch-site': 'cross-site' };
  expect((await browser.open(`/auth/oidc/${connection.id}/test`, fromElsewhere)).location).toBe(settings);
  const other = await server.company();
  const theirs = await connect(other, { issuer: provider.issuer });
  const begun = await browser.open(`/auth/oidc/${theirs.id}/test`, { authorization: `Bearer ${session}` });
  expect(begun.location).toBe(`${ADMIN_ORIGIN}/sign-in-settings/${theirs.id}?refused=NOT_FOUND`);
});
