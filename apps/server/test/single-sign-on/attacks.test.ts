import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitingStatements } from '@rollcall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { ADMIN_ORIGIN, type Company, type ServerWorld } from '../world.ts';
import { openBrowser, refusedAt, type TestBrowser, type Visit } from './browser.ts';
import { type HostileProvider, type Lies, SUBJECT, startHostileProvider } from './hostile-provider.ts';
import {
  connect,
  eventsOf,
  openSingleSignOnWorld,
  prove,
  provision,
  type TestConnection,
  updateConnection,
} from './scene.ts';

let server: ServerWorld;
let company: Company;
let provider: HostileProvider;
let connection: TestConnection;
let browser: TestBrowser;
beforeAll(async () => {
  server = await openSingleSignOnWorld();
  company = await server.company();
  provider = await startHostileProvider();
  await provision(company, SUBJECT);
});
beforeEach(async () => {
  provider.lies = {};
  // A connection of its own, for what a provider says of itself is believed for a while.
  connection = await connect(company, { issuer: provider.issuer });
  browser = openBrowser(server.origin);
});
afterAll(async () => {
  await provider.close();
  await server.close();
});

const start = (at = connection, from = browser): Promise<Visit> => from.open(at.initiateLoginUri);

/** Begins, is signed in by the provider, and comes back. */
async function signIn(at = connection, from = browser): Promise<Visit> {
  const { location } = await start(at, from);
  return from.open(provider.answer(location));
}

/** It is refused with a sentence on the sign-in page, no session and an event. */
async function expectRefusal(visit: Visit, reason: string, at = connection): Promise<string> {
  expect(refusedAt(visit)).toBe(reason);
  expect(new URL(visit.location).searchParams.get('request')).toBe(visit.requestId);
  expect(browser.cookie(SESSION_COOKIE)).toBeUndefined();
  const [event] = await eventsOf(company, 'SIGN_IN_REFUSED');
  expect(event).toMatchObject({
    requestId: visit.requestId,
    subject: { id: at.id },
    told: { reason, address: '127.0.0.1' },
  });
  return String(event?.told.detail);
}

test('without a lie it signs the person in', async () => {
  const visit = await signIn();
  expect(visit.location).toBe(`${ADMIN_ORIGIN}/activity`);
  expect(visit.setCookies.join()).toMatch(/rollcall_session=rc_session_.*HttpOnly; SameSite=Lax/);
  expect(browser.cookie(SESSION_COOKIE)).toBeDefined();
});

test('how the person proved who they are is kept and told', async () => {
  const auth_time = later(-60);
  provider.lies = { claims: { acr: 'phr', amr: ['pwd', 'otp'], auth_time } };
  const { requestId } = await signIn();
  const told = (await eventsOf(company, 'USER_SIGNED_IN')).find(
    (event) => event.requestId === requestId,
  )?.told;
  expect(told).toMatchObject({
    acr: 'phr',
    amr: ['pwd', 'otp'],
    authTime: new Date(auth_time * 1000).toISOString(),
  });
});

test('what is asked of the provider is bound to the browser, fresh, and within the limits of the standard', async () => {
  const [one, other] = [await start(), await start()];
  const cookie = one.setCookies.join();
  expect(cookie).toMatch(
    /^rollcall_sign_in=[\w-]{43}; Max-Age=600; Path=\/auth\/oidc; HttpOnly; SameSite=Lax$/,
  );
  const asked = new URL(one.location).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    client_id: 'rollcall',
    code_challenge_method: 'S256',
    redirect_uri: connection.redirectUri,
    scope: 'openid profile email',
  });
  expect(asked.get('nonce')?.length).toBeLessThanOrEqual(64);
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(asked.get(name)).not.toBe(new URL(other.location).searchParams.get(name));
});

test('the code is exchanged with the verifier of the challenge', async () => {
  await signIn();
  expect(provider.tokenRequests.at(-1)?.get('code_verifier')).toMatch(/^[\w-]{43}$/);
});

const later = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

