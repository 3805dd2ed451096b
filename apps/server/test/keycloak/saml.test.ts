import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openBrowser, provenAt, refusedAt, type TestBrowser, type Visit } from '../single-sign-on/browser.ts';
import {
  connect,
  eventsOf,
  openSingleSignOnWorld,
  prove,
  provision,
  type TestConnection,
  updateConnection,
} from '../single-sign-on/scene.ts';
import { ADMIN_ORIGIN, type Company, type ServerWorld } from '../world.ts';
import { openRealm, type Realm } from './realm.ts';
import { fillIn, formIn, signOut, whoIsIn } from './signing-in.ts';

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

const metadataUrl = () => `${realm.issuer}/protocol/saml/descriptor`;
const client = z.looseObject({ attributes: z.record(z.string(), z.string()) });

/** How Keycloak names what is told of somebody. */
const attribute = (name: string, property: string) => ({
  name,
  protocol: 'saml',
  protocolMapper: 'saml-user-property-mapper',
  config: { 'user.attribute': property, 'attribute.name': name, 'attribute.nameformat': 'Basic' },
});
const mappers = [
  attribute('id', 'id'),
  attribute('email', 'email'),
  attribute('firstName', 'firstName'),
  attribute('lastName', 'lastName'),
  {
    name: 'groups',
    protocol: 'saml',
    protocolMapper: 'saml-group-membership-mapper',
    config: {
      'attribute.name': 'groups',
      'attribute.nameformat': 'Basic',
      single: 'true',
      'full.path': 'false',
    },
  },
];

interface Wanted {
  readonly more?: object;
  readonly saml?: object;
  /** What Keycloak is told beside our metadata. */
  readonly attributes?: object;
}

/** A connection that has read Keycloak's metadata, and whose own metadata Keycloak has read. */
async function connectClient({
  more = {},
  saml = {},
  attributes = {},
}: Wanted = {}): Promise<TestConnection> {
  const connection = await connect(company, {
    protocol: 'SAML',
    clientId: null,
    clientSecret: null,
    groupsClaim: 'groups',
    ...more,
    saml: { metadataUrl: metadataUrl(), externalIdAttribute: 'id', ...saml },
  });
  const metadata = await openBrowser(server.origin).open(`/auth/saml/${connection.id}/metadata`);
  const described = await realm.admin.describeClient(realm.path, metadata.text, client);
  await realm.addClient({
    ...described,
    protocolMappers: mappers,
    attributes: {
      ...described.attributes,
      saml_name_id_format: 'persistent',
      saml_force_name_id_format: 'true',
      // Unless it is told otherwise it takes signed requests alone.
      'saml.client.signature': String(Object(saml).signRequests === true),
      ...attributes,
    },
  });
  return connection;
}

async function signIn(name: string, connection: TestConnection): Promise<Visit> {
  browser = openBrowser(server.origin);
  return authenticate(name, connection.initiateLoginUri, connection);
}

async function sendOn(action: string, fields: Readonly<Record<string, string>>): Promise<Visit> {
  const sent = await browser.submit(action, fields);
  return sent.location === '' ? sent : browser.follow(sent.location);
}

/** Goes to Keycloak's form, fills it in, and brings the answer. */
async function authenticate(name: string, from: string, { redirectUri }: TestConnection): Promise<Visit> {
  const asked = await browser.follow(from);
  const request = formIn(asked);
  // A request in a form goes on to Keycloak's own.
  const atKeycloak =
    request.hidden.SAMLRequest === undefined ? asked : await sendOn(request.action, request.hidden);
  const page = await fillIn(browser, atKeycloak, name);
  const { action, hidden } = formIn(page);
  expect(action).toBe(redirectUri);
  const posted = await browser.post(action, hidden);
  return new URL(posted.location).pathname.endsWith('/finish') ? browser.open(posted.location) : posted;
}

const whyNot = async () => (await eventsOf(company, 'SIGN_IN_REFUSED'))[0]?.told.detail;

test.each<[string, Wanted]>([
  ['as our metadata ask: a signed assertion, encrypted', {}],
  [
    'with response and assertion signed, and not encrypted',
    {
      saml: { wantResponseSigned: true },
      attributes: {
        'saml.server.signature': 'true',
        'saml.assertion.signature': 'true',
        'saml.encrypt': 'false',
      },
    },
  ],
  ['asked by a signed request', { saml: { signRequests: true } }],
  ['asked by a signed request in a form', { saml: { signRequests: true, ssoBinding: 'POST' } }],
])('whom SCIM provisioned signs in with their groups, %s', async (how, wanted) => {
  const name = how.replaceAll(/\W+/g, '-');
  const id = await provision(company, await realm.addPerson({ name, groups: ['staff', 'admins'] }));
  const connection = await connectClient(wanted);
  for (let times = 0; times < 2; times += 1) {
    const visit = await signIn(name, connection);
    expect(refusedAt(visit), String(await whyNot())).toBeNull();
    expect(visit.location).toBe(`${ADMIN_ORIGIN}/activity`);
    expect(await whoIsIn(server, browser)).toBe(id);
  }
  const [{ told } = { told: {} }] = await eventsOf(company, 'USER_SIGNED_IN');
  expect(told).toMatchObject({ method: 'SAML', groups: expect.arrayContaining(['staff', 'admins']) });
  expect(await eventsOf(company, 'IDENTITY_LINKED')).toHaveLength(1);
});

