import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { defaultRateLimits, type RateLimits } from '../../src/rate-limits/rate-limits.ts';
import { createServer } from '../../src/server.ts';
import { httpGraphQL } from '../clients/graphql-client.ts';
import { exchange } from '../clients/http-exchange.ts';
import { ADMIN_ORIGIN, startListening } from '../world.ts';
import { openBrowser, refusedAt } from './browser.ts';
import { hostileScene } from './hostile-scene.ts';
import { eventsOf } from './scene.ts';

const scene = hostileScene();
const { signIn } = scene;

async function isIn(secret: string | undefined): Promise<boolean> {
  const { errors } = await httpGraphQL(scene.server.origin, { authorization: `Bearer ${secret}` }).ask(
    '{ viewer { kind } }',
  );
  return errors === undefined;
}

describe('a sign-in that another site begins', () => {
  const crossSite = { 'sec-fetch-site': 'cross-site' };

  test('is asked about first where somebody is signed in, and replaces nothing', async () => {
    await signIn();
    const secret = scene.browser.cookie(SESSION_COOKIE);
    const query = new URLSearchParams({ login_hint: 'eve@example.com', target_link_uri: '/people' });
    const visit = await scene.browser.open(`${scene.connection.initiateLoginUri}?${query}`, crossSite);
    const asked = new URLSearchParams({
      confirm: scene.connection.id,
      login_hint: 'eve@example.com',
      next: '/people',
    });
    expect(visit.location).toBe(`${ADMIN_ORIGIN}/sign-in?${asked}`);
    expect(visit.setCookies).toEqual([]);
    expect(await isIn(secret)).toBe(true);
    const own = await scene.browser.open(scene.connection.initiateLoginUri, {
      'sec-fetch-site': 'same-origin',
    });
    expect(own.location).toContain(scene.provider.issuer);
  });

  test('goes on where nobody is', async () => {
    expect((await scene.browser.open(scene.connection.initiateLoginUri, crossSite)).location).toContain(
      scene.provider.issuer,
    );
  });
});

test('a session that another one replaces is over, and what tied the sign-in to the browser is forgotten', async () => {
  await signIn();
  const before = scene.browser.cookie(SESSION_COOKIE);
  expect(await isIn(before)).toBe(true);
  await signIn();
  expect(scene.browser.cookie('rollcall_sign_in')).toBeUndefined();
  expect(await isIn(scene.browser.cookie(SESSION_COOKIE))).toBe(true);
  expect(await isIn(before)).toBe(false);
});

test('over TLS no other host of the domain can set what ties a sign-in to the browser', async () => {
  const app = await createServer({
    core: scene.server.core,
    logger: pino({ level: 'silent' }),
    publicUrl: 'https://id.example.com',
  });
  const answer = await app.inject({ url: `/auth/oidc/${scene.connection.id}/start` });
  expect(String(answer.headers['set-cookie'])).toMatch(
    /^__Host-rollcall_sign_in=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  await app.close();
});

test('over TLS nor what keeps somebody signed in: the session comes under such a name, and under no other', async () => {
  const app = await createServer({
    core: scene.server.core,
    logger: pino({ level: 'silent' }),
    publicUrl: 'https://id.example.com',
  });
  const { adminEmail: email, adminPassword: password } = scene.company;
  const signedIn = await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { email, password } });
  const setCookie = String(signedIn.headers['set-cookie']);
  expect(setCookie).toMatch(
    /^__Host-rollcall_session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
  const [cookie = ''] = setCookie.split(';');
  const kindOf = async (sent: string) => {
    const payload = { query: '{ viewer { kind } }' };
    const answer = await app.inject({ method: 'POST', url: '/graphql', headers: { cookie: sent }, payload });
    return answer.json().data?.viewer?.kind;
  };
  expect(await kindOf(cookie)).toBe('USER');
  expect(await kindOf(cookie.replace('__Host-', ''))).toBeUndefined();
  const out = await app.inject({ method: 'POST', url: '/auth/sign-out', headers: { cookie }, payload: {} });
  expect(String(out.headers['set-cookie'])).toMatch(/^__Host-rollcall_session=;.*Path=\/;.*Secure/);
  expect(await kindOf(cookie)).toBeUndefined();
  await app.close();
});

