import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildDirectory } from './directory/build-directory.ts';
import { type SimulateOptions, simulate } from './simulate.ts';
import { expectGeneration } from './testing/expected-state.ts';
import { type InMemoryScim, startInMemoryScim } from './testing/in-memory-scim.ts';

const SIZE = { users: 120, groups: 16, seed: 7 } as const;

let server: InMemoryScim;
beforeEach(async () => {
  server = await startInMemoryScim();
});
afterEach(async () => {
  await server.close();
});

function run(idp: 'entra' | 'okta', more: Partial<SimulateOptions> = {}) {
  return simulate({ idp, url: server.url, token: server.token, ...SIZE, ...more });
}

describe.each(['entra', 'okta'] as const)('%s', (idp) => {
  const [initial, later] = buildDirectory({ idp, ...SIZE }).generations;

  it('brings the server to the later generation, through the initial one', async () => {
    const first = await run(idp, { cycles: 'initial' });
    expect(first).toMatchObject({ failureCount: 0, stopped: undefined, users: 120, groups: 16 });
    expectGeneration(server, initial);
    const second = await run(idp, { cycles: 'delta' });
    expect(second).toMatchObject({ failureCount: 0, stopped: undefined, users: later.people.length });
    expectGeneration(server, later);
  });

  it('sends no writes when both cycles are run again', async () => {
    const first = await run(idp);
    expectGeneration(server, later);
    expect(first.cycles.map(({ name }) => name)).toEqual(['initial', 'delta']);
    expect(first.cycles[1]?.writes).toBeGreaterThan(0);
    const second = await run(idp);
    expect(second).toMatchObject({ writes: 0, failureCount: 0, users: later.people.length });
    expect(second.cycles.map(({ generation }) => generation)).toEqual([1]);
    expectGeneration(server, later);
  });

  it.each(['initial', 'delta'] as const)(
    'sends no writes when the %s cycle alone is run again',
    async (cycles) => {
      await run(idp, { cycles: 'initial' });
      await run(idp, { cycles });
      const again = await run(idp, { cycles });
      expect(again).toMatchObject({ writes: 0, failureCount: 0 });
      expect(again.requests).toBeGreaterThan(10);
    },
  );

  it('heals what was changed behind its back', async () => {
    await run(idp, { cycles: 'initial' });
    for (const user of server.users.values()) user.title = 'Intruder';
    const strangers = [...server.users.keys()].slice(0, 40).map((value) => ({ value }));
    for (const group of server.groups.values()) group.members = strangers;
    expect(await run(idp, { cycles: 'initial' })).toMatchObject({ failureCount: 0 });
    expectGeneration(server, initial);
  });

  it('reports what the server refuses, and goes on with the rest', async () => {
    server.fault = ({ method, url }) =>
      method === 'POST' && url.endsWith('/Groups') ? { status: 500 } : undefined;
    const summary = await run(idp, { cycles: 'initial' });
    expect(summary).toMatchObject({ failureCount: 16, statuses: { POST: { 201: 120, 500: 16 } } });
    expect(summary.failures[0]).toEqual({
      method: 'POST',
      path: '/Groups',
      status: 500,
      detail: 'out of order',
    });
    expect(summary.cycles[0]).toMatchObject({
      users: { created: 120 },
      groups: { failed: 16 },
      members: { skipped: 16 },
    });
  });

  it('does as a throttling server says and loses nothing', async () => {
    let throttled = 0;
    server.fault = () => {
      throttled += 1;
      return throttled % 25 === 0 ? { status: 429, headers: { 'retry-after': '0' } } : undefined;
    };
    const summary = await run(idp);
    expect(summary).toMatchObject({ failureCount: 0 });
    expect(summary.retries).toBeGreaterThan(10);
    expectGeneration(server, later);
  });
});

it('stops at a Test Connection that is not green', async () => {
  const summary = await run('entra', { token: 'wrong' });
  expect(summary).toMatchObject({ requests: 1, failureCount: 1, stopped: 'Test Connection failed' });
  expect(summary.failures[0]).toMatchObject({
    status: 401,
    detail: expect.stringContaining('unknown token'),
  });
});