test('an answer that is not signed as the connection wants it is refused', async () => {
  await realm.addPerson({ name: 'una' });
  const connection = await connectClient({ attributes: { 'saml.assertion.signature': 'false' } });
  expect(refusedAt(await signIn('una', connection))).toBe('PROVIDER_ANSWER');
  expect(await whyNot()).toContain('not signed');
});

test('by an address of a proven domain somebody new is created', async () => {
  await prove(company, 'example.com');
  await realm.addPerson({ name: 'val' });
  const connection = await connectClient({
    more: { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' },
  });
  const visit = await signIn('val', connection);
  expect(refusedAt(visit), String(await whyNot())).toBeNull();
  const { user } = await company.admin.query<{ user: object }>(
    'query ($id: ID!) { user(id: $id) { userName name { givenName familyName } } }',
    { id: await whoIsIn(server, browser) },
  );
  expect(user).toEqual({
    userName: 'val@example.com',
    name: { givenName: 'val', familyName: 'Of Keycloak' },
  });
});

test('keys that were published before are exchanged unnoticed; of others the metadata have to be read anew', async () => {
  const id = await provision(company, await realm.addPerson({ name: 'wim' }));
  const connection = await connectClient();
  const readMetadata = () =>
    updateConnection(company, { id: connection.id, saml: { metadataUrl: metadataUrl() } });
  await signIn('wim', connection);
  const announced = await realm.addKeys();
  await readMetadata();
  await announced();
  expect(refusedAt(await signIn('wim', connection))).toBeNull();
  expect(await whoIsIn(server, browser)).toBe(id);

  const exchangeAgain = await realm.addKeys();
  await exchangeAgain();
  expect(refusedAt(await signIn('wim', connection))).toBe('PROVIDER_ANSWER');
  expect(await whyNot()).toContain('certificate of the sign-in connection');
  await readMetadata();
  expect(refusedAt(await signIn('wim', connection))).toBeNull();
  expect(await whoIsIn(server, browser)).toBe(id);
});

const withLogout = { more: { signOutAtProvider: true }, saml: { signRequests: true } };

test('whoever is signed in proves by a forced authentication that it is they', async () => {
  const id = await provision(company, await realm.addPerson({ name: 'xia' }));
  const connection = await connectClient();
  await signIn('xia', connection);
  const stepUp = `/auth/sso/${connection.id}/step-up?next=/tokens`;
  const visit = await authenticate('xia', stepUp, connection);
  expect(provenAt(visit), String(await whyNot())).toEqual(['/tokens', 'given']);
  expect(await whoIsIn(server, browser)).toBe(id);
});

test('whoever signs out here is signed out at Keycloak by a signed request, and comes back', async () => {
  await provision(company, await realm.addPerson({ name: 'yan' }));
  const connection = await connectClient(withLogout);
  await signIn('yan', connection);
  const { action, hidden } = formIn(await browser.follow(await signOut(server, browser)));
  expect(action).toBe(connection.redirectUri.replace(/acs$/, 'logout'));
  expect(Object.keys(hidden)).toContain('SAMLResponse');
  expect((await browser.post(action, hidden)).location).toBe(`${ADMIN_ORIGIN}/sign-in`);
  expect((await browser.follow(connection.initiateLoginUri)).text).toContain('name="password"');
});

test('a session that Keycloak ends, ends here, and Keycloak takes our answer', async () => {
  const id = await provision(company, await realm.addPerson({ name: 'zoe' }));
  const connection = await connectClient(withLogout);
  await signIn('zoe', connection);
  expect(await whoIsIn(server, browser)).toBe(id);
  const asked = formIn(await browser.follow(`${realm.issuer}/protocol/openid-connect/logout`));
  const { action, hidden } = formIn(
    await sendOn(new URL(asked.action, realm.issuer).href, { ...asked.hidden, confirmLogout: 'Logout' }),
  );
  expect(action).toBe(connection.redirectUri.replace(/acs$/, 'logout'));
  const answered = await browser.post(action, hidden);
  expect(answered.text).toBe('');
  expect(await whoIsIn(server, browser)).toBeUndefined();
  const [ended] = await eventsOf(company, 'USER_SESSIONS_ENDED');
  expect(ended?.told).toMatchObject({ sessions: 1, cause: 'SAML_SINGLE_LOGOUT' });
  expect((await browser.follow(answered.location)).text).toContain('You are logged out');
});
