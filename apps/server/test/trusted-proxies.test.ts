import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TrustedProxies } from '../src/http/trusted-proxies.ts';
import { defaultRateLimits } from '../src/rate-limits/rate-limits.ts';
import { createServer } from '../src/server.ts';
import { exchange, type HttpAnswer } from './clients/http-exchange.ts';
import {
  type Company,
  openServerWorld,
  type RunningServer,
  type ServerWorld,
  startListening,
  tokenOf,
} from './world.ts';

const SECRET = 'what-the-admin-knows';

let world: ServerWorld;
let company: Company;
const opened: RunningServer[] = [];
beforeAll(async () => {
  world = await openServerWorld();
  company = await world.company();
});
afterEach(async () => {
  for (const { app } of opened.splice(0)) await app.close();
});
afterAll(() => world.close());

async function serverThatTrusts(trustedProxies?: TrustedProxies): Promise<string> {
  const app = await createServer({
    core: world.core,
    logger: pino({ level: 'silent' }),
    rateLimits: { ...defaultRateLimits, failedSignIns: 3 },
    ...(trustedProxies !== undefined && { trustedProxies }),
  });
  const server = await startListening(app);
  opened.push(server);
  return server.origin;
}

let strangers = 0;
const guess = (origin: string, headers: Record<string, string>) => {
  strangers += 1;
  return exchange(origin, {
    method: 'POST',
    path: '/auth/sign-in',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email: `stranger-${strangers}@example.com`, password: 'a wrong guess' }),
  }).then(({ status }) => status);
};

/** The answers to five guesses, each of which says that it comes from another address. */
async function guessFromEverywhere(origin: string, headers: Record<string, string> = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 1; at <= 5; at += 1) {
    statuses.push(await guess(origin, { 'x-forwarded-for': `203.0.113.${at}`, ...headers }));
  }
  return statuses;
}

const counted = [401, 401, 401, 429, 429];
const apart = [401, 401, 401, 401, 401];

describe('X-Forwarded-For', () => {
  test.each<[string, TrustedProxies | undefined, Record<string, string>, number[]]>([
    ['of a client on this machine is not believed', undefined, {}, counted],
    ['of a client elsewhere than the proxies is not', { addresses: ['192.0.2.0/24'] }, {}, counted],
    [
      'of a wrong secret is not',
      { addresses: [], secret: SECRET },
      { 'rollcall-proxy-secret': 'x' },
      counted,
    ],
    ['of no secret where none is set is not', { addresses: [] }, { 'rollcall-proxy-secret': '' }, counted],
    ['of a trusted address is', { addresses: ['loopback'] }, {}, apart],
    ['of the secret is', { addresses: [], secret: SECRET }, { 'rollcall-proxy-secret': SECRET }, apart],
  ])('%s', async (_title, trusted, headers, expected) => {
    expect(await guessFromEverywhere(await serverThatTrusts(trusted), headers)).toEqual(expected);
  });

  test('is read from its end: what the client wrote before the proxy did is not believed', async () => {
    const origin = await serverThatTrusts({ addresses: ['loopback'] });
    const statuses: number[] = [];
    for (let at = 1; at <= 5; at += 1) {
      statuses.push(await guess(origin, { 'x-forwarded-for': `203.0.113.${at}, 198.51.100.7` }));
    }
    expect(statuses).toEqual(counted);
  });
});

test('whoever guesses the password of one person waits, from however many addresses', async () => {
  const origin = await serverThatTrusts({ addresses: ['loopback'] });
  const attacked = await world.company();
  const answers: HttpAnswer[] = [];
  // The sixth waits a second, the seventh two, and so on: a minute and more for twelve.
  for (let at = 1; at <= 12; at += 1) {
    const answer = await exchange(origin, {
      method: 'POST',
      path: '/auth/sign-in',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${at}` },
      body: JSON.stringify({ email: attacked.adminEmail, password: 'a wrong guess' }),
    });
    answers.push(answer);
  }
  expect(answers.slice(0, 5).map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  const refused = answers.find(({ status }) => status === 429) ?? expect.unreachable();
  expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  const { data } = await world
    .graphql(tokenOf(attacked.admin))
    .ask('{ events(filter: { types: [USER_SIGN_IN_FAILED] }, first: 50) { nodes { changes { after } } } }');
  expect(JSON.stringify(data)).toContain('"203.0.113.1"');
});

describe('X-Forwarded-Proto and X-Forwarded-Host', () => {
  const signIn = (origin: string, headers: Record<string, string>) =>
    exchange(origin, {
      method: 'POST',
      path: '/auth/sign-in',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ email: company.adminEmail, password: company.adminPassword }),
    });

  test('count from a trusted proxy alone', async () => {
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
    const open = await signIn(await serverThatTrusts(), forwarded);
    expect([open.status, open.headers['set-cookie']?.[0]]).toEqual([
      200,
      expect.stringMatching(/HttpOnly; SameSite=Lax$/),
    ]);
    expect(open.headers).not.toHaveProperty('strict-transport-security');

    const origin = await serverThatTrusts({ addresses: ['loopback'] });
    const secured = await signIn(origin, { 'x-forwarded-proto': 'https' });
    expect(secured.headers['set-cookie']?.[0]).toContain('; Secure');
    expect(secured.headers['strict-transport-security']).toBe('max-age=31536000');
    // A trusted proxy that passes on any host does not make it ours.
    expect((await signIn(origin, forwarded)).status).toBe(421);
  });
});