describe('a token', () => {
  test.each<[string, () => Lies, RegExp]>([
    ['that is not signed', () => ({ signed: 'not at all' }), /alg|signature|JWS|JWT/i],
    [
      'signed with the public key as a secret',
      () => ({ signed: 'with the public key as a secret' }),
      /alg|unsupported/i,
    ],
    [
      'signed with a key that the provider does not publish',
      () => ({ signed: 'with another key' }),
      /signature/i,
    ],
    ['of another issuer', () => ({ claims: { iss: 'https://login.example.com' } }), /iss|claim/i],
    ['for another client', () => ({ claims: { aud: 'another' } }), /aud|claim/i],
    [
      'for this client and another',
      () => ({ claims: { aud: ['rollcall', 'another'], azp: 'rollcall' } }),
      /not for rollcall alone/,
    ],
    ['in a list of one', () => ({ claims: { aud: ['rollcall'] } }), /not for rollcall alone/],
    ['given to another client', () => ({ claims: { azp: 'another' } }), /azp|another/],
    ['that is over', () => ({ claims: { exp: later(-120) } }), /timestamp|exp/i],
    ['that is not good yet', () => ({ claims: { nbf: later(300) } }), /timestamp|nbf/i],
    ['without an end', () => ({ claims: { exp: undefined } }), /exp/],
    ['without the nonce', () => ({ claims: { nonce: undefined } }), /nonce/],
    ['with the nonce of another sign-in', () => ({ claims: { nonce: 'a'.repeat(43) } }), /nonce|claim/],
    ['without a subject', () => ({ claims: { sub: undefined } }), /sub/],
    ['whose session is over', () => ({ claims: { session_expiry: later(-1) } }), /session_expiry/],
    ['whose session ends at no moment', () => ({ claims: { session_expiry: 'tomorrow' } }), /session_expiry/],
  ])('%s is not taken', async (_what, lies, detail) => {
    provider.lies = lies();
    expect(await expectRefusal(await signIn(), 'PROVIDER_ANSWER')).toMatch(detail);
  });

  test('that is over for less than a minute is, for clocks differ', async () => {
    provider.lies = { claims: { exp: later(-30) } };
    expect(refusedAt(await signIn())).toBeNull();
  });

  test('older than max_age, or that does not say, is not taken', async () => {
    await updateConnection(company, { id: connection.id, maxAge: 300 });
    const { location } = await start();
    expect(new URL(location).searchParams.get('max_age')).toBe('300');
    for (const auth_time of [later(-1000), undefined]) {
      provider.lies = { claims: { auth_time } };
      await expectRefusal(await signIn(), 'PROVIDER_ANSWER');
    }
    provider.lies = { claims: { auth_time: later(-100) } };
    expect(refusedAt(await signIn())).toBeNull();
  });
});

describe('an answer', () => {
  test('that is used again is refused', async () => {
    const { location } = await start();
    const back = provider.answer(location);
    expect(refusedAt(await browser.open(back))).toBeNull();
    const again = openBrowser(server.origin);
    expect(refusedAt(await browser.open(back))).toBe('NOT_BEGUN');
    expect(refusedAt(await again.open(back))).toBe('NOT_BEGUN');
  });

  test('in another browser is refused, and stays good in its own', async () => {
    const { location } = await start();
    const back = provider.answer(location);
    const victim = openBrowser(server.origin);
    expect(refusedAt(await victim.open(back))).toBe('NOT_BEGUN');
    // Also when that browser began a sign-in of its own.
    await start(connection, victim);
    await expectRefusal(await victim.open(back), 'NOT_BEGUN');
    expect(victim.cookie(SESSION_COOKIE)).toBeUndefined();
    expect(refusedAt(await browser.open(back))).toBeNull();
  });

  test('with the code of another sign-in of the same browser is refused', async () => {
    const [one, other] = [await start(), await start()];
    const back = new URL(provider.answer(one.location));
    const code = new URL(provider.answer(other.location)).searchParams.get('code') ?? '';
    back.searchParams.set('code', code);
    await expectRefusal(await browser.open(back.href), 'PROVIDER_ANSWER');
  });

  test.each(['', '?state=', '?code=1', '?state=%00&code=1', '?state=a&state=b', '?code=1&state=%ff'])(
    'such as %j is refused, and is no failure of ours',
    async (query) => {
      await start();
      await expectRefusal(await browser.open(`${connection.redirectUri}${query}`), 'NOT_BEGUN');
    },
  );

  test('of another provider (mix-up) is refused by its iss, before the code is sent anywhere', async () => {
    provider.lies = { metadata: { authorization_response_iss_parameter_supported: true } };
    const { length } = provider.tokenRequests;
    await expectRefusal(await signIn(), 'PROVIDER_ANSWER');
    provider.lies = { ...provider.lies, answer: { iss: 'https://login.example.com' } };
    await expectRefusal(await signIn(), 'PROVIDER_ANSWER');
    expect(provider.tokenRequests).toHaveLength(length);
    provider.lies = { ...provider.lies, answer: { iss: provider.issuer } };
    expect(refusedAt(await signIn())).toBeNull();
  });

  test('at the address of another sign-in connection is refused', async () => {
    const another = await connect(company, { issuer: provider.issuer });
    const { location } = await start();
    const back = provider.answer(location).replace(connection.id, another.id);
    await expectRefusal(await browser.open(back), 'NOT_BEGUN', another);
  });

  test('at the address of another account is refused, and lets nobody in there', async () => {
    const other = await server.company();
    await provision(other, SUBJECT);
    const theirs = await connect(other, { issuer: provider.issuer });
    const { location } = await start();
    const visit = await browser.open(provider.answer(location).replace(connection.id, theirs.id));
    expect(refusedAt(visit)).toBe('NOT_BEGUN');
    expect((await eventsOf(other, 'SIGN_IN_REFUSED'))[0]?.requestId).toBe(visit.requestId);
  });

  test('that says no is told in a sentence, and to the admin in the words of the provider', async () => {
    provider.lies = { answer: { error: 'access_denied', error_description: 'not\nassigned <b>\u0000' } };
    expect(await expectRefusal(await signIn(), 'PROVIDER_REFUSED')).toMatch(
      /access_denied: not assigned <b>/,
    );
  });
});