it('fails the Test Connection of Entra when somebody is found under a random name', async () => {
  const body = JSON.stringify({ totalResults: 1, Resources: [{ id: '1' }] });
  server.fault = () => ({ status: 200, body });
  const summary = await run('entra');
  expect(summary).toMatchObject({ requests: 1, writes: 0, stopped: 'Test Connection failed' });
  expect(summary.failures[0]?.detail).toContain('the list must be empty');
});

it('fails the Test Connection on an answer that is not a list', async () => {
  server.fault = () => ({ status: 200, body: '<html>' });
  const summary = await run('okta');
  expect(summary).toMatchObject({ requests: 1, failureCount: 1, stopped: 'Test Connection failed' });
  expect(summary.failures[0]?.detail).toContain('not the SCIM message');
});

it.each(['reset before the work', 'reset after the work'] as const)(
  'repeats a create on a %s',
  async (fault) => {
    const broken = new Set<string>();
    server.fault = ({ method, url, body }) => {
      const key = JSON.stringify(body);
      if (method !== 'POST' || !url.endsWith('/Users') || broken.size >= 3 || broken.has(key))
        return undefined;
      broken.add(key);
      return fault;
    };
    const summary = await run('entra', { cycles: 'initial' });
    expect(summary).toMatchObject({ failureCount: 0, retries: 3 });
    expect(summary.statuses.POST).toMatchObject(
      fault === 'reset before the work' ? { none: 3 } : { none: 3, 409: 3 },
    );
    expectGeneration(server, buildDirectory({ idp: 'entra', ...SIZE }).generations[0]);
  },
);

it('removes nobody from a group while one of its people can not be created', async () => {
  await run('entra', { cycles: 'initial' });
  const [{ people, groups }] = buildDirectory({ idp: 'entra', ...SIZE }).generations;
  const lost = people[groups[0]?.members[0] ?? -1]?.userName;
  for (const [id, user] of server.users) if (user.userName === lost) server.users.delete(id);
  const everybody = [...server.users.keys()].map((value) => ({ value }));
  for (const group of server.groups.values()) group.members = everybody;
  server.fault = ({ method }) => (method === 'POST' ? { status: 500 } : undefined);
  expect(await run('entra', { cycles: 'initial' })).toMatchObject({ failureCount: 1 });
  const members = [...server.groups.values()].map((group) => [group.displayName, group.members]);
  expect(Object.fromEntries(members)).toMatchObject({ 'Rollcall Admins': everybody });
});

it('has no delta for a server that has seen no initial cycle', async () => {
  const summary = await run('okta', { cycles: 'delta' });
  expect(summary).toMatchObject({ writes: 0, stopped: 'there is no delta before an initial cycle' });
});

it('gives up a server that has gone away', async () => {
  let left = 40;
  server.fault = () => (left-- > 0 ? undefined : 'reset before the work');
  const summary = await run('entra', { concurrency: 8 });
  expect(summary.stopped).toContain('no answer to 10 requests in a row');
  expect(summary.failureCount).toBeLessThan(40);
});

it('ends with the reason of an aborted signal', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const running = run('entra', {
    signal: abort.signal,
    onProgress: ({ done }) => done > 5 && abort.abort(reason),
  });
  await expect(running).rejects.toBe(reason);
});

it('tells how far each phase has come', async () => {
  const ends = new Map<string, string>();
  await run('okta', {
    users: 30,
    onProgress: ({ cycle, phase, done, total }) => {
      expect(done).toBeLessThanOrEqual(total);
      ends.set(`${cycle} ${phase}`, `${done}/${total}`);
    },
  });
  expect(ends.get('initial users')).toBe('30/30');
  expect(ends.get('initial members')).toBe('16/16');
  expect([...ends.keys()]).toContain('delta managers');
});

it.each([
  [true, 30],
  [false, 0],
])('with passwords %j, Okta sends %i of 30 people with one', async (passwords, count) => {
  await run('okta', { users: 30, cycles: 'initial', passwords });
  const bodies = server.received.map(({ body }) => JSON.stringify(body ?? {}));
  expect(bodies.filter((body) => body.includes('"password"'))).toHaveLength(count);
});
