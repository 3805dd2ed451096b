import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useWorld } from '../testing/world.ts';
import { newId } from '../text/uuid.ts';
import { listUsers } from '../users/list-users.ts';

const WALKS = Number(process.env.ROLLCALL_WALKS ?? 2_500);
/** Few people, so that walks meet each other's edges: the first, the last, the only one. */
const AT_FIRST = 5;

const world = useWorld();

const accountId = randomUUID();
const people: string[] = [];

async function arrive(familyName: string | null): Promise<void> {
  const id = newId();
  people.push(id);
  await world.core.database.pool.query(
    `INSERT INTO users (account_id, id, status, user_name, name_family_name) VALUES ($1, $2, 'ACTIVE', $3, $4)`,
    [accountId, id, `${randomUUID()}@example.com`, familyName],
  );
}

async function leave(pick: number): Promise<void> {
  const [id] = people.splice(pick % Math.max(people.length, 1), 1);
  await world.core.database.pool.query('DELETE FROM users WHERE account_id = $1 AND id = $2', [
    accountId,
    id,
  ]);
}

/** What happens between two pages: somebody comes, somebody goes, or nothing. */
const deed = fc.oneof(
  fc.constant(undefined),
  fc.record({ arrives: fc.constantFrom('Ada', 'ada', 'Zoe', null) }),
  fc.record({ leaves: fc.nat(100) }),
);
const walk = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  field: fc.constantFrom('ID', 'USER_NAME', 'NAME_FAMILY_NAME', 'CREATED_AT'),
  direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  isBackwards: fc.boolean(),
  deeds: fc.array(deed, { minLength: 1, maxLength: 4 }),
});

async function walkThrough({
  size,
  field,
  direction,
  isBackwards,
  deeds,
}: typeof walk extends fc.Arbitrary<infer Walk> ? Walk : never): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let turn = 0; ; turn += 1) {
    const part = isBackwards
      ? { last: size, before: cursor ?? null }
      : { first: size, after: cursor ?? null };
    const page = await listUsers(
      world.core.database.sql,
      accountId,
      { orderBy: { field, direction }, ...part },
      { connectionId: null, withTeams: false },
    );
    const ids = page.rows.map(({ id }) => id);
    seen.push(...ids);
    cursor = isBackwards ? page.cursors[0] : page.cursors.at(-1);
    if (cursor === undefined || !(isBackwards ? page.hasPreviousPage : page.hasNextPage)) return seen;
    const happens = turn < 8 ? deeds[turn % deeds.length] : undefined;
    if (happens !== undefined) await ('arrives' in happens ? arrive(happens.arrives) : leave(happens.leaves));
  }
}

test('a walk by cursor meets whoever is there all along exactly once, whoever comes and goes meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(walk, async (one) => {
      while (people.length > 2 * AT_FIRST) await leave(0);
      while (people.length < AT_FIRST) await arrive('Ada');
      const before = [...people];
      const seen = await walkThrough(one);
      expect(new Set(seen).size).toBe(seen.length);
      expect(before.filter((id) => people.includes(id) && !seen.includes(id))).toEqual([]);
    }),
    { numRuns: WALKS },
  );
}, 300_000);