describe('an address to go to then', () => {
  const elsewhere = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    `${ADMIN_ORIGIN}.evil.example/`,
    `${ADMIN_ORIGIN}@evil.example/`,
    'javascript:alert(1)',
    `${ADMIN_ORIGIN}//evil.example`,
    `/${'a'.repeat(5000)}`,
  ];
  test.each(
    elsewhere.flatMap((to) => [
      ['target_link_uri', to],
      ['next', to],
    ]),
  )('in %s, %j, is refused when it leads elsewhere', async (name, to) => {
    const visit = await browser.open(`${connection.initiateLoginUri}?${new URLSearchParams({ [name]: to })}`);
    expect(await expectRefusal(visit, 'REQUEST')).toContain('target_link_uri');
  });

  test('within our pages is where the person comes to', async () => {
    const asked = new URLSearchParams({
      iss: provider.issuer,
      login_hint: 'ada@example.com',
      target_link_uri: `${ADMIN_ORIGIN}/people?q=a#b`,
    });
    const { location } = await browser.open(`${connection.initiateLoginUri}?${asked}`);
    expect(new URL(location).searchParams.get('login_hint')).toBe('ada@example.com');
    expect((await browser.open(provider.answer(location))).location).toBe(`${ADMIN_ORIGIN}/people?q=a#b`);
  });

  test('is asked for by the provider itself, and by no other', async () => {
    const visit = await browser.open(`${connection.initiateLoginUri}?iss=https://evil.example`);
    expect(await expectRefusal(visit, 'REQUEST')).toContain('iss');
  });
});

