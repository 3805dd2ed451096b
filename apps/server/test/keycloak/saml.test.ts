import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openBrowser, refusedAt, type TestBrowser, type Visit } from '../single-sign-on/browser.ts';
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
import { fillIn, formIn, whoIsIn } from './signing-in.ts';

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
      ...attributes,
    },
  });
  return connection;
}

async function signIn(name: string, { initiateLoginUri, redirectUri }: TestConnection): Promise<Visit> {
  browser = openBrowser(server.origin);
  const page = await fillIn(browser, await browser.follow(initiateLoginUri), name);
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
