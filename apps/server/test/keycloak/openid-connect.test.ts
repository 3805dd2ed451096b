import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser, provenAt, refusedAt, type TestBrowser, type Visit } from '../single-sign-on/browser.ts';
import {
  connect,
  eventsOf,
  openSingleSignOnWorld,
  prove,
  provision,
  type TestConnection,
} from '../single-sign-on/scene.ts';
import { ADMIN_ORIGIN, type Company, type ServerWorld } from '../world.ts';
import { openRealm, type Realm, type RealmPerson } from './realm.ts';
import { fillIn, signOut, whoIsIn } from './signing-in.ts';

let server: ServerWorld;
let company: Company;
let realm: Realm;
let browser: TestBrowser;
beforeAll(async () => {
  server = await openSingleSignOnWorld();
  realm = await openRealm();
}, 300_000);
beforeEach(async () => {
  company = await server.company();
});
afterAll(async () => {
  await realm.close();
  await server.close();
});

/** A sign-in connection that the realm knows as a client of its own. */
async function connectClient(more: object = {}, attributes: object = {}): Promise<TestConnection> {
  const clientId = `rollcall-${crypto.randomUUID()}`;
  const connection = await connect(company, {
    issuer: realm.issuer,
    clientId,
    groupsClaim: 'groups',
    ...more,
  });
  await realm.addClient({
    clientId,
    secret: 'a secret of the client',
    redirectUris: [connection.redirectUri],
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'post.logout.redirect.uris': `${ADMIN_ORIGIN}/sign-in`,
      // Of ADMIN_ORIGIN there is only the name.
      'backchannel.logout.url': `${server.origin}/auth/oidc/${connection.id}/backchannel-logout`,
      'backchannel.logout.session.required': 'true',
      ...attributes,
    },
    protocolMappers: [
      {
        name: 'groups',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-group-membership-mapper',
        config: { 'claim.name': 'groups', 'full.path': 'false', 'id.token.claim': 'true' },
      },
    ],
  });
  return connection;
}

/** Somebody whom SCIM has provisioned with the id that Keycloak gave them. */
async function known(person: RealmPerson): Promise<string> {
  return provision(company, await realm.addPerson(person), { userName: `${person.name}@directory.example` });
}

async function signIn(name: string, { initiateLoginUri }: TestConnection): Promise<Visit> {
  browser = openBrowser(server.origin);
  return fillIn(browser, await browser.follow(initiateLoginUri), name);
}

