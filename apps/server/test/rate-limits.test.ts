import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultRateLimits, type RateLimits } from '../src/rate-limits/rate-limits.ts';
import { createServer } from '../src/server.ts';
import { httpGraphQL } from './clients/graphql-client.ts';
import { exchange, type HttpAnswer } from './clients/http-exchange.ts';
import { liveClient } from './clients/live-client.ts';
import {
  type Company,
  openServerWorld,
  type RunningServer,
  type ServerWorld,
  startListening,
  tokenOf,
} from './world.ts';

let world: ServerWorld;
let company: Company;
let other: Company;
const opened: RunningServer[] = [];
beforeAll(async () => {
  world = await openServerWorld();
  [company, other] = await Promise.all([world.company(), world.company()]);
});
afterEach(async () => {
  for (const { app } of opened.splice(0)) await app.close();
});
afterAll(() => world.close());

/** Another server of the same core, which counts for itself. */
async function limitedTo(limits: Partial<RateLimits>): Promise<string> {
  const app = await createServer({
    core: world.core,
    logger: pino({ level: 'silent' }),
    rateLimits: { ...defaultRateLimits, ...limits },
  });
  const server = await startListening(app);
  opened.push(server);
  return server.origin;
}

const readUsers = (origin: string, token: string | undefined, { id } = company) =>
  exchange(origin, {
    method: 'GET',
    path: `/scim/v2/${id}/Users?count=1`,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

const viewer = (origin: string, token: string) =>
  httpGraphQL(origin, { authorization: `Bearer ${token}` }).ask('{ viewer { kind } }');

const signIn = (origin: string, password: string) =>
  exchange(origin, {
    method: 'POST',
    path: '/auth/sign-in',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: company.adminEmail, password }),
  });

const bySigningIn = (alias: string, password: string) =>
  `${alias}: signIn(input: { email: "${company.adminEmail}", password: "${password}" }) { user { id } }`;

async function times<T>(count: number, run: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let at = 0; at < count; at += 1) all.push(await run());
  return all;
}

const statuses = (answers: readonly { status: number }[]) => answers.map(({ status }) => status);

/** That a client knows when to come again, in whole seconds. */
function expectRetryAfter({ headers }: HttpAnswer): void {
  expect(headers['retry-after']).toMatch(/^\d+$/);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
}

describe('a token that sends more than it may', () => {
  test('gets 429 in the words of SCIM, with whole seconds to wait, and slows no other', async () => {
    const origin = await limitedTo({ requests: 3 });
    const answers = await times(4, () => readUsers(origin, company.idp.token));
    expect(statuses(answers)).toEqual([200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers['x-ratelimit-remaining'])).toEqual(['2', '1', '0', '0']);
    const refused = answers[3] ?? expect.unreachable();
    expectRetryAfter(refused);
    expect(refused.headers).toMatchObject({
      'content-type': expect.stringContaining('application/scim+json'),
      'x-ratelimit-limit': '3',
      'x-ratelimit-reset': expect.stringMatching(/^\d+$/),
    });
    expect(JSON.parse(refused.text)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '429',
      detail: expect.stringMatching(/^This client .* Wait \d+ seconds\.$/),
    });
    expect((await readUsers(origin, other.idp.token, other)).status).toBe(200);
    // However the header is spelt, it is the same token.
    const spelt = { authorization: `bearer   ${company.idp.token} ` };
    expect((await exchange(origin, { method: 'GET', path: '/scim/v2/Users', headers: spelt })).status).toBe(
      429,
    );
  });

  test('gets 429 in the words of GraphQL', async () => {
    const origin = await limitedTo({ requests: 1 });
    const token = tokenOf(company.admin);
    expect(await viewer(origin, token)).not.toHaveProperty('errors');
    const { http, errors } = await viewer(origin, token);
    expect(http.status).toBe(429);
    expectRetryAfter(http);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('Wait'),
        extensions: {
          code: 'RATE_LIMITED',
          limit: 1,
          retryAfter: Number(http.headers['retry-after']),
          requestId: http.headers['x-request-id'],
        },
      },
    ]);
    const explorer = await exchange(origin, {
      method: 'GET',
      path: '/graphql',
      headers: { accept: 'text/html' },
    });
    expect(explorer.status).toBe(200);
  });

  test('is told over a WebSocket too', async () => {
    const origin = await limitedTo({ requests: 2 });
    const live = liveClient(origin, { token: tokenOf(company.admin) });
    expect(await live.ask('{ viewer { kind } }')).not.toHaveProperty('errors');
    expect(await live.ask('{ viewer { kind } }')).not.toHaveProperty('errors');
    await expect(live.ask('{ viewer { kind } }')).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED', limit: 2, retryAfter: expect.any(Number) } },
    ]);
    await live.close();
  });

  test('is not told anything where the limit is lifted', async () => {
    const origin = await limitedTo({ requests: 0 });
    const answers = await times(5, () => readUsers(origin, company.idp.token));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200]);
    expect(answers[0]?.headers).not.toHaveProperty('x-ratelimit-limit');
  });
});

