import { assertHasAll } from '../authorization/effective-permissions.ts';
import { providerPermissions } from '../authorization/password-sync.ts';
import { assertMeets, type SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import { invalidInput, notFound } from '../errors/domain-error.ts';
import { recordEvent, recordEvents } from '../events/record-events.ts';
import type { FollowedWork } from '../followers/follower.ts';
import { hold } from '../holds/hold.ts';
import type { Connection } from '../model/connection.entity.ts';
import type { Authorship } from '../model/event.ts';
import { keepAssigned, lockAssignedRoles } from '../roles/assigned-roles.statements.ts';
import {
  endStatement,
  keepGroupsOf,
  lockGroupNames,
  unmapStatement,
} from '../roles/group-roles.statements.ts';
import { assertKeepsAccess } from '../roles/own-access.ts';
import { anAdminGetsIn } from '../strict-profile/way-in.ts';
import { deleteTeamsOf } from '../teams/delete-teams.ts';
import { lockAllTeams } from '../teams/team-locks.ts';
import { isUuid } from '../text/uuid.ts';
import {
  dropEmptyRoles,
  endCredentialsOf,
  endJobsOf,
  glanceAtTokens,
  holdConcerned,
  holdRolesMadeBy,
  idsOfGroups,
  leavePeople,
  letGoOfRoles,
  makeGroupsManual,
  mappingsOf,
  saidBy,
  signInLinkedBy,
  takeAssignable,
} from './delete-connection.statements.ts';

/** What becomes of the groups that a deleted connection has pushed: hand-made teams, or nothing. */
export type GroupsAfterwards = 'KEEP' | 'DELETE';

export interface ConnectionDeletion {
  readonly id: string;
  readonly groups: GroupsAfterwards;
  readonly evenIfILoseAccess?: boolean | null;
}

/** A connection is gone: how many people it knew, and how many groups it had pushed. */
export interface DeletedConnection {
  readonly id: string;
  readonly userCount: number;
  readonly teamCount: number;
}

/**
 * Deletes a connection with its tokens, OAuth clients, mappings and external ids. Its people stay as they are, but for the roles that
 * they had by its groups and by its word; its groups become hand-made teams, or go. Whoever does needs all that its tokens can do,
 * and `sign-in:write` where it is strict, for its people sign in here from now on.
 * Throws NOT_FOUND, FORBIDDEN, INVALID_INPUT, LAST_ADMIN, ALREADY_EXISTS.
 */
export function deleteConnection(
  work: FollowedWork,
  authorship: Authorship,
  viewer: SignedInViewer,
  { id: given, groups, evenIfILoseAccess }: ConnectionDeletion,
): Promise<DeletedConnection> {
  if (!isUuid(given)) throw notFound('connection', given);
  const { accountId } = authorship;
  const id = given.toLowerCase();
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    // As with a role that is deleted: nobody is said to have a role meanwhile, joins a group, or pushes one.
    await lockAssignedRoles(accountId).execute(db);
    await lockAllTeams(accountId).execute(db);
    await lockGroupNames(accountId).execute(db);
    await holdConcerned({ accountId, id }, viewer).execute(db);
    await holdRolesMadeBy({ accountId, id }).execute(db);
    const tokens = await glanceAtTokens(db, { accountId, id });
    const held = await hold(scope, accountId, { viewer, admins: true, tokens, connections: [id] });
    const connection = held.connection(id);
    const act = 'delete the connection';
    assertHasAll(held.own, await providerPermissions(db, connection), { field: 'id', act });
    if (connection.strict) assertMeets({ ...viewer, permissions: held.own }, 'sign-in:write');
    await assertLinksNobody(db, connection);
    await takeRoles(db, authorship, connection);
    const teams = await idsOfGroups(db, connection);
    if (groups === 'DELETE') await deleteTeamsOf(scope, work, authorship, teams);
    else await makeGroupsManual(authorship, connection).execute(db);
    await recordEvents(authorship, dropEmptyRoles(accountId)).execute(db);
    await letGoOfRoles(connection).execute(db);
    const userCount = await leavePeople(db, connection);
    await endCredentialsOf(authorship, connection).execute(db);
    await tell(db, authorship, { connection, userCount, teamCount: teams.length, groups });
    scope.em.remove(connection);
    await scope.em.flush();
    await assertKeepsAccess(db, { accountId, viewer, own: held.own, evenIfILoseAccess });
    if (connection.strict && !(await anAdminGetsIn(db, accountId)))
      throw invalidInput(
        'id',
        'names a strict connection, without which no admin could sign in. Have an admin sign in at the identity provider first, or keep one who has a password here.',
      );
    return { id, userCount, teamCount: teams.length };
  });
}

/** Whom a sign-in means is never guessed: what links people by the external ids is changed before they are gone. */
async function assertLinksNobody(db: Sql, connection: Connection): Promise<void> {
  const name = await signInLinkedBy(db, connection);
  if (name === undefined) return;
  throw invalidInput(
    'id',
    `names the connection whose external ids the sign-in connection "${name}" goes by. Give that one another connection or link rule first.`,
  );
}

/** Takes from people what the connection gave them: by mappings of its groups, and by what it says of them. */
async function takeRoles(db: Sql, authorship: Authorship, connection: Connection): Promise<void> {
  const { accountId, id } = connection;
  const mappings = await mappingsOf(db, connection);
  if (mappings.length > 0) {
    await endJobsOf(connection).execute(db);
    await endStatement(authorship, mappings).execute(db);
    await keepGroupsOf(authorship, id).execute(db);
    await unmapStatement(accountId, mappings).execute(db);
  }
  const said = await saidBy(db, connection);
  await takeAssignable(connection).execute(db);
  if (said.length > 0) await keepAssigned(authorship, said, { mayTake: true }).execute(db);
}

interface Told {
  readonly connection: Connection;
  readonly userCount: number;
  readonly teamCount: number;
  readonly groups: GroupsAfterwards;
}

const tell = (db: Sql, authorship: Authorship, { connection, userCount, teamCount, groups }: Told) =>
  recordEvent(authorship, {
    type: 'CONNECTION_DELETED',
    subject: { type: 'CONNECTION', id: connection.id, label: connection.name },
    changes: [
      { field: 'userCount', before: userCount, after: null },
      { field: 'teamCount', before: teamCount, after: groups === 'KEEP' ? teamCount : null },
    ],
  }).execute(db);
