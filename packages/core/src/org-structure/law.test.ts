import { expect, test } from 'vitest';
import type { CreateTeamsName } from '../accounts/account.entity.ts';
import { committedWork } from '../database/work.ts';
import type { Authorship } from '../events/event.ts';
import { namedTeams, teamsInTables } from '../testing/org-structure.ts';
import { type Random, randomFrom } from '../testing/random.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { createUsers } from '../users/create-users.ts';
import { deprovisionUsers } from '../users/deprovision-users.ts';
import { updateUser } from '../users/update-user.ts';
import { deriveStructure } from './derive-structure.ts';
import { readFacts } from './read-facts.ts';
import { readSettings } from './settings.ts';

const SEQUENCES = Number(process.env.ROLLCALL_LAW_SEQUENCES ?? 2_000);
const SEQUENCES_AN_ACCOUNT = 100;
const WRITERS = 8;
const CHANGES_A_WRITER = 1;

const world = useWorld();

/** Few names and departments, so that they collide; they differ in case and spaces, too. */
const departments = [
  ...['Sales', 'sales', 'SALES ', 'Marketing', 'Marketing  Ops', 'marketing ops', 'Engineering', 'Executive'],
  ...['Sales - John Harrison', 'ΟΔΟΣ', 'οδος', 'İK', 'ik', '\u{1f600}', '\uff01', '', ' ', null],
] as const;
const names = ['John Harrison', 'JOHN HARRISON', 'Jane Roe', 'Jane  Roe', 'Ann Boss', null] as const;
const logins = [...Array(14).keys()].map((number) => `person${number}@example.com`);

interface Arena {
  readonly by: Authorship;
  readonly random: Random;
  readonly ids: Map<string, string>;
}

const anyLogin = (random: Random): string => logins[random.below(logins.length)] ?? '';

/** One change of somebody: whatever an identity provider may say of them, sensible or not. */
async function changeSomebody({ by, random, ids }: Arena): Promise<void> {
  const work = committedWork(world.core.database);
  const userName = anyLogin(random);
  const id = ids.get(userName);
  const manager = random.below(5) === 0 ? null : anyLogin(random);
  const department = random.pick(departments);
  const displayName = random.pick(names);
  if (id === undefined) {
    const active = random.below(6) > 0;
    const newcomers = [{ userName, displayName, department, manager, active }];
    if (random.below(3) === 0)
      newcomers.push({ userName: anyLogin(random), displayName, department, manager, active });
    for (const outcome of await createUsers(work, by, newcomers))
      if ('user' in outcome) ids.set(outcome.user.user_name, outcome.user.id);
    return;
  }
  const what = random.below(10);
  if (what === 0) {
    await deprovisionUsers(work, by, { ids: [id] });
    ids.delete(userName);
    return;
  }
  const changes =
    what < 4
      ? { manager }
      : what < 6
        ? { department }
        : what < 8
          ? { displayName }
          : { active: random.below(2) === 0 };
  const both = random.below(4) === 0 ? { manager, department, ...changes } : changes;
  await updateUser(work, by, { id, changes: both, withTeams: false }).catch((error: Error) => {
    // Another writer may have taken the person out in the same moment.
    if (!error.message.includes('no user')) throw error;
  });
}

async function changeMuch(arena: Arena): Promise<void> {
  for (let change = 0; change < CHANGES_A_WRITER; change += 1) await changeSomebody(arena);
}

test.concurrent.each(['DEPARTMENT', 'MANAGER'] as const)(
  'in mode %s, facts in any order and by 8 writers at once end in the teams that follow from them',
  { timeout: 600_000 },
  async (mode: CreateTeamsName) => {
    for (let done = 0; done < SEQUENCES / 2; done += SEQUENCES_AN_ACCOUNT) {
      const seed = Math.floor(Math.random() * 2 ** 31);
      await runSequences(mode, seed, Math.min(SEQUENCES_AN_ACCOUNT, SEQUENCES / 2 - done));
    }
  },
);

async function runSequences(mode: CreateTeamsName, seed: number, count: number): Promise<void> {
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
        by,
        ids,
        random: randomFrom(seed + sequence * WRITERS + writer),
      }));
      await Promise.all(arenas.map(changeMuch));
      const facts = await readFacts(db, accountId, await readSettings(db, accountId));
      const userNames = new Map(facts.map(({ id, userName }) => [id, userName]));
      const derived = namedTeams(deriveStructure(mode, facts), userNames);
      expect(await teamsInTables(client, accountId), `seed ${seed}, sequence ${sequence}`).toEqual(derived);
    }
  });
}
