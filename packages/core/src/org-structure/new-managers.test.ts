import { expect, test } from 'vitest';
import { createUsers } from '../directory/create-users.ts';
import { updateUser } from '../directory/update-user.ts';
import type { Authorship } from '../model/event.ts';
import { everyPower } from '../testing/every-power.ts';
import { followedWork } from '../testing/followed-work.ts';
import { namedTeams, teamsInTables } from '../testing/org-structure.ts';
import { withClient } from '../testing/tables.ts';
import { expectTeamsToldInOrder } from '../testing/teams-told.ts';
import { useWorld } from '../testing/world.ts';
import { deriveStructure } from './derive/derive-structure.ts';
import { readFacts } from './derive/read-facts.ts';
import { readSettings } from './settings/settings.ts';

const ROUNDS = 20;

const world = useWorld();

test('managers who get other names while their first reports come have the teams that follow, told of in order', {
  timeout: 120_000,
}, async () => {
  const { id: accountId } = await world.account();
  const { database } = world.core;
  const actor = { kind: 'SYSTEM', id: null, name: 'new managers' } as const;
  const by: Authorship = { accountId, actor, connectionId: null, requestId: 'new managers' };
  const hire = async (userName: string, manager: string | null): Promise<string> => {
    const person = { userName, displayName: userName, department: 'Sales', manager };
    const [outcome] = await createUsers(followedWork(database), by, [person]);
    if (outcome === undefined || 'error' in outcome) throw new Error('Not hired.', { cause: outcome });
    return outcome.user.id;
  };
  const rename = (id: string, displayName: string) =>
    updateUser(followedWork(database), by, {
      id,
      changes: { displayName },
      powers: everyPower,
      withTeams: false,
    });
  await withClient(world.databaseUrl, async (client) => {
    await client.query(`UPDATE accounts SET create_teams = 'MANAGER' WHERE id = $1`, [accountId]);
    let above = ['head', 'head', 'head'];
    await hire('head', null);
    for (let round = 0; round < ROUNDS; round += 1) {
      const managers = above.map((_, place) => `manager ${round} ${place}`);
      const ids = await Promise.all(managers.map((name, place) => hire(name, above[place] ?? null)));
      await Promise.all([
        ...managers.flatMap((name) => [1, 2, 3, 4].map((report) => hire(`${name} ${report}`, name))),
        ...ids.flatMap((id, place) =>
          [`New ${round} ${place}`, `Newer ${round} ${place}`, `Same ${round}`].map((name) =>
            rename(id, name),
          ),
        ),
      ]);
      above = managers;
    }
    const facts = await readFacts(database.sql, accountId, await readSettings(database.sql, accountId));
    const userNames = new Map(facts.map(({ id, userName }) => [id, userName]));
    expect(await teamsInTables(client, accountId)).toEqual(
      namedTeams(deriveStructure('MANAGER', facts), userNames),
    );
    await expectTeamsToldInOrder(client, accountId);
  });
});