describe('an address that sends wrong tokens', () => {
  test.each(['rc_scim_nonsense', `rc_scim_${'0'.repeat(32)}_${'x'.repeat(51)}`])(
    'is no longer heard with such, while tokens that were right go on: %s',
    async (wrong) => {
      const origin = await limitedTo({ wrongCredentials: 3 });
      await readUsers(origin, company.idp.token);
      expect(statuses(await times(3, () => readUsers(origin, wrong)))).toEqual([401, 401, 401]);
      const refused = await readUsers(origin, wrong);
      expect(refused.status).toBe(429);
      expectRetryAfter(refused);
      expect(JSON.parse(refused.text)).toMatchObject({
        status: '429',
        detail: expect.stringContaining('not valid'),
      });
      expect((await viewer(origin, wrong)).http.status).toBe(429);
      expect((await readUsers(origin, company.idp.token)).status).toBe(200);
      // Without a token nothing is guessed.
      expect((await readUsers(origin, undefined)).status).toBe(401);
    },
  );

  test('is counted over GraphQL and WebSockets too', async () => {
    const origin = await limitedTo({ wrongCredentials: 2 });
    expect((await viewer(origin, 'rc_api_wrong')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await liveClient(origin, { token: 'rc_api_wrong' }).closed).code).toBe(4403);
    expect((await viewer(origin, 'rc_api_wrong')).http.status).toBe(429);
    expect((await liveClient(origin, { token: 'rc_api_wrong' }).closed).code).toBe(1013);
  });

  test('is counted where sessions end too', async () => {
    const origin = await limitedTo({ wrongCredentials: 2 });
    const signOut = (session: number) =>
      exchange(origin, {
        method: 'POST',
        path: '/auth/sign-out',
        headers: { 'content-type': 'application/json', cookie: `rollcall_session=rc_session_${session}` },
        body: '{}',
      });
    expect(statuses([await signOut(1), await signOut(2)])).toEqual([204, 204]);
    const refused = await signOut(3);
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'RATE_LIMITED' } });
    expect((await readUsers(origin, 'rc_scim_wrong')).status).toBe(429);
  });

  test('may still sign in, whatever stale cookie its browser sends', async () => {
    const origin = await limitedTo({ wrongCredentials: 1 });
    await readUsers(origin, 'rc_scim_wrong');
    const answer = await exchange(origin, {
      method: 'POST',
      path: '/auth/sign-in',
      headers: { 'content-type': 'application/json', cookie: 'rollcall_session=rc_session_stale' },
      body: JSON.stringify({ email: company.adminEmail, password: company.adminPassword }),
    });
    expect(answer.status).toBe(200);
  });
});

test('an address that sends tokens which nobody signed is refused, however it writes for whom they are', async () => {
  const origin = await limitedTo({ wrongCredentials: 2 });
  const id = '01a22c4b-74f9-7000-8822-096424b4ab42';
  const send = (path: string) =>
    exchange(origin, {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'logout_token=nothing',
    });
  const path = `/auth/oidc/${id}/backchannel-logout`;
  expect(statuses(await times(2, () => send(path)))).toEqual([400, 400]);
  for (const same of [path, path.toUpperCase(), `/${path}/?x`, path.replace('/0', '/%30')])
    expect((await send(same)).status, same).toBe(429);
  expect((await send(path.replace('01a2', '01a3'))).status).toBe(400);
});

