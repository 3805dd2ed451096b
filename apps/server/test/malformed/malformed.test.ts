import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeExchange, exchange, type HttpRequest } from '../clients/http-exchange.ts';
import { breachesOf } from '../clients/scim-duties.ts';
import { dumpDirectory } from '../directory-dump.ts';
import { lawCases, runs } from '../property-runs.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';
import { malformedRequest, type Targets } from './arbitraries.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const CASES = 300;
/** Milliseconds; others may be using the machine. */
const TIMEOUT = 600_000;

let server: ServerWorld;
let company: Company;
let dump: () => Promise<string>;
/** What the request before has left, where it is known. */
let left: string | undefined;
let targets: Targets;

beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
  const user = await company.scim.create('Users', {
    schemas: [USER],
    userName: 'target',
    emails: [{ value: 'a@b.c' }],
  });
  const group = await company.scim.create('Groups', {
    schemas: [GROUP],
    displayName: 'target',
    members: [{ value: user.id }],
  });
  targets = { userId: user.id, groupId: group.id };
  dump = await dumpDirectory(server.core);
});
afterAll(() => server.close());

const authorized = ({ headers, ...request }: HttpRequest): HttpRequest => ({
  ...request,
  headers: { authorization: `Bearer ${company.idp.token}`, ...headers },
});

/** Fails unless the answer is a proper one of SCIM, and a refusal leaves everything as it was. */
async function isAnsweredProperly(request: HttpRequest): Promise<boolean> {
  const before = left ?? (await dump());
  left = undefined;
  const answer = await exchange(server.origin, authorized(request));
  const hasNoBody = request.method === 'HEAD' || (request.method === 'OPTIONS' && answer.status < 300);
  const breaches = hasNoBody ? [] : breachesOf(answer);
  expect(breaches, describeExchange(request, answer)).toEqual([]);
  const isRefused = answer.status >= 400;
  if (isRefused) {
    left = await dump();
    expect(left, describeExchange(request, answer)).toBe(before);
  }
  return isRefused;
}

describe('a request that nobody should send', () => {
  test('is refused in SCIM or turns out right, and a refusal changes nothing', {
    timeout: TIMEOUT,
  }, async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(malformedRequest(`/scim/v2/${company.id}`, targets), async (request) => {
        if (await isAnsweredProperly(request)) refused += 1;
      }),
      runs(CASES),
    );
    // That the generator makes what it is for.
    expect(refused).toBeGreaterThan(0.64 * lawCases(CASES));
  });

  test.each<[string, () => Partial<HttpRequest>]>([
    ['a path of 12 KB', () => ({ path: `/Users/${'x'.repeat(12_000)}` })],
    ['a filter of 12 KB', () => ({ path: `/Users?filter=${'(%20'.repeat(3000)}` })],
    ['500 KB of brackets', () => ({ method: 'POST', body: '['.repeat(500_000) })],
    [
      '500 KB of nested objects',
      () => ({ method: 'PUT', path: `/Users/${targets.userId}`, body: '{"name":'.repeat(60_000) }),
    ],
    [
      'a userName of 900 KB',
      () => ({ method: 'POST', body: JSON.stringify({ schemas: [USER], userName: 'x'.repeat(900_000) }) }),
    ],
    [
      '20,000 e-mail addresses',
      () => ({
        method: 'POST',
        body: JSON.stringify({
          schemas: [USER],
          userName: 'many',
          emails: Array.from({ length: 20_000 }, (_, at) => ({ value: `${at}@x` })),
        }),
      }),
    ],
    [
      '20,000 unknown members',
      () => ({
        method: 'PUT',
        path: `/Groups/${targets.groupId}`,
        body: JSON.stringify({
          schemas: [GROUP],
          displayName: 'target',
          members: Array.from({ length: 20_000 }, () => ({ value: crypto.randomUUID() })),
        }),
      }),
    ],
    [
      '5,000 operations of one kind',
      () => ({
        method: 'PATCH',
        path: `/Users/${targets.userId}`,
        body: JSON.stringify({
          Operations: Array(5000).fill({ op: 'add', path: 'emails[type eq "x"].nothing', value: 'x' }),
        }),
      }),
    ],
    [
      'a path in an operation of 200 KB',
      () => ({
        method: 'PATCH',
        path: `/Users/${targets.userId}`,
        body: JSON.stringify({ Operations: [{ op: 'add', path: 'emails['.repeat(28_000), value: 1 }] }),
      }),
    ],
    ['2 MB', () => ({ method: 'POST', body: Buffer.alloc(2_000_000, 0x20) })],
  ])('%s is refused quickly', async (_what, make) => {
    const { path = '/Users', ...request } = make();
    const started = performance.now();
    const isRefused = await isAnsweredProperly({
      method: 'GET',
      headers: { 'content-type': 'application/scim+json' },
      ...request,
      path: `/scim/v2/${company.id}${path}`,
    });
    expect(isRefused).toBe(true);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test.each([
    '/scim/v2/%E0%A4',
    '/SCIM/v2/Users/%C0%AF',
    `/scim/v2/${'x'.repeat(500)}/Users`,
    '/scim/nothing/%ff',
  ])('%s never reaches a route, and is answered in SCIM all the same', async (path) => {
    expect(await isAnsweredProperly({ method: 'GET', path })).toBe(true);
  });

  test('elsewhere it is answered in the words of the server', async () => {
    const { status, text, headers } = await exchange(server.origin, { method: 'GET', path: '/auth/%E0%A4' });
    expect([status, JSON.parse(text)]).toEqual([
      400,
      { error: { code: 'INVALID_INPUT', message: expect.any(String), requestId: headers['x-request-id'] } },
    ]);
  });

  test('that breaks HTTP itself is refused in SCIM, and the server lives on', async () => {
    const headers = { 'x-large': 'x'.repeat(20_000) };
    expect(await isAnsweredProperly({ method: 'GET', path: '/scim/v2/Users', headers })).toBe(true);
    await wait(0);
    expect((await company.scim.list('/Users')).totalResults).toBeGreaterThan(0);
  });
});
