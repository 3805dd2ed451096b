import type { Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import { updateUser } from '../directory/update-user.ts';
import type { Authorship } from '../model/event.ts';
import { fillBigOrg, lastPerson, personId } from '../testing/big-org.ts';
import { everyPower } from '../testing/every-power.ts';
import { followedWork } from '../testing/followed-work.ts';
import { followedRebuild } from '../testing/org-settings.ts';
import { namedTeams, teamsInTables } from '../testing/org-structure.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { deriveStructure } from './derive/derive-structure.ts';
import { readFacts } from './derive/read-facts.ts';
import { readSettings } from './settings/settings.ts';

const world = useWorld();

/** Rebuilding 100,000 takes a minute or so: it is measured where that is asked for. */
const LARGEST_REBUILT = process.env.ROLLCALL_REBUILD_ALL === undefined ? 10_000 : 100_000;

/** How long one move takes, of so many: the middle one counts. */
const MOVES = 40;

interface Cost {
  readonly size: number;
  readonly statements: number;
  readonly moveMs: number;
  readonly rebuildMs: number | undefined;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return Math.round((performance.now() - began) * 10) / 10;
}

async function rebuild(admin: Actor): Promise<void> {
  await admin.query('mutation { rebuildOrgStructure { orgStructure { createTeams } } }');
  expect((await followedRebuild(admin)).at(-1)).toMatchObject({ state: 'DONE' });
}

/** Moves the last person to another manager in another department, and back. */
async function costOfMoves(size: number): Promise<Cost> {
  const { id: accountId, admin } = await world.account();
  const db = world.core.database;
  const by: Authorship = {
    accountId,
    actor: { kind: 'SYSTEM', id: null, name: 'scale' },
    connectionId: null,
    requestId: 'scale',
  };
  return withClient(world.databaseUrl, async (client) => {
    await fillBigOrg(client, accountId, size);
    const move = (number: number) =>
      updateUser(followedWork(db), by, {
        id: lastPerson(size),
        changes: { manager: personId(1 + (number % 8)), department: `Department ${1 + (number % 8)}` },
        powers: everyPower,
        withTeams: false,
      });
    const times: number[] = [];
    const counts = new Set<number>();
    // The first has PostgreSQL plan each statement.
    for (let number = 0; number < MOVES; number += 1) {
      times.push(
        await timeOf(async () => {
          const count = await world.countStatements(() => move(number));
          if (number > 0) counts.add(count);
        }),
      );
    }
    const rebuildMs = size <= LARGEST_REBUILT ? await timeOf(() => rebuild(admin)) : undefined;
    if (size <= 10_000) {
      const people = await readFacts(db.sql, accountId, await readSettings(db.sql, accountId));
      const userNames = new Map(people.map(({ id, userName }) => [id, userName]));
      expect(await teamsInTables(client, accountId)).toEqual(
        namedTeams(deriveStructure('MANAGER', people), userNames),
      );
    }
    expect([...counts], `moves among ${size} people`).toHaveLength(1);
    const moveMs = times.toSorted((one, other) => one - other)[MOVES / 2] ?? 0;
    return { size, statements: [...counts][0] ?? 0, moveMs, rebuildMs };
  });
}

test('a move takes as many statements among 100,000 people as among 100, and hardly longer', {
  timeout: 300_000,
}, async () => {
  const costs: Cost[] = [];
  for (const size of [100, 10_000, 100_000]) costs.push(await costOfMoves(size));
  process.stdout.write(`${costs.map((cost) => JSON.stringify(cost)).join('\n')}\n`);
  expect(new Set(costs.map(({ statements }) => statements)).size).toBe(1);
  const [small, , big] = costs.map(({ moveMs }) => moveMs);
  // The indexes of a thousand times as many people are a level or two deeper; other work on the machine is allowed for.
  expect(big ?? 0).toBeLessThan(5 * (small ?? 0) + 10);
});
