import { assertHasAll, effectivePermissions } from '../authorization/effective-permissions.ts';
import { personOf, type SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { SerializationConflict } from '../errors/constraint-errors.ts';
import { DomainError, invalidInput, notFound } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { lockTeam } from '../teams/team-locks.ts';
import { checkName } from '../text/text-rules.ts';
import { isUuid, newId } from '../text/uuid.ts';
import {
  countUpTo,
  endStatement,
  keepStatement,
  lockedTeam,
  lockGroupNames,
  type MappedGroup,
  mapStatement,
  type PresentMapping,
  presentMappings,
  teamPushedAs,
  unmapStatement,
} from './group-roles.statements.ts';
import { beginGroupRolesJob, type GroupRolesJobRecord, replaceGroupRolesJob } from './group-roles-job.ts';
import { assertKeepsAccess } from './own-access.ts';

/** Which group: as it was pushed, or by the name that a connection has pushed or is to push. */
export interface GroupNamed {
  readonly teamId?: string | null;
  readonly connectionId?: string | null;
  readonly groupName?: string | null;
}

/** The roles that a group gives from now on. */
export interface GroupRoles extends GroupNamed {
  readonly roleIds: readonly string[];
  readonly evenIfILoseAccess?: boolean | null;
  /** Refuse with VERSION_MISMATCH unless the group gives exactly these before. */
  readonly ifRoleIds?: readonly string[] | null;
}

export interface GroupRolesSet {
  readonly group: MappedGroup;
  readonly changed: boolean;
  /** What brings the people in line who are too many to do it at once. */
  readonly job: GroupRolesJobRecord | null;
}

/** How many people an edit brings in line by itself. */
const AT_ONCE = 1000;

/**
 * Decides which roles the members of a group have; whoever is in it is given and loses them in the same transaction, or by
 * a job when they are very many. Nobody
 * gives or takes what they lack, nor has people change between roles and default ones that allow it.
 * Throws NOT_FOUND, VERSION_MISMATCH, INVALID_INPUT, FORBIDDEN, LAST_ADMIN.
 */
export function setGroupRoles(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { roleIds, evenIfILoseAccess, ifRoleIds, ...named }: GroupRoles,
): Promise<GroupRolesSet> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    const group = await lockGroup(db, accountId, named);
    const { rows: present } = await presentMappings(accountId, group).execute(db);
    if (ifRoleIds != null) assertGives(present, ifRoleIds);
    const wanted = new Set(roleIds.map((id) => id.toLowerCase()));
    const kept = present.filter(({ role_id, ends }) => wanted.has(role_id) && !ends);
    const added = [...wanted.difference(new Set(kept.map(({ role_id }) => role_id)))];
    const removed = present.filter(({ role_id, ends }) => !wanted.has(role_id) && !ends);
    const takesAdmin = removed.some(({ key }) => key === 'admin');
    // Whoever loses the role that may do everything loses it now, and whether somebody keeps it is known now.
    const isJob = group.teamId !== null && !takesAdmin && (await isLarge(db, accountId, group.teamId));
    const person = personOf(viewer);
    const held = await hold(scope, accountId, {
      viewer,
      admins: takesAdmin,
      people: isJob && person !== null ? [person] : [],
      membersOf: isJob ? undefined : (group.teamId ?? undefined),
      roles: [...wanted, ...removed.map(({ role_id }) => role_id)],
      connections: group.teamId === null ? [group.connectionId] : [],
    });
    if (group.teamId === null) held.connection(group.connectionId, 'connectionId');
    for (const id of roleIds) held.role(id, 'roleIds');
    if (added.length === 0 && removed.length === 0) return { group, changed: false, job: null };
    for (const id of [...added, ...removed.map(({ role_id }) => role_id)]) {
      const { name, permissions } = held.role(id, 'roleIds');
      assertHasAll(held.own, permissions, { field: 'roleIds', act: `give or take the role ${name}` });
    }
    const byDefault = await effectivePermissions(db, accountId, null);
    assertHasAll(held.own, byDefault, {
      field: 'roleIds',
      act: 'have people change from and to default roles',
    });
    const endingIds = present.flatMap(({ id, role_id }) => (wanted.has(role_id) ? [] : [id]));
    if (added.length > 0) {
      const mappings = added.map((roleId) => ({ id: newId(), roleId }));
      await mapStatement(authorship, group, mappings).execute(db);
    }
    await endStatement(authorship, endingIds).execute(db);
    const { teamId, name } = group;
    if (teamId !== null) {
      await replaceGroupRolesJob(accountId, teamId).execute(db);
      // Of many whoever asks is the first, so that it is known what they lose.
      const first = person === null ? [] : [person];
      await keepStatement(authorship, teamId, isJob ? first : undefined).execute(db);
    }
    await assertKeepsAccess(db, { accountId, viewer, own: held.own, evenIfILoseAccess });
    if (isJob && teamId !== null) {
      const job = await beginGroupRolesJob(db, authorship, { teamId, name, endingIds });
      return { group, changed: true, job };
    }
    await unmapStatement(accountId, endingIds).execute(db);
    return { group, changed: true, job: null };
  });
}

