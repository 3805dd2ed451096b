import { assertHasAll } from '../authorization/effective-permissions.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError, notFound } from '../errors/domain-error.ts';
import { activeAdmins } from '../holds/concerned.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { isUuid } from '../text/uuid.ts';
import {
  assertMovesDefaults,
  changeAssignable,
  holdWhoAreSaidToHave,
  keepAssigned,
  lockAssignedRoles,
  rolesMeant,
} from './assigned-roles.statements.ts';
import { assertKeepsAccess } from './own-access.ts';

/** The roles that the identity provider of a connection may give from now on, by naming them in `roles`. */
export interface AssignableRoles {
  readonly connectionId: string;
  readonly roleIds: readonly string[];
  readonly evenIfILoseAccess?: boolean | null;
  /** Refuse with VERSION_MISMATCH unless it may give exactly these before. */
  readonly ifRoleIds?: readonly string[] | null;
}

/**
 * Decides which roles an identity provider may give to people; false when it may give these already. Those of whom it says
 * one are given and lose it in the same transaction. Nobody lets it give what they lack, nor has people change between roles
 * and default ones that allow it. Throws NOT_FOUND, VERSION_MISMATCH, INVALID_INPUT, FORBIDDEN, LAST_ADMIN.
 */
export function setAssignableRoles(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { connectionId, roleIds, evenIfILoseAccess, ifRoleIds }: AssignableRoles,
): Promise<boolean> {
  const { accountId } = authorship;
  if (!isUuid(connectionId)) throw notFound('connection', connectionId, 'connectionId');
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    await lockAssignedRoles(accountId).execute(db);
    const wanted = lowerCased(roleIds);
    const present = new Set(await assignableTo(db, accountId, connectionId));
    const moved = await rolesMeant(db, accountId, [...wanted.symmetricDifference(present)]);
    const takesAdmin = moved.some(({ id, key }) => key === 'admin' && present.has(id));
    const admins = takesAdmin ? await activeAdmins(db, accountId) : [];
    const said = { connectionIds: [connectionId], roles: moved };
    const people = await holdWhoAreSaidToHave(db, accountId, viewer, said, admins);
    const held = await hold(scope, accountId, {
      viewer,
      admins: takesAdmin,
      roles: [...wanted, ...present],
      connections: [connectionId],
    });
    const connection = held.connection(connectionId, 'connectionId');
    if (ifRoleIds != null) assertPresent(present, ifRoleIds);
    for (const id of wanted) held.role(id, 'roleIds');
    if (moved.length === 0) return false;
    for (const { name, permissions } of moved.map(({ id }) => held.role(id, 'roleIds')))
      assertHasAll(held.own, permissions, {
        field: 'roleIds',
        act: `decide whether an identity provider assigns the role ${name}`,
      });
    await assertMovesDefaults(db, accountId, held.own, 'roleIds');
    await changeAssignable(db, authorship, {
      connectionId: connection.id,
      label: connection.name,
      coming: moved.filter(({ id }) => wanted.has(id)),
      going: moved.filter(({ id }) => !wanted.has(id)),
    });
    await keepAssigned(authorship, people, { mayTake: true }).execute(db);
    await assertKeepsAccess(db, { accountId, viewer, own: held.own, evenIfILoseAccess });
    return true;
  });
}

const lowerCased = (ids: readonly string[]): Set<string> => new Set(ids.map((id) => id.toLowerCase()));

const assignableTo = async (db: Sql, accountId: string, connectionId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('assignable_roles')
    .select('role_id')
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .execute();
  return rows.map(({ role_id }) => role_id);
};

/** Nobody replaces roles that they have not seen. */
function assertPresent(present: ReadonlySet<string>, roleIds: readonly string[]): void {
  if (present.symmetricDifference(lowerCased(roleIds)).size === 0) return;
  throw new DomainError(
    'VERSION_MISMATCH',
    'ifRoleIds: the connection may assign other roles by now. Read them again.',
    { field: 'ifRoleIds' },
  );
}
