import { apiLimits } from '@rollcall/core';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { GROUP, USER } from '../conformance/samples.ts';
import { inForm, tell } from './figures.ts';
import { startAttack } from './stalls/attack.ts';
import { floods } from './stalls/floods.ts';
import { allSubscriptions, drips, largeOperations, unread, unreadKinds } from './stalls/live.ts';
import type { Order } from './stalls/orders.ts';
import { openStage, type Stage } from './stalls/stage.ts';
import type { Met } from './stalls/victim.ts';

/** The promise: whatever one account does, no request of another takes longer than that, and twice that no event in its feed. */
const TIMES_IDLE = 10;
const WORST_MS = 500;
/** What the server's process takes of memory at most, while some leave unread what they asked for, and for each of them. */
const MOST_MEGABYTES = 512;
const MEGABYTES_A_SOCKET = 16;

const PEOPLE = inForm(2_000, 50_000);
const IDLE_MS = inForm(500, 8_000);
const ATTACK_MS = inForm(1_200, 20_000);
const TIME_OUT_SECONDS = inForm(2, 5);
const DRIPPING_SOCKETS = inForm(300, 2_000);

let stage: Stage;
/** The longest that the victim has waited so far while nobody attacked: the more is measured, the more is it the worst. */
let worstIdle = 0;
beforeAll(async () => {
  stage = await openStage(PEOPLE, {
    NODE_ENV: 'production',
    HEADERS_TIMEOUT_SECONDS: String(TIME_OUT_SECONDS),
    REQUEST_TIMEOUT_SECONDS: String(TIME_OUT_SECONDS),
  });
  // The code is compiled, and the connections are there.
  await stage.victim.measure(IDLE_MS);
}, 600_000);
afterAll(() => stage.close());

interface Attacked {
  readonly orders: readonly Order[];
  /** What happens before the attacker is told to stop. */
  readonly finish?: () => Promise<unknown>;
}

const milliseconds = (value: number) => Math.round(value * 10) / 10;

/** What came of an attack, and how many megabytes more than before the server took. */
interface Aftermath {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly memory: number;
}

/** Measures what the victim meets while the attack is on, beside what it meets without. */
async function attacked(context: TestContext, { orders, finish }: Attacked): Promise<Aftermath> {
  await stage.quiet();
  const idle = await stage.victim.measure(IDLE_MS);
  worstIdle = Math.max(worstIdle, idle.requests.worst);
  const watch = stage.watchMemory();
  context.onTestFinished(() => void watch.stop());
  const attack = await startAttack(...orders);
  context.onTestFinished(() => attack.kill());
  const met = await stage.victim.measure(ATTACK_MS);
  await finish?.();
  const outcomes = await attack.stop();
  const memory = watch.stop();
  tell(context, {
    'idle median, ms': milliseconds(idle.requests.median),
    'idle worst, ms': milliseconds(idle.requests.worst),
    'median, ms': milliseconds(met.requests.median),
    '95 of 100, ms': milliseconds(met.requests.high),
    'worst, ms': milliseconds(met.requests.worst),
    'worst / idle worst': milliseconds(met.requests.worst / idle.requests.worst),
    'feed median, ms': milliseconds(met.feed.median),
    'feed worst, ms': milliseconds(met.feed.worst),
    'own delay, ms': milliseconds(met.worstOfOwnLoop),
    requests: met.requests.count,
    'more memory, MB': memory,
    attacker: JSON.stringify(outcomes),
  });
  expectPromise(met);
  return { outcomes, memory };
}

/** A machine that others use too stops a process now and then; in the short form one request of twenty may meet that. */
function expectPromise({ requests, feed }: Met): void {
  const most = Math.min(TIMES_IDLE * worstIdle, WORST_MS);
  expect(requests.high).toBeLessThanOrEqual(inForm(Math.max(most, WORST_MS / 2), most));
  expect(requests.worst).toBeLessThanOrEqual(inForm(4 * WORST_MS, most));
  expect(feed.high).toBeLessThanOrEqual(WORST_MS);
  expect(feed.worst).toBeLessThanOrEqual(inForm(4, 2) * WORST_MS);
}

test('as many subscriptions as an account may have, while things happen in it', async (context) => {
  const { admin, scim } = stage.attacker;
  const { feedCursor: after } = await admin.query<{ feedCursor: string }>('{ feedCursor }');
  // All of them begin with this.
  await scim.create('Users', { schemas: [USER], userName: 'the first to arrive' });
  const { outcomes } = await attacked(context, {
    orders: allSubscriptions(stage.attacker, { origin: stage.server.origin, after, last: 'TEAM_CREATED' }),
    finish: () => scim.create('Groups', { schemas: [GROUP], displayName: 'the last to arrive' }),
  });
  expect(outcomes['subscriptions that got all']).toBe(apiLimits.maxSubscriptionsPerAccount);
});

test.for(Object.entries(unreadKinds))('%s', async ([, kind], context) => {
  const { outcomes, memory } = await attacked(context, {
    orders: unread(stage.attacker, kind, stage.server.origin),
    finish: untilDropped(kind.sockets),
  });
  expect(outcomes['closed with 4413']).toBe(kind.sockets);
  expect(memory).toBeLessThan(MOST_MEGABYTES + kind.sockets * MEGABYTES_A_SOCKET);
});

/** Waits until the server has dropped so many more sockets than before. */
function untilDropped(count: number): () => Promise<void> {
  const soFar = () =>
    stage.server.messages.filter((message) => message === 'dropped a client that does not read').length;
  const before = soFar();
  return () => expect.poll(soFar).toBe(before + count);
}

test('headers and bodies that drip: each is ended with 408', async (context) => {
  const orders = [drips(stage.attacker, DRIPPING_SOCKETS, stage.server.origin)];
  expect((await attacked(context, { orders })).outcomes).toEqual({ 408: DRIPPING_SOCKETS });
});

test('operations as large as may be, over a WebSocket', async (context) => {
  const orders = [largeOperations(stage.attacker, stage.server.origin)];
  expect((await attacked(context, { orders })).outcomes.answered).toBeGreaterThan(0);
});

test.for(Object.entries(floods))('%s', async ([, { requests, how, outcome }], context) => {
  const order: Order = {
    kind: 'requests',
    origin: stage.server.origin,
    requests: requests(stage.attacker),
    connections: 16,
    onAfter: 20,
    ...how,
  };
  expect((await attacked(context, { orders: [order] })).outcomes[outcome]).toBeGreaterThan(0);
});
