import { type Core, startCore } from '@rollcall/core';
import { type DatabaseProxy, openDatabaseProxy } from '@rollcall/testkit';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type HttpGraphQL, httpGraphQL } from './clients/graphql-client.ts';
import { exchange } from './clients/http-exchange.ts';
import { type FeedMessage, liveClient } from './clients/live-client.ts';
import { type ScimClient, scimClient } from './clients/scim-client.ts';
import {
  type Company,
  listen,
  openServerWorld,
  type RunningServer,
  type ServerWorld,
  tokenOf,
} from './world.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let world: ServerWorld;
let company: Company;
beforeAll(async () => {
  world = await openServerWorld();
  company = await world.company();
});
afterAll(() => world.close());

// A server whose way to the database can be broken; what then goes wrong is on purpose.
let proxy: DatabaseProxy;
let core: Core;
let server: RunningServer;
let scim: ScimClient;
let graphql: HttpGraphQL;
beforeEach(async () => {
  proxy = await openDatabaseProxy(world.world.databaseUrl);
  core = await startCore({
    databaseUrl: proxy.url,
    publicUrl: 'http://rollcall.test',
    worksInBackground: false,
  });
  server = await listen(core, pino({ level: 'silent' }));
  scim = scimClient(server.origin, `/scim/v2/${company.id}`, company.idp.token, { mayBeAway: true });
  graphql = httpGraphQL(server.origin, { authorization: company.admin.authorization });
  expect((await scim.send({ path: '/Users?count=1' })).status).toBe(200);
});
afterEach(async () => {
  // Whatever still waits for an answer gets none.
  proxy.cut();
  await server.app.close();
  await core.close();
  await proxy.close();
});

const readyz = () => exchange(server.origin, { method: 'GET', path: '/readyz' });
const create = (userName: string) =>
  scim.send({ method: 'POST', path: '/Users', body: { schemas: [USER], userName } });

describe('while the database is away', () => {
  test('SCIM answers 503 with Retry-After and its own error, reading and writing', async () => {
    proxy.cut();
    for (const answer of [await scim.send({ path: '/Users' }), await create('nobody')]) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(answer.body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '503',
        detail: expect.stringMatching(/database does not answer/),
      });
    }
    proxy.mend();
    await expect.poll(async () => (await create('somebody')).status).toBe(201);
  });

  test('GraphQL answers UNAVAILABLE: with status 503 where nothing was executed, else beside data', async () => {
    proxy.cut();
    const refused = await graphql.ask('{ users { totalCount } }');
    expect(refused.http.status).toBe(503);
    expect(refused.http.headers['retry-after']).toBe('2');
    expect(refused.errors).toEqual([
      {
        message: expect.stringContaining('Try again'),
        extensions: {
          code: 'UNAVAILABLE',
          retryAfter: 2,
          requestId: refused.http.headers['x-request-id'],
        },
      },
    ]);
    const anonymous = await httpGraphQL(server.origin, {}).ask(
      'mutation { signIn(input: { email: "a@example.com", password: "correct horse" }) { secret } }',
    );
    expect(anonymous).toMatchObject({ data: null, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect(anonymous.http.status).toBe(200);
  });

  test('signing in and out is 503 with Retry-After', async () => {
    proxy.cut();
    const answer = await exchange(server.origin, {
      method: 'POST',
      path: '/auth/sign-in',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: company.adminEmail, password: company.adminPassword }),
    });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'UNAVAILABLE' } });
    const out = await exchange(server.origin, {
      method: 'POST',
      path: '/auth/sign-out',
      headers: { 'content-type': 'application/json', cookie: `rollcall_session=${tokenOf(company.admin)}` },
      body: '{}',
    });
    expect([out.status, out.headers['retry-after']]).toEqual([503, '2']);
  });

  test.each(['cut', 'freeze'] as const)(
    '/readyz is 503 within 2 seconds (%s), for many who ask',
    async (how) => {
      expect((await readyz()).status).toBe(200);
      proxy[how]();
      const asked = performance.now();
      const answers = await Promise.all(Array.from({ length: 16 }, readyz));
      expect(performance.now() - asked).toBeLessThan(2000);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
      // The process is alive, and nobody is to end it for that.
      expect((await exchange(server.origin, { method: 'GET', path: '/healthz' })).status).toBe(200);
      if (how === 'freeze') return;
      proxy.mend();
      await expect.poll(async () => (await readyz()).status).toBe(200);
    },
  );

  test('a write whose answer is lost is said to be made or not, and no more than that', async () => {
    proxy.delayAnswers(60_000);
    const answer = create('maybe');
    const found = async () =>
      (await company.scim.list('/Users', { filter: 'userName eq "maybe"' })).totalResults;
    await expect.poll(found).toBe(1);
    proxy.cut();
    expect((await answer).status).toBe(503);
    expect((await answer).body).toMatchObject({
      detail: expect.stringMatching(/may or may not have been made/),
    });
  });
});

describe('a subscription', () => {
  const follow = () => liveClient(server.origin, { token: tokenOf(company.admin) });
  const feedCursor = async () =>
    (await company.admin.query<{ feedCursor: string }>('{ feedCursor }')).feedCursor;
  const createdIn = async (feed: AsyncIterableIterator<FeedMessage>) =>
    (await feed.next()).value?.event?.subject.id;
  const hire = async (userName: string) =>
    (await company.scim.create('Users', { schemas: [USER], userName })).id;

  test('rides through a break: nothing lost, nothing twice', async () => {
    const live = follow();
    const feed = live.events(await feedCursor());
    const before = await hire('before');
    expect(await createdIn(feed)).toBe(before);
    const next = createdIn(feed);
    proxy.cut();
    const meanwhile = await hire('meanwhile');
    await expect.poll(async () => (await scim.send({ path: '/Users' })).status).toBe(503);
    // Longer than the feed waits before it looks again.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    proxy.mend();
    expect(await next).toBe(meanwhile);
    const after = await hire('after');
    expect(await createdIn(feed)).toBe(after);
    await live.close();
  });

  test('that begins while the database is away is closed in a code with which its client comes again', async () => {
    const standing = follow();
    await standing.ask('{ limits { maxDepth } }');
    proxy.cut();
    void standing
      .events(await feedCursor())
      .next()
      .catch(() => undefined);
    for (const live of [standing, follow()])
      expect(await live.closed).toEqual({ code: 1013, reason: expect.stringContaining('Connect again') });
  });
});