const byEmail = { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' };
const whyNot = async () => (await eventsOf(company, 'SIGN_IN_REFUSED'))[0]?.told.detail;

test('whom SCIM provisioned signs in with their groups, and again as the same person', async () => {
  const id = await known({ name: 'ada', groups: ['staff', 'admins'] });
  const connection = await connectClient();
  expect((await signIn('ada', connection)).location).toBe(`${ADMIN_ORIGIN}/activity`);
  expect(await whoIsIn(server, browser)).toBe(id);
  const [{ told } = { told: {} }] = await eventsOf(company, 'USER_SIGNED_IN');
  expect(told).toMatchObject({
    method: 'OIDC',
    groups: expect.arrayContaining(['staff', 'admins']),
    acr: '1',
    authTime: expect.any(String),
  });
  expect(refusedAt(await signIn('ada', connection))).toBeNull();
  expect(await whoIsIn(server, browser)).toBe(id);
  expect(await eventsOf(company, 'IDENTITY_LINKED')).toHaveLength(1);
});

test('who signs in at Keycloak already is not asked again, unless the account wants it', async () => {
  const id = await known({ name: 'bob' });
  const [connection, fresh] = [await connectClient(), await connectClient({ maxAge: 0 })];
  await signIn('bob', connection);
  expect((await browser.follow(connection.initiateLoginUri)).location).toBe(`${ADMIN_ORIGIN}/activity`);
  const asked = await browser.follow(fresh.initiateLoginUri);
  expect(asked.location).toBe('');
  expect((await fillIn(browser, asked, 'bob')).location).toBe(`${ADMIN_ORIGIN}/activity`);
  expect(await whoIsIn(server, browser)).toBe(id);
});

test('by a verified address of a proven domain somebody is linked, and somebody new created', async () => {
  await prove(company, 'example.com');
  const connection = await connectClient(byEmail);
  const there = await provision(company, 'x1', { userName: 'Cyd@example.com' });
  await realm.addPerson({ name: 'cyd' });
  await realm.addPerson({ name: 'dia' });
  await signIn('cyd', connection);
  expect(await whoIsIn(server, browser)).toBe(there);
  expect(refusedAt(await signIn('dia', connection))).toBeNull();
  const { user } = await company.admin.query<{ user: object }>(
    'query ($id: ID!) { user(id: $id) { userName displayName status name { givenName familyName } roles { role { name } } } }',
    { id: await whoIsIn(server, browser) },
  );
  expect(user).toMatchObject({
    userName: 'dia@example.com',
    displayName: 'dia Of Keycloak',
    status: 'ACTIVE',
    name: { givenName: 'dia', familyName: 'Of Keycloak' },
    roles: [{ role: { name: 'user' } }],
  });
});

test('whom no rule links is refused, with the reason', async () => {
  const connection = await connectClient(byEmail);
  await realm.addPerson({ name: 'eve' });
  expect(refusedAt(await signIn('eve', connection))).toBe('NOBODY');
  expect(await whyNot()).toContain('VERIFIED_EMAIL');
  await prove(company, 'example.com');
  await realm.addPerson({ name: 'flo', emailVerified: false });
  expect(refusedAt(await signIn('flo', connection))).toBe('NOBODY');
  expect(await whoIsIn(server, browser)).toBeUndefined();
  expect(refusedAt(await signIn('eve', connection))).toBeNull();
});

test('whoever may do more than the default roles is not linked by an external id', async () => {
  const id = await known({ name: 'gus' });
  const { roles } = await company.admin.query<{ roles: { nodes: { id: string; name: string }[] } }>(
    '{ roles { nodes { id name } } }',
  );
  const roleId = roles.nodes.find(({ name }) => name === 'admin')?.id;
  await company.admin.query('mutation ($input: RoleGrantInput!) { grantRole(input: $input) { changed } }', {
    input: { userId: id, roleId },
  });
  expect(refusedAt(await signIn('gus', await connectClient()))).toBe('NOBODY');
});

test('a wrong password, and an account that Keycloak has switched off, stay at its form', async () => {
  const subject = await realm.addPerson({ name: 'hal' });
  await provision(company, subject);
  const { initiateLoginUri } = await connectClient();
  browser = openBrowser(server.origin);
  const form = await browser.follow(initiateLoginUri);
  expect(await fillIn(browser, form, 'hal', 'wrong')).toMatchObject({ status: 200, location: '' });
  await realm.admin.put(`${realm.path}/users/${subject}`, { enabled: false });
  expect(await fillIn(browser, await browser.follow(initiateLoginUri), 'hal')).toMatchObject({
    status: 200,
    location: '',
  });
  expect(await whoIsIn(server, browser)).toBeUndefined();
});

test.each(['PS256', 'ES256', 'EdDSA'])('ID tokens signed by %s are taken', async (alg) => {
  const name = `ida-${alg.toLowerCase()}`;
  const id = await known({ name });
  await signIn(name, await connectClient({}, { 'id.token.signed.response.alg': alg }));
  expect(await whoIsIn(server, browser)).toBe(id);
});

test('ID tokens signed by HS512 with the client secret are not', async () => {
  await known({ name: 'joe' });
  const connection = await connectClient({}, { 'id.token.signed.response.alg': 'HS512' });
  expect(refusedAt(await signIn('joe', connection))).toBe('PROVIDER_ANSWER');
  expect(await whoIsIn(server, browser)).toBeUndefined();
});

test('whoever is signed in proves at Keycloak that it is they, and nobody else does', async () => {
  const id = await known({ name: 'pru' });
  await known({ name: 'quinn' });
  const connection = await connectClient();
  await signIn('pru', connection);
  const stepUp = `/auth/sso/${connection.id}/step-up?next=/tokens`;
  const visit = await fillIn(browser, await browser.follow(stepUp), 'pru');
  expect(provenAt(visit), String(await whyNot())).toEqual(['/tokens', 'given']);
  browser.forget(realm.issuer);
  const another = await fillIn(browser, await browser.follow(stepUp), 'quinn');
  expect(provenAt(another)).toEqual(['/tokens', 'OTHER_PERSON']);
  expect(await whoIsIn(server, browser)).toBe(id);
});

test('whom an admin of Keycloak signs out is signed out here, and nobody else', async () => {
  const connection = await connectClient();
  const subject = await realm.addPerson({ name: 'max' });
  const id = await provision(company, subject, { userName: 'max@directory.example' });
  await known({ name: 'nia' });
  await signIn('max', connection);
  const there = browser;
  await signIn('nia', connection);
  expect(await whoIsIn(server, there)).toBe(id);
  await realm.admin.post(`${realm.path}/users/${subject}/logout`, {});
  await expect.poll(() => whoIsIn(server, there)).toBeUndefined();
  expect(await whoIsIn(server, browser)).toBeDefined();
  const [ended] = await eventsOf(company, 'USER_SESSIONS_ENDED');
  expect(ended).toMatchObject({ subject: { id }, told: { sessions: 1, cause: 'BACK_CHANNEL_LOGOUT' } });
});

test('whoever signs out here is signed out at Keycloak, and comes back to the sign-in page', async () => {
  await known({ name: 'ola' });
  const connection = await connectClient({ signOutAtProvider: true });
  await signIn('ola', connection);
  expect((await browser.follow(await signOut(server, browser))).location).toBe(`${ADMIN_ORIGIN}/sign-in`);
  expect(await whoIsIn(server, browser)).toBeUndefined();
  expect(await browser.follow(connection.initiateLoginUri)).toMatchObject({ status: 200, location: '' });
});

test('after the realm has exchanged its keys the next sign-in works', async () => {
  const id = await known({ name: 'kim' });
  const connection = await connectClient();
  await signIn('kim', connection);
  const exchangeKeys = await realm.addKeys();
  await exchangeKeys();
  expect(refusedAt(await signIn('kim', connection))).toBeNull();
  expect(await whoIsIn(server, browser)).toBe(id);
});

test('a client secret that Keycloak has exchanged is asked for, and taken once it is entered', async () => {
  const id = await known({ name: 'lou' });
  const connection = await connectClient({ clientSecret: 'the secret of before' });
  expect(refusedAt(await signIn('lou', connection))).toBe('PROVIDER_REFUSED');
  expect(await whyNot()).toContain('unauthorized_client');
  await company.admin.query(
    'mutation ($input: UpdateSignInConnectionInput!) { updateSignInConnection(input: $input) { signInConnection { id } } }',
    { input: { id: connection.id, clientSecret: 'a secret of the client' } },
  );
  expect(refusedAt(await signIn('lou', connection))).toBeNull();
  expect(await whoIsIn(server, browser)).toBe(id);
});
