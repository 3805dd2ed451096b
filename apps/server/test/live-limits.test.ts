import { EventEmitter, on } from 'node:events';
import { apiLimits } from '@rollcall/core';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_UNREAD_BYTES, NOT_READING } from '../src/graphql/watch-reading.ts';
import { type LiveClient, liveClient } from './clients/live-client.ts';
import { type RawSocket, rawSocket } from './clients/raw-socket.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

/** What the server's log says, a line at a time. */
const lines = new EventEmitter();
const log = pino({ level: 'info' }, { write: (line) => void lines.emit('line', JSON.parse(line)) });

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld(log);
});
afterAll(() => server.close());

const { maxSubscriptionsPerSocket: perSocket, maxSubscriptionsPerCredential: perCredential } = apiLimits;

const newToken = async (company: Company) =>
  tokenOf(await company.withPermissions('events:read', 'account:read', 'users:read'));

const openSockets = (token: string, count: number): LiveClient[] =>
  Array.from({ length: count }, () => liveClient(server.origin, { token }));

const subscription = 'subscription ($after: Cursor) { provisioningEvents(after: $after) { cursor } }';

/** Opens a subscription that waits; answers its first message's errors, none when it was an event or the socket ended. */
const subscribe = (live: LiveClient, after: string) =>
  live.send({ query: subscription, variables: { after } }).catch(() => []);

/** Where the log stands: whoever follows after it hears of all that comes, however late the subscription stands. */
const cursorOf = async ({ admin }: Company): Promise<string> =>
  (await admin.query<{ feedCursor: string }>('{ feedCursor }')).feedCursor;

/** Opens as many as fit, and one more, on these sockets; answers why that one was refused. */
async function fillAndExceed(company: Company, sockets: readonly LiveClient[], count: number) {
  const after = await cursorOf(company);
  const waiting = Array.from({ length: count + 1 }, (_, n) => {
    const live = sockets[n % sockets.length];
    if (live === undefined) throw new Error('There is a socket.');
    return subscribe(live, after);
  });
  return { refusal: await Promise.race(waiting), waiting };
}

