import { createUsers } from '../directory/create-users.ts';
import { deprovisionUsers } from '../directory/deprovision-users.ts';
import { updateUser } from '../directory/update-user.ts';
import { violates } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import { everyPower } from './every-power.ts';
import { followedWork } from './followed-work.ts';
import type { Random } from './random.ts';
import type { Arena } from './random-people.ts';

/** Managers who lead many, so that most changes leave the teams called and placed as they are. */
const MANAGERS = 5;
const SIZE = 60;

const departments = [
  'Sales',
  'Sales',
  'Sales',
  'Sales',
  'SALES',
  'Research',
  'Research',
  'Büro',
  'Büro ',
  null,
] as const;
const login = (number: number): string => `crowd${number}@example.com`;
const anyManager = (random: Random): string => login(random.below(MANAGERS));

/** One change of somebody in a crowd: mostly they come, go and move between teams; at times a manager does. */
export async function changeCrowd({ database, by, random, ids }: Arena): Promise<void> {
  const work = followedWork(database);
  const userName = login(random.below(15) === 0 ? random.below(MANAGERS) : MANAGERS + random.below(SIZE));
  const id = ids.get(userName);
  const department = random.pick(departments);
  const manager = random.below(6) === 0 ? null : anyManager(random);
  if (id === undefined) {
    for (const outcome of await createUsers(work, by, [
      { userName, displayName: `Person ${random.below(3)}`, department, manager },
    ]))
      if ('user' in outcome) ids.set(userName, outcome.user.id);
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
      ? { active: random.below(3) > 0 }
      : what < 6
        ? { manager }
        : what < 8
          ? { department }
          : what < 10
            ? { manager, department }
            : { displayName: `Person ${random.below(3)}`, title: 'Clerk' };
  await updateUser(work, by, { id, changes, powers: everyPower, withTeams: false }).catch(unlessGone);
}

/** Another writer may have taken the person out in the same moment. */
function unlessGone(error: unknown): void {
  const isGone = error instanceof DomainError && error.code === 'NOT_FOUND';
  if (!isGone && !violates(error, 'users__user_name')) throw error;
}