describe('somebody', () => {
  test('whom nothing links is not let in by their address alone, be it of a proven domain or not', async () => {
    await company.admin.query(
      'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
      {
        input: { userName: 'cleo@proven.example' },
      },
    );
    const byEmail = await connect(company, {
      issuer: provider.issuer,
      linkRule: 'VERIFIED_EMAIL',
      connectionId: null,
      jitPolicy: 'DOMAIN',
    });
    const byNothing = await connect(company, {
      issuer: provider.issuer,
      linkRule: 'NONE',
      connectionId: null,
    });
    const claims = { sub: 'cleo', email: 'cleo@proven.example', email_verified: true };
    provider.lies = { claims };
    await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    await prove(company, 'proven.example');
    for (const email_verified of [false, 'true', undefined]) {
      provider.lies = { claims: { ...claims, email_verified } };
      await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    }
    provider.lies = { claims };
    await expectRefusal(await signIn(byNothing), 'NOBODY', byNothing);
    await expectRefusal(await signIn(), 'NOBODY');
    expect(refusedAt(await signIn(byEmail))).toBeNull();
  });

  test.each(['cleo@not.proven.example', 'cleo@proven.example@evil.example', 'cleo', '@proven2.example'])(
    'with the address %j has none of a proven domain',
    async (email) => {
      const byEmail = await connect(company, {
        issuer: provider.issuer,
        linkRule: 'VERIFIED_EMAIL',
        connectionId: null,
        jitPolicy: 'DOMAIN',
      });
      provider.lies = { claims: { sub: 'stranger', email, email_verified: true } };
      await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    },
  );

  test('who may do more than the default roles is not linked by an external id, which any SCIM token writes', async () => {
    const { idp, adminId: id } = company;
    const updateUser = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }';
    await idp.query(updateUser, { input: { id, externalId: 'mallory' } });
    provider.lies = { claims: { sub: 'mallory' } };
    expect(await expectRefusal(await signIn(), 'NOBODY')).toMatch(/default roles.* \w+:\w+/);
    expect((await eventsOf(company, 'SIGN_IN_REFUSED'))[0]?.related?.id).toBe(id);
  });

  /** Signs in beside a transaction that comes first, and goes on when the sign-in waits for it. */
  async function signInBeside(first: Statement, then: Statement): Promise<Visit> {
    const { pool } = server.core.database;
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(...first);
      const visit = signIn();
      await expect.poll(() => waitingStatements(pool)).toBe(1);
      await client.query(...then);
      await client.query('COMMIT');
      return await visit;
    } finally {
      client.release(true);
    }
  }
  type Statement = [sql: string, values?: unknown[]];

  test('who has another external id once they are held is not linked', async () => {
    const id = await provision(company, 'held');
    provider.lies = { claims: { sub: 'held' } };
    const visit = await signInBeside(
      ['SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [id]],
      ["UPDATE user_external_ids SET external_id = 'changed' WHERE user_id = $1", [id]],
    );
    expect(await expectRefusal(visit, 'NOBODY')).toContain('meanwhile');
  });

  test('whose subject is linked to somebody else in the same moment is not let in', async () => {
    await provision(company, 'twice');
    const other = await provision(company, 'other');
    provider.lies = { claims: { sub: 'twice' } };
    const visit = await signInBeside(
      [
        `INSERT INTO identity_links (account_id, sign_in_connection_id, issuer, subject, user_id)
         VALUES ($1, $2, $3, 'twice', $4)`,
        [company.id, connection.id, provider.issuer, other],
      ],
      ['SELECT'],
    );
    expect(await expectRefusal(visit, 'NOBODY')).toContain('meanwhile');
  });

  test('whose mailbox only folds to that of somebody is another, and brings nobody back', async () => {
    await prove(company, 'fold.example');
    const userName = 'strasse@fold.example';
    const id = await provision(company, 'fold', { userName });
    const rule = { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' };
    const byEmail = await connect(company, { issuer: provider.issuer, ...rule });
    provider.lies = { claims: { sub: 'fold', email: 'straße@fold.example', email_verified: true } };
    await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    await leave(id);
    await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    expect(await eventsOf(company, 'USER_REVIVED')).toEqual([]);
  });

  test('who came back under their userName is not who was linked', async () => {
    const id = await provision(company, 'back');
    provider.lies = { claims: { sub: 'back' } };
    expect(refusedAt(await signIn())).toBeNull();
    await leave(id);
    expect(await provision(company, 'successor', { userName: 'back@example.com' })).toBe(id);
    browser = openBrowser(server.origin);
    await expectRefusal(await signIn(), 'NOBODY');
  });

  test('who can not be created is told why', async () => {
    await prove(company, 'long.example');
    const rule = { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' };
    const byEmail = await connect(company, { issuer: provider.issuer, ...rule });
    const email = `${'漢'.repeat(900)}@long.example`;
    provider.lies = { claims: { sub: 'long', email, email_verified: true, name: ' ' } };
    expect(await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail)).toContain('userName');
    provider.lies = { claims: { sub: 'short', email: 'a@long.example', email_verified: true, name: ' ' } };
    expect(refusedAt(await signIn(byEmail))).toBeNull();
  });

  const leave = (id: string): Promise<unknown> =>
    company.idp.query(
      'mutation ($input: DeprovisionUserInput!) { deprovisionUser(input: $input) { changed } }',
      { input: { id } },
    );

  test('who is switched off is not let in, and the event says who', async () => {
    const id = await provision(company, 'off', { active: false });
    provider.lies = { claims: { sub: 'off' } };
    await expectRefusal(await signIn(), 'NOT_ACTIVE');
    expect((await eventsOf(company, 'SIGN_IN_REFUSED'))[0]?.related?.id).toBe(id);
  });
});

