import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../database/database.ts';
import { committedWork } from '../../database/work.ts';
import { namedTeams, teamsInTables } from '../../testing/org-structure.ts';
import { type Random, randomFrom } from '../../testing/random.ts';
import { changeSomebody } from '../../testing/random-people.ts';
import { withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';
import { rebuildOrgStructure, updateOrgStructure } from '../change-settings.ts';
import { deriveStructure } from '../derive/derive-structure.ts';
import { readFacts } from '../derive/read-facts.ts';
import { readSettings } from '../settings/settings.ts';
import { rebuildJobs, rebuildSlice } from './rebuild-slice.ts';

const SEQUENCES = Number(process.env.ROLLCALL_REBUILD_SEQUENCES ?? 20);
const ROUNDS = 3;

const world = useWorld();
let database: Database;

// Slices are done here and by nobody else: no core may run beside.
beforeAll(async () => {
  database = await openDatabase({ url: world.databaseUrl });
});
afterAll(() => database.close());

const modes = ['NONE', 'DEPARTMENT', 'MANAGER', 'MANAGER'] as const;
const attributes = ['department', 'department', 'title'] as const;

const anySettings = (random: Random) => ({
  createTeams: random.pick(modes),
  teamAttribute: random.pick(attributes),
});

test('however small its slices, and whoever and whatever changes between them, a rebuild ends in the teams that follow', {
  timeout: 300_000,
}, async () => {
  const accounts: string[] = [];
  for (let sequence = 0; sequence < SEQUENCES; sequence += 1) accounts.push((await world.account()).id);
  await world.core.close();
  for (const accountId of accounts) await runSequence(accountId, Math.floor(Math.random() * 2 ** 31));
});

async function runSequence(accountId: string, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const by = {
    accountId,
    actor: { kind: 'SYSTEM', id: null, name: 'law' },
    connectionId: null,
    requestId: 'law',
  } as const;
  const arena = { database, by, random, ids: new Map<string, string>() };
  const decide = () =>
    updateOrgStructure(committedWork(database), by, anySettings(random), { withPlan: false });
  for (let change = 0; change < 12; change += 1) await changeSomebody(arena);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (random.below(4) === 0) await rebuildOrgStructure(committedWork(database), by);
    else await decide();
    for (let [rebuild] = await rebuildJobs.running(database.sql); rebuild !== undefined; ) {
      await rebuildSlice(database, rebuild, 1 + random.below(4));
      expect(await membersWhoAreGone(accountId), `seed ${seed}, round ${round}`).toBe(0);
      if (random.below(2) === 0) await changeSomebody(arena);
      if (random.below(12) === 0) await decide();
      [rebuild] = await rebuildJobs.running(database.sql);
    }
    const settings = await readSettings(database.sql, accountId);
    const facts = await readFacts(database.sql, accountId, settings);
    const userNames = new Map(facts.map(({ id, userName }) => [id, userName]));
    const derived = namedTeams(deriveStructure(settings.createTeams, facts), userNames);
    const made = await withClient(world.databaseUrl, (client) => teamsInTables(client, accountId));
    expect(made, `seed ${seed}, round ${round}`).toEqual(derived);
  }
}

/** How many are in a team though they have left the directory. */
async function membersWhoAreGone(accountId: string): Promise<number> {
  const statement: RawBuilder<{ count: number }> = sql`SELECT count(*)::int AS count FROM memberships m
    JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
    WHERE m.account_id = ${accountId}::uuid AND u.status = 'DEPROVISIONED'`;
  return (await statement.execute(database.sql)).rows[0]?.count ?? 0;
}