const createUser = (company: Company, userName: string) =>
  company.scim.create('Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName });

const closeAll = (sockets: readonly LiveClient[]) => Promise.all(sockets.map((live) => live.close()));

test('a socket has a published number of subscriptions; the next is refused, and the others go on', async () => {
  const company = await server.company();
  const [live] = openSockets(tokenOf(company.admin), 1);
  if (live === undefined) throw new Error('There is one.');
  const { refusal, waiting } = await fillAndExceed(company, [live], perSocket);
  expect(refusal).toMatchObject([
    { message: expect.stringMatching(/maxSubscriptionsPerSocket.*End some/), extensions: limit(perSocket) },
  ]);
  await createUser(company, 'told to all');
  expect((await Promise.all(waiting)).filter((errors) => errors.length === 0)).toHaveLength(perSocket);
  expect(await live.ask('{ limits { maxSubscriptionsPerSocket } }')).toEqual({
    data: { limits: { maxSubscriptionsPerSocket: perSocket } },
  });
  await live.close();
});

const limit = (count: number) => ({ code: 'LIMIT_EXCEEDED', limit: count });

test('a subscription that ends leaves its place to another', async () => {
  const company = await server.company();
  const cursor = await cursorOf(company);
  await createUser(company, 'first');
  const live = liveClient(server.origin, { token: tokenOf(company.admin) });
  for (let n = 0; n < perSocket * 2; n += 1) {
    const events = live.events(cursor);
    expect((await events.next()).value?.event?.type).toBe('USER_CREATED');
    await events.return?.();
  }
  await live.close();
});

test('a credential has a published number of subscriptions on all its sockets, and of sockets', async () => {
  const company = await server.company();
  const token = await newToken(company);
  const sockets = openSockets(token, perCredential / perSocket + 1);
  const { refusal } = await fillAndExceed(company, sockets, perCredential);
  expect(refusal).toMatchObject([
    { message: expect.stringContaining('maxSubscriptionsPerCredential'), extensions: limit(perCredential) },
  ]);
  await closeAll(sockets);

  const many = openSockets(token, apiLimits.maxSocketsPerCredential + 1);
  const closed = await Promise.race(many.map((live) => live.closed));
  expect(closed).toEqual({ code: 1013, reason: expect.stringMatching(/^LIMIT_EXCEEDED: .* at most 50/) });
  await closeAll(many);
  const again = async () => {
    const live = liveClient(server.origin, { token });
    const answer = await live.ask('{ account { id } }').catch(() => 'closed');
    await live.close();
    return answer;
  };
  await expect.poll(again).toMatchObject({ data: { account: { id: company.id } } });
});

/** How long the one in the middle of many took, in milliseconds. */
async function latencyOf(act: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  while (took.length < 41) {
    const began = performance.now();
    await act();
    took.push(performance.now() - began);
  }
  return took.sort((a, b) => a - b)[20] ?? Number.POSITIVE_INFINITY;
}

test('as many idle subscriptions as an account may have slow no other account', async () => {
  const [company, other] = [await server.company(), await server.company()];
  const id = (await createUser(other, 'somebody')).id;
  const read = () => other.scim.read(`/Users/${id}`);
  await latencyOf(read);
  const idle = await latencyOf(read);
  const { maxSubscriptionsPerAccount: perAccount } = apiLimits;
  const tokens: string[] = [];
  while (tokens.length <= perAccount / perCredential) tokens.push(await newToken(company));
  const sockets = tokens.flatMap((token) => openSockets(token, perCredential / perSocket));
  const { refusal, waiting } = await fillAndExceed(company, sockets, perAccount);
  expect(refusal).toMatchObject([
    { message: expect.stringContaining('maxSubscriptionsPerAccount'), extensions: limit(perAccount) },
  ]);
  // When all have heard of something, all of them wait again.
  await createUser(company, 'told to all');
  await Promise.all(waiting);
  expect(await latencyOf(read)).toBeLessThan(10 * idle);
  await closeAll(sockets);
});

/** How many bytes waited for the next client that is dropped. */
async function dropped(): Promise<number> {
  for await (const [{ msg, waiting }] of on(lines, 'line'))
    if (msg === 'dropped a client that does not read') return waiting;
  throw new Error('The log ended.');
}

const feedOf = (socket: RawSocket, id: string) =>
  socket.send({
    id,
    type: 'subscribe',
    payload: { query: 'subscription { provisioningEvents { event { changes { field before after } } } }' },
  });

test('a subscriber that does not read is dropped with a code that says so, and little waits for it till then', async () => {
  const company = await server.company();
  const socket = await rawSocket(server.origin, tokenOf(company.admin));
  for (let n = 0; n < 100; n += 1) feedOf(socket, `${n}`);
  socket.stopReading();
  const waiting = dropped();
  const users = Array.from({ length: 1000 }, (_, n) => ({
    userName: `u${n}`,
    title: 'x'.repeat(1000),
    department: 'y'.repeat(1000),
  }));
  await company.idp.query(
    'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
    { input: { users } },
  );
  expect(await waiting).toBeLessThan(MAX_UNREAD_BYTES / 4);
  expect(await socket.readClose()).toBe(NOT_READING);
}, 60_000);

test('a client that asks and asks and never reads the answers is dropped before they fill the memory', async () => {
  const company = await server.company();
  const socket = await rawSocket(server.origin, tokenOf(company.admin));
  socket.stopReading();
  const waiting = dropped();
  const description = 'description '.repeat(30);
  const types = `{ __schema { types { name ${description} fields { name ${description} } } } }`;
  for (let n = 0; n < 400; n += 1) socket.send({ id: `${n}`, type: 'subscribe', payload: { query: types } });
  expect(await waiting).toBeLessThan(2 * MAX_UNREAD_BYTES);
  expect(await socket.readClose()).toBe(NOT_READING);
}, 60_000);
