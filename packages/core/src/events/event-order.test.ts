import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { accountPermissions } from '../authorization/permissions.ts';
import { allFollowers } from '../core.ts';
import { rehearse } from '../database/work.ts';
import { createUsers } from '../directory/create-users.ts';
import { deprovisionUsers } from '../directory/deprovision-users.ts';
import { grantRole } from '../directory/grant-role.ts';
import { updateUser as updateUserRow } from '../directory/update-user.ts';
import { type FollowedWork, withFollowers } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { changeTeamMembers } from '../teams/change-team-members.ts';
import { deleteTeam } from '../teams/delete-teams.ts';
import { updateTeam as updateTeamRow } from '../teams/update-team.ts';
import {
  deprovisionUser,
  grantRole as grantRoleTo,
  newTeam,
  newUser,
  roleNamed,
  run,
  signIn,
  updateTeam,
  updateUser,
} from '../testing/directory.ts';
import { everyPower } from '../testing/every-power.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';

const world = useWorld();
const account = useSharedAccount(world);

interface Subjects {
  readonly user: string;
  readonly userName: string;
  readonly team: string;
  readonly role: string;
}

const password = 'correct horse battery staple';

const operator = ({ accountId, actor }: Authorship) =>
  ({ kind: 'OPERATOR', accountId, actor, permissions: new Set(accountPermissions) }) as const;

const writeUser = ({ user }: Subjects) => run(account.idp, updateUser, { id: user, title: 'written later' });
const writeTeam = ({ team }: Subjects) => run(account.idp, updateTeam, { id: team, leadId: account.adminId });

/** What others commit once a transaction has its number, and what the transaction then does to the same object. */
const overtakings: [
  string,
  (subjects: Subjects) => Promise<unknown>,
  (work: FollowedWork, authorship: Authorship, subjects: Subjects) => Promise<unknown>,
][] = [
  [
    'changing a user',
    writeUser,
    (work, by, { user: id }) =>
      updateUserRow(work, by, { id, changes: { title: 'x' }, powers: everyPower, withTeams: false }),
  ],
  [
    'granting a role',
    writeUser,
    (work, by, { user: userId, role: roleId }) => grantRole(work, by, operator(by), { userId, roleId }),
  ],
  [
    'deprovisioning whoever was granted a role',
    ({ user: userId, role: roleId }) => run(account.admin, grantRoleTo, { userId, roleId }),
    (work, by, { user }) => deprovisionUsers(work, by, { ids: [user] }),
  ],
  [
    'deprovisioning whoever signed in',
    ({ userName: email }) => run(world.operator, signIn, { email, password }),
    (work, by, { user }) => deprovisionUsers(work, by, { ids: [user] }),
  ],
  ['deprovisioning a user', writeUser, (work, by, { user }) => deprovisionUsers(work, by, { ids: [user] })],
  ['deprovisioning a member', writeTeam, (work, by, { user }) => deprovisionUsers(work, by, { ids: [user] })],
  [
    'reviving a user',
    ({ user }) => run(account.idp, deprovisionUser, { id: user }),
    (work, by, { userName }) => createUsers(work, by, [{ userName }]),
  ],
  [
    'changing a team',
    writeTeam,
    (work, by, { team: id }) => updateTeamRow(work, by, { id, displayName: 'x' }),
  ],
  [
    'changing the members of teams',
    writeTeam,
    (work, by, { team: id, user }) => changeTeamMembers(work, by, [{ id, removeMemberIds: [user] }]),
  ],
  ['deleting a team', writeTeam, (work, by, { team: id }) => deleteTeam(work, by, { id })],
];

test.each(overtakings)(
  '%s with a number older than the last writer of the row is refused, to be tried again',
  async (_, write, change) => {
    const { id: user, userName } = await newUser(account.admin, { password });
    const { id: team } = await newTeam(account.idp, { memberIds: [user] });
    const subjects = { user, userName, team, role: await roleNamed(account.admin, 'admin') };
    const authorship: Authorship = {
      accountId: account.id,
      actor: { kind: 'SYSTEM', id: null, name: 'Rollcall' },
      connectionId: null,
      requestId: 'slow',
    };
    const { result } = rehearse(
      world.core.database,
      async (work) => {
        await work.statement(sql`SELECT pg_current_xact_id()`);
        await write(subjects);
        await change(withFollowers(work, allFollowers, null), authorship, subjects);
      },
      async () => undefined,
    );
    await expect(result).rejects.toThrow('a later transaction wrote the row first');
  },
);
