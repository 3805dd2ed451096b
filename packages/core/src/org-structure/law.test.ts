import { expect, test } from 'vitest';
import type { CreateTeamsName } from '../model/account.entity.ts';
import type { Authorship } from '../model/event.ts';
import { countsOf, namedTeams, teamsInTables } from '../testing/org-structure.ts';
import { randomFrom } from '../testing/random.ts';
import { changeCrowd } from '../testing/random-crowd.ts';
import { type Arena, changeSomebody } from '../testing/random-people.ts';
import { withClient } from '../testing/tables.ts';
import { expectTeamsToldInOrder } from '../testing/teams-told.ts';
import { useWorld } from '../testing/world.ts';
import { deriveStructure } from './derive/derive-structure.ts';
import { readFacts } from './derive/read-facts.ts';
import { readSettings } from './settings/settings.ts';

const SEQUENCES = Number(process.env.ROLLCALL_LAW_SEQUENCES ?? 160);
const SEQUENCES_AN_ACCOUNT = 100;
const WRITERS = 8;
/** In a crowd, which it takes a while to fill. */
const CHANGES_IN_A_CROWD = 12;

const world = useWorld();

test.concurrent.each(['DEPARTMENT', 'MANAGER'] as const)(
  'in mode %s, facts in any order and by 8 writers at once end in the teams that follow from them',
  { timeout: 600_000 },
  async (mode: CreateTeamsName) => {
    for (let done = 0; done < SEQUENCES / 2; done += SEQUENCES_AN_ACCOUNT) {
      const seed = Math.floor(Math.random() * 2 ** 31);
      await runSequences(mode, seed, Math.min(SEQUENCES_AN_ACCOUNT, SEQUENCES / 2 - done), changeSomebody);
    }
  },
);

async function changeCrowdMuch(arena: Arena): Promise<void> {
  for (let change = 0; change < CHANGES_IN_A_CROWD; change += 1) await changeCrowd(arena);
}

test.concurrent.each(['DEPARTMENT', 'MANAGER'] as const)(
  'in mode %s, so do changes in a crowd, of which most pass beside each other and some change the shape',
  { timeout: 600_000 },
  async (mode: CreateTeamsName) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    await runSequences(mode, seed, Math.ceil(SEQUENCES / 40), changeCrowdMuch);
  },
);

async function runSequences(
  mode: CreateTeamsName,
  seed: number,
  count: number,
  change: (arena: Arena) => Promise<void>,
): Promise<void> {
  const { id: accountId } = await world.account();
  const db = world.core.database.sql;
  await withClient(world.databaseUrl, async (client) => {
    await client.query('UPDATE accounts SET create_teams = $2 WHERE id = $1', [accountId, mode]);
    const by: Authorship = {
      accountId,
      actor: { kind: 'SYSTEM', id: null, name: 'law' },
      connectionId: null,
      requestId: 'law',
    };
    const ids = new Map<string, string>();
    for (let sequence = 0; sequence < count; sequence += 1) {
      const arenas = [...Array(WRITERS).keys()].map((writer) => ({
        database: world.core.database,
        by,
        ids,
        random: randomFrom(seed + sequence * WRITERS + writer),
      }));
      await Promise.all(arenas.map(change));
      const facts = await readFacts(db, accountId, await readSettings(db, accountId));
      const userNames = new Map(facts.map(({ id, userName }) => [id, userName]));
      const derived = namedTeams(deriveStructure(mode, facts), userNames);
      expect(await teamsInTables(client, accountId), `seed ${seed}, sequence ${sequence}`).toEqual(derived);
      const { kept, recounted } = await countsOf(client, accountId);
      expect(kept, `seed ${seed}, sequence ${sequence}`).toEqual(recounted);
    }
    await expectTeamsToldInOrder(client, accountId);
  });
}