describe('of refusals', () => {
  test('that are alike the first and each doubling are told', async () => {
    await scene.browser.open(scene.connection.initiateLoginUri);
    for (let times = 0; times < 12; times += 1)
      expect(refusedAt(await scene.browser.open(`${scene.connection.redirectUri}?state=x`))).toBe(
        'NOT_BEGUN',
      );
    const told = (await eventsOf(scene.company, 'SIGN_IN_REFUSED'))
      .filter(({ subject }) => subject.id === scene.connection.id)
      .map((event) => event.told.attempts);
    expect(told).toEqual([10, 5, 4, 3, 2, 1]);
  });

  test('none is told of a browser that began nothing', async () => {
    expect(refusedAt(await scene.browser.open(`${scene.connection.redirectUri}?state=x`))).toBe('NOT_BEGUN');
    const told = await eventsOf(scene.company, 'SIGN_IN_REFUSED');
    expect(told.filter(({ subject }) => subject.id === scene.connection.id)).toEqual([]);
  });
});

test('a provider that can not be asked is not asked again at once', async () => {
  let heard = 0;
  const failing = () => {
    heard += 1;
  };
  scene.provider.lies = {
    at: {
      '/.well-known/openid-configuration': (_request, response) => {
        failing();
        response.writeHead(500).end();
      },
    },
  };
  for (let times = 0; times < 3; times += 1)
    expect(refusedAt(await scene.browser.open(scene.connection.initiateLoginUri))).toBe(
      'PROVIDER_UNREACHABLE',
    );
  expect(heard).toBe(1);
});

describe('an address', () => {
  async function limitedTo(limits: Partial<RateLimits>) {
    const app = await createServer({
      core: scene.server.core,
      logger: pino({ level: 'silent' }),
      rateLimits: { ...defaultRateLimits, ...limits },
    });
    return startListening(app);
  }

  const post = (origin: string, path: string, body: object) =>
    exchange(origin, {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('that begins sign-ins all the time is told so on the sign-in page', async () => {
    const { app, origin } = await limitedTo({ signIns: 1 });
    const limited = openBrowser(origin);
    const options = () => post(origin, '/auth/options', { email: 'ada@example.com' });
    expect((await options()).status).toBe(200);
    await limited.open(scene.connection.initiateLoginUri);
    await limited.open(scene.connection.redirectUri);
    expect(refusedAt(await limited.open(scene.connection.initiateLoginUri))).toBe('RATE_LIMITED');
    expect(refusedAt(await limited.open(scene.connection.redirectUri))).toBe('RATE_LIMITED');
    expect((await options()).status).toBe(429);
    await app.close();
  });

  test.each(['beginSingleSignOn', 'finishSingleSignOn'])('gains nothing by aliases of %s', async (name) => {
    const { app, origin } = await limitedTo({ signIns: 1 });
    const [query, field] = name.startsWith('begin') ? ['', 'redirectUrl'] : [', query: ""', 'secret'];
    const aliases = ['a', 'b', 'c', 'd'].map(
      (alias) =>
        `${alias}: ${name}(input: { signInConnectionId: "${scene.connection.id}"${query} }) { ${field} }`,
    );
    const { http, errors } = await httpGraphQL(origin, {}).ask(`mutation { ${aliases.join(' ')} }`);
    expect([http.status, errors?.[0]?.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    await app.close();
  });

  test('gains nothing by aliases of signInOptions, a query', async () => {
    const { app, origin } = await limitedTo({ signIns: 1 });
    const asks = (...aliases: string[]) =>
      httpGraphQL(origin, {}).ask(
        `{ ${aliases.map((alias) => `${alias}: signInOptions(email: "${alias}@example.com") { id }`).join(' ')} }`,
      );
    expect((await asks('a', 'b', 'c')).errors).toBeUndefined();
    const { http, errors } = await asks('d');
    expect([http.status, errors?.[0]?.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    await app.close();
  });

  test('from which passwords were tried in vain still leads to the provider', async () => {
    const { app, origin } = await limitedTo({ failedSignIns: 1 });
    const wrong = { email: scene.company.adminEmail, password: 'wrong' };
    const tried = [await post(origin, '/auth/sign-in', wrong), await post(origin, '/auth/sign-in', wrong)];
    expect(tried.map(({ status }) => status)).toEqual([401, 429]);
    expect((await openBrowser(origin).open(scene.connection.initiateLoginUri)).location).toContain(
      scene.provider.issuer,
    );
    await app.close();
  });
});
