import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GROUP, USER } from '../conformance/samples.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';
import { bulks } from './bulks.ts';
import type { Costly, CostlyInputs } from './costly.ts';
import { filters } from './filters.ts';
import { groupPatches } from './group-patches.ts';
import { resources } from './resources.ts';
import { manyUserOperations, wideUserOperations } from './user-patches.ts';
import { cpuTimeOf, slowness } from './yardstick.ts';

/**
 * What is promised: of the process's CPU, per megabyte of a request, measured alone and with the code compiled. What
 * PostgreSQL does is not in it. A request below half a megabyte may take what half a megabyte may. The worst are objects of one
 * short name each, all of them different: JSON.parse alone takes 60 ms for a megabyte of those.
 */
const MILLISECONDS_PER_MEGABYTE = 125;
const SMALLEST_MEGABYTES = 0.5;
/** How often a request is sent until it keeps to that: other work on the machine only ever adds. */
const ATTEMPTS = 20;

let server: ServerWorld;
let company: Company;
const subjects = { userId: '', groupId: '' };

beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
  subjects.userId = (await company.scim.create('Users', { schemas: [USER], userName: 'target' })).id;
  subjects.groupId = (await company.scim.create('Groups', { schemas: [GROUP], displayName: 'target' })).id;
  await company.scim.create('Users', { schemas: [USER], userName: 'taken' });
  await company.scim.create('Groups', { schemas: [GROUP], displayName: 'taken' });
});
afterAll(() => server.close());

/** Sends a body; gives the milliseconds of CPU that it cost. */
async function costOf({ method, path }: Costly, payload: string): Promise<number> {
  let answered: { statusCode: number; body: string } | undefined;
  const milliseconds = await cpuTimeOf(async () => {
    answered = await server.app.inject({
      method,
      url: `/scim/v2/${company.id}${path}`,
      headers: { authorization: `Bearer ${company.idp.token}`, 'content-type': 'application/scim+json' },
      payload,
    });
  });
  expect(answered?.statusCode, answered?.body.slice(0, 500)).toBeLessThan(500);
  return milliseconds;
}

async function expectPromiseKept(costly: Costly): Promise<void> {
  const { body, parts, spoil = (json) => json } = costly;
  const payload = spoil(JSON.stringify(body(parts)));
  const megabytes = Math.max(payload.length / 1_000_000, SMALLEST_MEGABYTES);
  let lowest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && lowest >= MILLISECONDS_PER_MEGABYTE; attempt++) {
    const milliseconds = (await costOf(costly, payload)) / (await slowness());
    lowest = Math.min(lowest, milliseconds / megabytes);
  }
  expect(lowest).toBeLessThan(MILLISECONDS_PER_MEGABYTE);
}

function promiseKeptBy(of: string, inputsFor: (userId: string, groupId: string) => CostlyInputs): void {
  test.each(Object.keys(inputsFor('', '')))(`${of}: %s`, async (what) => {
    const costly = inputsFor(subjects.userId, subjects.groupId)[what];
    if (costly !== undefined) await expectPromiseKept(costly);
  });
}

describe('a request of any bytes ends within 125 ms of CPU per megabyte', () => {
  promiseKeptBy('a search', () => filters);
  promiseKeptBy('a PATCH of a user', manyUserOperations);
  promiseKeptBy('a PATCH of a user by one operation', wideUserOperations);
  promiseKeptBy('a PATCH of a group', (_, groupId) => groupPatches(groupId));
  promiseKeptBy('a resource', () => resources);
  promiseKeptBy('a bulk', () => bulks);
});
