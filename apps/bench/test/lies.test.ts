import { expect, test } from 'vitest';
import { phases } from '../src/phases/phases.ts';
import { run } from '../src/run.ts';
import { distorts, forgets, type Lie, withLyingFloor } from './lying-floor.ts';

/** However slow the machine is, each phase has two turns of sixteen requests: what lies more often is heard. */
const size = { users: 100, atATime: 16, slices: 2 };
const play = { size, seconds: 0.1, signal: new AbortController().signal };
const USER = '/scim/v2/Users/:id';
const USERS = '/scim/v2/Users';
const GROUP = '/scim/v2/Groups/:id';

const played = (names: readonly string[]) => phases.filter(({ name }) => ['create', ...names].includes(name));

const LIES: readonly [what: string, phase: string, lie: Lie, found: RegExp][] = [
  [
    'a created user with another title',
    'create',
    distorts(50, 'POST', USERS, /"title":"Engineer"/, '"title":"Boss"'),
    /floor answered wrongly in the phase create: POST \/Users .*\nexpected title "Engineer", got "Boss" \(status 201\)/,
  ],
  [
    'an answer of an earlier state',
    'get',
    distorts(20, 'GET', USER, /"active": true/, '"active": false'),
    /floor .* phase get: GET \/Users\/[\w-]+\nexpected active true, got false/,
  ],
  [
    'a list that leaves somebody out',
    'list',
    distorts(3, 'GET', USERS, /"totalResults":100/, '"totalResults":99'),
    /floor .* phase list: GET \/Users\?startIndex=1&count=100\nexpected totalResults 100, got 99/,
  ],
  [
    'a change that is not made',
    'patch',
    forgets(25, 'PATCH', USER, 204),
    /What floor has at the end is wrong: GET .*\nexpected (displayName|title) /,
  ],
  [
    'a member that is not added',
    'add-member',
    forgets(30, 'PATCH', GROUP, 204),
    /floor .* phase add-member: GET \/Groups\/.*\nexpected members \d+, got \d+/,
  ],
  [
    'a user who is not deleted',
    'delete',
    forgets(30, 'DELETE', USER, 204),
    /What floor has at the end is wrong: GET .*\nexpected totalResults \d+, got \d+/,
  ],
  [
    'an error',
    'put',
    forgets(30, 'PUT', USER, 500),
    /floor .* phase put: PUT .*\nexpected status "200", got nothing \(status 500\)/,
  ],
];

test.each(LIES)('%s is found out', async (_what, phase, lie, found) => {
  await withLyingFloor(lie, size, async (contender) => {
    await expect(run(played([phase]), [contender], play, () => undefined)).rejects.toThrow(found);
  });
});

test('who tells no lie passes', async () => {
  await withLyingFloor(
    () => undefined,
    size,
    async (contender) => {
      const results = await run(phases, [contender], play, () => undefined);
      expect(results.map(({ figures }) => figures.get('floor')?.requests)).not.toContain(0);
    },
  );
});
