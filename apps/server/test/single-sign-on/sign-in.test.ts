import {
  type OpenIdProvider,
  type ProviderPerson,
  startOpenIdProvider,
} from '@rollcall/testkit/openid-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { exchange } from '../clients/http-exchange.ts';
import { ADMIN_ORIGIN, type Company, type ServerWorld } from '../world.ts';
import { openBrowser, provenAt, refusedAt, type TestBrowser } from './browser.ts';
import { connect, eventsOf, openSingleSignOnWorld, prove, provision, type TestConnection } from './scene.ts';

let server: ServerWorld;
let company: Company;
let provider: OpenIdProvider;
let browser: TestBrowser;
beforeAll(async () => {
  server = await openSingleSignOnWorld();
  provider = await startOpenIdProvider();
});
beforeEach(async () => {
  company = await server.company();
  browser = openBrowser(server.origin);
});
afterAll(async () => {
  await provider.close();
  await server.close();
});

/** A connection that the provider knows as its client. */
async function connectClient(more: object = {}): Promise<TestConnection> {
  const connection = await connect(company, { issuer: provider.issuer, ...more });
  provider.register({
    client_id: 'rollcall',
    client_secret: 'a secret of the client',
    redirect_uris: [connection.redirectUri],
    initiate_login_uri: connection.initiateLoginUri,
  });
  return connection;
}

const byEmail = { linkRule: 'VERIFIED_EMAIL', connectionId: null };

async function signInAs(person: ProviderPerson | null, { initiateLoginUri }: TestConnection, query = '') {
  provider.person = person;
  return browser.follow(initiateLoginUri + query);
}

const viewer = '{ viewer { user { id } } }';
async function whoIsIn(): Promise<unknown> {
  const answer = await exchange(server.origin, {
    method: 'POST',
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      cookie: `${SESSION_COOKIE}=${browser.cookie(SESSION_COOKIE)}`,
    },
    body: JSON.stringify({ query: viewer }),
  });
  return JSON.parse(answer.text).data?.viewer?.user?.id;
}

test('a person whom SCIM provisioned signs in, and what the provider says of it is kept', async () => {
  const id = await provision(company, 'ada');
  const connection = await connectClient({ groupsClaim: 'groups', maxAge: 3600 });
  const visit = await signInAs({ sub: 'ada', groups: ['staff', 'admins'] }, connection, '?next=/people');
  expect(visit.location).toBe(`${ADMIN_ORIGIN}/people`);
  expect(await whoIsIn()).toBe(id);
  const [signedIn] = await eventsOf(company, 'USER_SIGNED_IN');
  expect(signedIn).toMatchObject({
    requestId: visit.requestId,
    subject: { id },
    told: {
      method: 'OIDC',
      subject: 'ada',
      groups: ['staff', 'admins'],
      authTime: expect.stringMatching(/^\d{4}-/),
    },
  });
  const [linked] = await eventsOf(company, 'IDENTITY_LINKED');
  expect(linked).toMatchObject({
    subject: { id },
    related: { id: connection.id },
    told: { rule: 'EXTERNAL_ID' },
  });
  const links = '{ identityLinks { nodes { subject lastUsedAt } } }';
  expect(await company.admin.query(links)).toEqual({
    identityLinks: { nodes: [{ subject: 'ada', lastUsedAt: expect.stringMatching(/Z$/) }] },
  });
});

test('once linked the subject counts alone, whatever else the provider says', async () => {
  const id = await provision(company, 'bo');
  const connection = await connectClient();
  for (const email of ['bo@example.com', 'another@elsewhere.example']) {
    browser = openBrowser(server.origin);
    expect(refusedAt(await signInAs({ sub: 'bo', email, email_verified: true }, connection))).toBeNull();
    expect(await whoIsIn()).toBe(id);
  }
  expect(await eventsOf(company, 'IDENTITY_LINKED')).toHaveLength(1);
});