/** Nobody replaces roles that they have not seen. */
function assertGives(present: readonly PresentMapping[], roleIds: readonly string[]): void {
  const given = new Set(present.filter(({ ends }) => !ends).map(({ role_id }) => role_id));
  if (given.symmetricDifference(new Set(roleIds.map((id) => id.toLowerCase()))).size === 0) return;
  throw new DomainError(
    'VERSION_MISMATCH',
    'ifRoleIds: the group gives other roles by now. Read its mappings again.',
    { field: 'ifRoleIds' },
  );
}

const isLarge = async (db: Sql, accountId: string, teamId: string): Promise<boolean> =>
  ((await countUpTo(accountId, teamId, AT_ONCE + 1).execute(db)).rows[0]?.count ?? 0) > AT_ONCE;

/** The group, whose members and name stay as they are until the transaction ends. */
async function lockGroup(db: Sql, accountId: string, named: GroupNamed): Promise<MappedGroup> {
  const { teamId, connectionId, groupName } = named;
  if (teamId != null) {
    if (connectionId != null || groupName != null)
      throw invalidInput('teamId', 'names the group already. Leave connectionId and groupName out.');
    return lockPushedGroup(db, accountId, teamId);
  }
  if (connectionId == null || groupName == null)
    throw invalidInput(
      'teamId',
      'is missing. Send it, or connectionId and groupName for a group by its name.',
    );
  if (!isUuid(connectionId)) throw notFound('connection', connectionId, 'connectionId');
  return lockGroupNamed(db, accountId, { connectionId, name: checkName(groupName, 'groupName') });
}

async function lockPushedGroup(db: Sql, accountId: string, teamId: string): Promise<MappedGroup> {
  if (!isUuid(teamId)) throw notFound('team', teamId, 'teamId');
  await lockTeam(accountId, teamId).execute(db);
  const [team] = (await lockedTeam(accountId, teamId).execute(db)).rows;
  if (team === undefined) throw notFound('team', teamId, 'teamId');
  if (team.origin !== 'DIRECTORY' || team.connection_id === null)
    throw invalidInput(
      'teamId',
      'is no group that an identity provider pushes. Give its people roles with grantRole, or name a group.',
    );
  return { connectionId: team.connection_id, name: team.display_name, teamId: team.id };
}

/** The lock of a team comes before that of all names, as with whoever renames one. */
async function lockGroupNamed(
  db: Sql,
  accountId: string,
  named: Pick<MappedGroup, 'connectionId' | 'name'>,
): Promise<MappedGroup> {
  const find = async () => (await teamPushedAs(accountId, named).execute(db)).rows[0];
  const seen = await find();
  if (seen !== undefined) await lockTeam(accountId, seen.id).execute(db);
  await lockGroupNames(accountId).execute(db);
  const found = await find();
  if (found?.id !== seen?.id) throw new SerializationConflict('The group came, went or got another name.');
  return { ...named, name: found?.display_name ?? named.name, teamId: found?.id ?? null };
}