describe('an address that tries passwords', () => {
  test('is refused after some wrong ones, right or not', async () => {
    const origin = await limitedTo({ failedSignIns: 2 });
    expect((await signIn(origin, company.adminPassword)).status).toBe(200);
    expect(statuses(await times(2, () => signIn(origin, 'wrong')))).toEqual([401, 401]);
    const refused = await signIn(origin, company.adminPassword);
    expect(refused.status).toBe(429);
    expectRetryAfter(refused);
    expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'RATE_LIMITED', limit: 2 } });
    const { http, errors } = await httpGraphQL(origin, {}).ask(`mutation { ${bySigningIn('a', 'wrong')} }`);
    expect([http.status, errors?.[0]?.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    expectRetryAfter(http);
  });

  test('gains nothing by aliases, nor by a WebSocket', async () => {
    const origin = await limitedTo({ failedSignIns: 5 });
    const six = Array.from({ length: 6 }, (_, at) => bySigningIn(`a${at}`, 'wrong')).join(' ');
    expect((await httpGraphQL(origin, {}).ask(`mutation { ${six} }`)).http.status).toBe(429);
    const live = liveClient(origin, { token: tokenOf(other.admin) });
    const four = six.split(' a4:')[0];
    expect(await live.ask(`mutation { ${four} }`)).toMatchObject({
      errors: [{ extensions: { code: 'SIGN_IN_FAILED' } }],
    });
    await expect(live.ask(`mutation { ${six} }`)).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED' } },
    ]);
    await live.close();
  });

  test.each(['/auth/sign-in', '/graphql'])(
    'is counted for a person who has to wait, and not for what it is refused itself: %s',
    async (path) => {
      const { adminEmail: email, adminPassword } = await world.company();
      const attempt = async (origin: string, password: string) => {
        const query = `mutation { signIn(input: { email: "${email}", password: "${password}" }) { user { id } } }`;
        const body = path === '/graphql' ? { query } : { email, password };
        const headers = { 'content-type': 'application/json' };
        const { text } = await exchange(origin, {
          method: 'POST',
          path,
          headers,
          body: JSON.stringify(body),
        });
        const { error, errors } = JSON.parse(text);
        const { code, limit } = error ?? errors[0].extensions;
        return limit === undefined ? code : `${code} of ${limit}`;
      };
      // Elsewhere, until the person has to wait: the right password does not help either.
      const elsewhere = await limitedTo({});
      await times(8, () => attempt(elsewhere, 'wrong'));
      const origin = await limitedTo({ failedSignIns: 3 });
      const early = await times(3, () => attempt(origin, adminPassword));
      expect(early).toEqual(['RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED']);
      expect(await attempt(origin, adminPassword)).toBe('RATE_LIMITED of 3');
    },
  );

  test.each(['/auth/request-password-reset', '/graphql'])(
    'is refused when it has links sent all the time, whoever to: %s',
    async (path) => {
      const origin = await limitedTo({ signIns: 2 });
      const query = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userName } }';
      const body =
        path === '/graphql'
          ? { query, variables: { input: { token: 'x', password: 'y' } } }
          : { email: 'nobody@example.com' };
      const headers = { 'content-type': 'application/json' };
      const answers = await times(3, () =>
        exchange(origin, { method: 'POST', path, headers, body: JSON.stringify(body) }),
      );
      expect(answers.map(({ text }) => text.includes('RATE_LIMITED'))).toEqual([false, false, true]);
    },
  );

  test('is refused when it signs in all the time', async () => {
    const origin = await limitedTo({ signIns: 2 });
    const answers = await times(3, () => signIn(origin, company.adminPassword));
    expect(statuses(answers)).toEqual([200, 200, 429]);
  });
});