test('with Entra the directory id counts, which is not the subject', async () => {
  const id = await provision(company, 'object-id');
  const connection = await connectClient({ preset: 'ENTRA' });
  await signInAs({ sub: 'pairwise', oid: 'object-id' }, connection);
  expect(await whoIsIn()).toBe(id);
});

test('the session ends when the provider says', async () => {
  await provision(company, 'cy');
  const session_expiry = Math.floor(Date.now() / 1000) + 3600;
  const visit = await signInAs({ sub: 'cy', session_expiry }, await connectClient());
  const expires = new Date(session_expiry * 1000).toUTCString();
  expect(visit.setCookies.join()).toContain(`Expires=${expires}`);
});

test('who leaves the directory is signed out at once', async () => {
  const id = await provision(company, 'di');
  await signInAs({ sub: 'di' }, await connectClient());
  expect(await whoIsIn()).toBe(id);
  await company.idp.query('mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }', {
    input: { id, active: false },
  });
  await expect.poll(whoIsIn).toBeUndefined();
});

test('whoever is signed in proves at the provider that it is they, in the same session, and nobody else does', async () => {
  const id = await provision(company, 'eve');
  const connection = await connectClient();
  await signInAs({ sub: 'eve' }, connection);
  const session = browser.cookie(SESSION_COOKIE);
  const stepUp = `/auth/sso/${connection.id}/step-up?next=/tokens%3Fpage=2`;
  const visit = await browser.follow(stepUp);
  expect(visit.location).toBe(`${ADMIN_ORIGIN}/tokens?page=2&proof=given`);
  expect(await whoIsIn()).toBe(id);
  expect(browser.cookie(SESSION_COOKIE)).toBe(session);
  const [proven] = await eventsOf(company, 'USER_IDENTITY_PROVEN');
  expect(proven).toMatchObject({ requestId: visit.requestId, subject: { id }, told: { method: 'PROVIDER' } });

  provider.signedInAt = Math.floor(Date.now() / 1000) - 3600;
  expect(provenAt(await browser.follow(stepUp))).toEqual(['/tokens', 'NOT_ANEW']);
  provider.signedInAt = undefined;
  await provision(company, 'mallory');
  provider.person = { sub: 'mallory' };
  browser.forget(provider.issuer);
  const another = await browser.follow(stepUp);
  expect(provenAt(another)).toEqual(['/tokens', 'OTHER_PERSON']);
  expect(await whoIsIn()).toBe(id);
  const [told] = await eventsOf(company, 'SIGN_IN_REFUSED');
  expect(told).toMatchObject({
    requestId: another.requestId,
    told: { reason: 'OTHER_PERSON', subject: 'mallory' },
  });
  expect(await eventsOf(company, 'USER_IDENTITY_PROVEN')).toHaveLength(1);
});