describe('a provider', () => {
  test('that is switched off lets nobody in, also who has begun', async () => {
    const { location } = await start();
    await updateConnection(company, { id: connection.id, enabled: false });
    await expectRefusal(await browser.open(provider.answer(location)), 'CONNECTION');
    await expectRefusal(await start(), 'CONNECTION');
  });

  test.each([
    { preset: 'ENTRA' },
    { jitPolicy: 'DOMAIN', linkRule: 'VERIFIED_EMAIL' },
    { clientId: 'another' },
  ])('that comes to be %j while it is asked lets nobody in', async (change) => {
    const meanwhile = () => updateConnection(company, { id: connection.id, ...change });
    provider.lies = { claims: { oid: SUBJECT }, meanwhile };
    await expectRefusal(await signIn(), 'CONNECTION');
  });

  test('that nobody has set up is refused, whatever its id', async () => {
    for (const id of [crypto.randomUUID(), 'x', '%00', '..%2f'])
      expect(refusedAt(await browser.open(`/auth/oidc/${id}/start`))).toBe('CONNECTION');
  });

  test('that names another issuer than it was set up with is not asked', async () => {
    provider.lies = { metadata: { issuer: 'https://login.example.com' } };
    await expectRefusal(await start(), 'PROVIDER_UNREACHABLE');
    provider.lies = { metadata: { issuer: `${provider.issuer}/` } };
    await expectRefusal(await start(), 'PROVIDER_UNREACHABLE');
  });

  test.each(['http://127.0.0.1:1/authorize', 'javascript:alert(1)', 'file:///etc/passwd'])(
    'that sends people to %s is refused',
    async (authorization_endpoint) => {
      provider.lies = { metadata: { authorization_endpoint } };
      await expectRefusal(await start(), 'PROVIDER_UNREACHABLE');
    },
  );

  test('has the server ask nothing inside: not by its addresses, and not by a redirect', async () => {
    let heard = 0;
    const inside = createServer((_request, response) => {
      heard += 1;
      response.end('{}');
    });
    await new Promise<void>((listens) => inside.listen(0, '127.0.0.1', listens));
    const address = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/`;
    const metadata = '/.well-known/openid-configuration';
    const everyLie: readonly Lies[] = [
      { at: { [metadata]: redirectTo(address) } },
      { metadata: { token_endpoint: address } },
      { metadata: { jwks_uri: address } },
      { at: { '/keys': redirectTo(address) } },
      { at: { '/token': redirectTo(address) } },
    ];
    for (const lies of everyLie) {
      connection = await connect(company, { issuer: provider.issuer });
      provider.lies = lies;
      const begun = await start();
      const visit = refusedAt(begun) === null ? await browser.open(provider.answer(begun.location)) : begun;
      expect(await expectRefusal(visit, 'PROVIDER_UNREACHABLE')).toMatch(
        /redirects are not followed|https|public/,
      );
    }
    expect(heard).toBe(0);
    inside.close();
  });

  const redirectTo =
    (location: string): NonNullable<Lies['at']>[string] =>
    (_request, response) =>
      response.writeHead(302, { location }).end();

  test.each([
    'https://127.0.0.1',
    'https://[::1]',
    'http://login.example.com',
    'https://169.254.169.254/',
    'nonsense',
    'https://a.example?x',
  ])('at %s can not be set up at all', async (issuer) => {
    await expect(connect(company, { issuer })).rejects.toThrow(/issuer: /);
  });

  test.each<[string, Lies]>([
    ['no JSON', { at: { '/.well-known/openid-configuration': (_, response) => response.end('<html>') } }],
    ['nothing', { at: { '/.well-known/openid-configuration': (_, response) => response.destroy() } }],
    [
      'an error',
      { at: { '/.well-known/openid-configuration': (_, response) => response.writeHead(500).end() } },
    ],
    ['no token', { at: { '/token': (_, response) => response.writeHead(400).end('{}') } }],
    ['no keys', { at: { '/keys': (_, response) => response.writeHead(404).end() } }],
  ])('that answers %s is told of, and is no failure of ours', async (_what, lies) => {
    provider.lies = lies;
    const begun = await start();
    const visit = refusedAt(begun) === null ? await browser.open(provider.answer(begun.location)) : begun;
    expect(refusedAt(visit)).toMatch(/^PROVIDER_/);
  });
});
