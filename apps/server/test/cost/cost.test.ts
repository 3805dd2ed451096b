import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GROUP, USER } from '../conformance/samples.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';
import {
  bulks,
  type Costly,
  filters,
  groupPatches,
  resources,
  type Subjects,
  userPatches,
} from './inputs.ts';

/** What is promised: of the process's time, per megabyte. */
const MILLISECONDS_PER_MEGABYTE = 100;
/** A machine may be slow and busy with other tests. What grows with the square is beyond this by far. */
const SLACK = 4;

let server: ServerWorld;
let company: Company;
const subjects = { userId: '', groupId: '' };

beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
  subjects.userId = (await company.scim.create('Users', { schemas: [USER], userName: 'target' })).id;
  subjects.groupId = (await company.scim.create('Groups', { schemas: [GROUP], displayName: 'target' })).id;
});
afterAll(() => server.close());

/** Sends a body of so many parts; gives the milliseconds that this process computed, and the megabytes sent. */
async function costOf({ method, path, body }: Costly, size: number) {
  const payload = JSON.stringify(body(size));
  const before = process.cpuUsage();
  const { statusCode, body: answer } = await server.app.inject({
    method,
    url: `/scim/v2/${company.id}${path}`,
    headers: { authorization: `Bearer ${company.idp.token}`, 'content-type': 'application/scim+json' },
    payload,
  });
  const { user, system } = process.cpuUsage(before);
  expect(statusCode, answer.slice(0, 500)).toBeLessThan(500);
  return { milliseconds: (user + system) / 1000, megabytes: payload.length / 1_000_000 };
}

/** Twice, since the first time the code is being compiled. */
async function lowestCostOf(costly: Costly, size: number) {
  const [first, second] = [await costOf(costly, size), await costOf(costly, size)];
  return first.milliseconds < second.milliseconds ? first : second;
}

async function expectLinear(costly: Costly): Promise<void> {
  const quarter = await lowestCostOf(costly, Math.floor(costly.parts / 4));
  const whole = await lowestCostOf(costly, costly.parts);
  const allowed = Math.max(whole.megabytes, 0.5) * MILLISECONDS_PER_MEGABYTE * SLACK;
  expect(whole.milliseconds).toBeLessThan(allowed);
  // Four times as much is not sixteen times as dear; below some milliseconds there is noise alone.
  expect(whole.milliseconds).toBeLessThan(10 * Math.max(quarter.milliseconds, 10));
}

describe('what a request of any bytes costs grows with its bytes and no faster', () => {
  test.each(Object.entries(filters))('a filter: %s', (_what, costly) => expectLinear(costly));
  const placeholders: Subjects = { userId: '', groupId: '' };
  test.each(Object.keys(userPatches(placeholders)))('a PATCH of a user: %s', async (what) => {
    const costly = userPatches(subjects)[what];
    if (costly !== undefined) await expectLinear(costly);
  });
  test.each(Object.keys(groupPatches(placeholders)))('a PATCH of a group: %s', async (what) => {
    const costly = groupPatches(subjects)[what];
    if (costly !== undefined) await expectLinear(costly);
  });
  test.each(Object.entries(resources))('a resource: %s', (_what, costly) => expectLinear(costly));
  test.each(Object.entries(bulks))('a bulk: %s', (_what, costly) => expectLinear(costly));
});
