import type { Database } from '../database/database.ts';
import { createUsers } from '../directory/create-users.ts';
import { deprovisionUsers } from '../directory/deprovision-users.ts';
import { updateUser } from '../directory/update-user.ts';
import { violates } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { Authorship } from '../model/event.ts';
import { everyPower } from './every-power.ts';
import { followedWork } from './followed-work.ts';
import type { Random } from './random.ts';

/** Few names and departments, so that they collide; they differ in case and spaces, too. */
const departments = [
  ...['Sales', 'sales', 'SALES ', 'Marketing', 'Marketing  Ops', 'marketing ops', 'Engineering', 'Executive'],
  ...[
    'Sales - John Harrison',
    'ΟΔΟΣ',
    'οδος',
    'İK',
    'ik',
    '\u{1f600}',
    '\uff01',
    'Straße',
    'STRASSE',
    'Cafe\u0301',
    'Caf\u00e9',
    '',
    null,
  ],
] as const;
const names = ['John Harrison', 'JOHN HARRISON', 'Jane Roe', 'Jane  Roe', 'Ann Boss', null] as const;
const logins = [...Array(14).keys()].map((number) => `person${number}@example.com`);

/** Where random changes happen: to people of whom the ids are known by userName. */
export interface Arena {
  readonly database: Database;
  readonly by: Authorship;
  readonly random: Random;
  readonly ids: Map<string, string>;
}

const anyLogin = (random: Random): string => logins[random.below(logins.length)] ?? '';

/** One change of somebody: whatever an identity provider may say of them, sensible or not. */
export async function changeSomebody({ database, by, random, ids }: Arena): Promise<void> {
  const work = followedWork(database);
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
  const what = random.below(12);
  if (what === 0) {
    await deprovisionUsers(work, by, { ids: [id] });
    ids.delete(userName);
    return;
  }
  const changes =
    what < 4
      ? { manager }
      : what < 6
        ? random.pick([{ department }, { department }, { title: department }])
        : what < 8
          ? { displayName }
          : what < 10
            ? { active: random.below(2) === 0 }
            : { userName: anyLogin(random) };
  const both = random.below(4) === 0 ? { manager, department, ...changes } : changes;
  try {
    const { user } = await updateUser(work, by, { id, changes: both, powers: everyPower, withTeams: false });
    if (user.user_name === userName) return;
    ids.delete(userName);
    ids.set(user.user_name, id);
  } catch (error) {
    // Another writer may have taken the person out in the same moment, and the new name may be somebody's.
    const isGone = error instanceof DomainError && error.code === 'NOT_FOUND';
    if (!isGone && !violates(error, 'users__user_name')) throw error;
  }
}