describe('by a verified address of a proven domain', () => {
  test('somebody who is there is linked', async () => {
    await prove(company, 'linked.example');
    const id = await provision(company, 'x1', { userName: 'Eve@linked.example' });
    await signInAs(
      { sub: 'eve', email: 'eve@Linked.Example', email_verified: true },
      await connectClient(byEmail),
    );
    expect(await whoIsIn()).toBe(id);
  });

  test('somebody new is created where the connection does so, with the default roles, and not otherwise', async () => {
    await prove(company, 'new.example');
    const person = {
      sub: 'flo',
      email: 'flo@new.example',
      email_verified: true,
      name: 'Flo New',
      given_name: 'Flo',
    };
    expect(refusedAt(await signInAs(person, await connectClient(byEmail)))).toBe('NOBODY');
    const connection = await connectClient({ ...byEmail, jitPolicy: 'DOMAIN' });
    expect(refusedAt(await signInAs(person, connection))).toBeNull();
    const { user } = await company.admin.query<{ user: object }>(
      'query ($id: ID!) { user(id: $id) { userName displayName status name { givenName } emails { value primary } } }',
      { id: await whoIsIn() },
    );
    expect(user).toEqual({
      userName: 'flo@new.example',
      displayName: 'Flo New',
      status: 'ACTIVE',
      name: { givenName: 'Flo' },
      emails: [{ value: 'flo@new.example', primary: true }],
    });
    browser = openBrowser(server.origin);
    expect(refusedAt(await signInAs(person, connection))).toBeNull();
  });

  test('nobody comes back whom the directory has taken out', async () => {
    await prove(company, 'left.example');
    const id = await provision(company, 'x4', { userName: 'ida@left.example' });
    await company.idp.query(
      'mutation ($input: DeprovisionUserInput!) { deprovisionUser(input: $input) { changed } }',
      {
        input: { id },
      },
    );
    const person = { sub: 'ida', email: 'ida@left.example', email_verified: true };
    const connection = await connectClient({ ...byEmail, jitPolicy: 'DOMAIN' });
    expect(refusedAt(await signInAs(person, connection))).toBe('NOT_ACTIVE');
    expect(await eventsOf(company, 'USER_REVIVED')).toEqual([]);
  });

  test('and no longer when the domain is removed, but for who is linked', async () => {
    const domain = await prove(company, 'removed.example');
    await provision(company, 'x2', { userName: 'gus@removed.example' });
    await provision(company, 'x3', { userName: 'hal@removed.example' });
    const connection = await connectClient(byEmail);
    const gus = { sub: 'gus', email: 'gus@removed.example', email_verified: true };
    expect(refusedAt(await signInAs(gus, connection))).toBeNull();
    await company.admin.query(
      'mutation ($input: DomainInput!) { removeDomain(input: $input) { removedId } }',
      {
        input: { id: domain },
      },
    );
    for (const [person, refused] of [
      [gus, null],
      [{ ...gus, sub: 'hal', email: 'hal@removed.example' }, 'NOBODY'],
    ] as const) {
      browser = openBrowser(server.origin);
      expect(refusedAt(await signInAs(person, connection))).toBe(refused);
    }
  });
});

test('a provider that says no is told of on the sign-in page', async () => {
  expect(refusedAt(await signInAs(null, await connectClient()))).toBe('PROVIDER_REFUSED');
  expect((await eventsOf(company, 'SIGN_IN_REFUSED'))[0]?.told.detail).toContain(
    'not assigned to this application',
  );
});

describe('what is offered before anybody signed in', () => {
  const optionsFor = async (body: object): Promise<unknown> => {
    const answer = await exchange(server.origin, {
      method: 'POST',
      path: '/auth/options',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return JSON.parse(answer.text).options?.map(({ id }: { id: string }) => id) ?? answer.status;
  };

  test('follows from the domain of the address, once it is proven, or from the account', async () => {
    const { id } = await connectClient();
    await connect(company, { issuer: provider.issuer, enabled: false });
    expect(await optionsFor({ email: 'ada@offered.example' })).toEqual([]);
    await prove(company, 'offered.example');
    expect(await optionsFor({ email: 'ada@Offered.example' })).toEqual([id]);
    expect(await optionsFor({ accountId: company.id })).toEqual([id]);
    const elsewhere = await connect(company, { issuer: provider.issuer, domains: ['elsewhere.example'] });
    expect(await optionsFor({ email: 'ada@offered.example' })).toEqual([id]);
    expect(await optionsFor({ accountId: company.id })).toHaveLength(2);
    await prove(company, 'elsewhere.example');
    expect(await optionsFor({ email: 'ada@elsewhere.example' })).toContain(elsewhere.id);
  });

  test.each([{}, { email: 'ada' }, { email: '@' }, { accountId: 'x' }, { email: 'a@nobody.example' }])(
    'is nothing for %j',
    async (body) => {
      expect(await optionsFor(body)).toEqual([]);
    },
  );

  test('is asked for in JSON', async () => {
    expect(await optionsFor({ email: 1 })).toBe(400);
  });
});
