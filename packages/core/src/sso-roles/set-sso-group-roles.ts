import { assertHasAll, effectivePermissions } from '../authorization/effective-permissions.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { SerializationConflict } from '../errors/constraint-errors.ts';
import { DomainError, notFound } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { isUuid, newId } from '../text/uuid.ts';
import { checkGroupValue } from './group-value.ts';
import {
  mapSsoStatement,
  presentSsoMappings,
  type SsoGroup,
  unmapSsoStatement,
} from './sso-mappings.statements.ts';

/** The roles that a group gives from now on to whoever signs in with it. */
export interface SsoGroupRoles {
  readonly signInConnectionId: string;
  readonly group: string;
  readonly roleIds: readonly string[];
  /** Refuse with VERSION_MISMATCH unless the group gives exactly these before. */
  readonly ifRoleIds?: readonly string[] | null;
}

export interface SsoGroupRolesSet {
  readonly group: SsoGroup;
  readonly changed: boolean;
}

/**
 * Decides which roles are added when somebody signs in with a group. Nobody has or loses one by this alone: the next sign-in
 * adds what is new, and what was added stays. Nobody maps to, or takes back, what they lack.
 *
 * @throws DomainError NOT_FOUND, VERSION_MISMATCH, INVALID_INPUT, FORBIDDEN
 */
export function setSsoGroupRoles(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { signInConnectionId, group: named, roleIds, ifRoleIds }: SsoGroupRoles,
): Promise<SsoGroupRolesSet> {
  const { accountId } = authorship;
  if (!isUuid(signInConnectionId))
    throw notFound('sign-in connection', signInConnectionId, 'signInConnectionId');
  const group = { signInConnectionId, value: checkGroupValue(named) };
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    const wanted = new Set(roleIds.map((id) => id.toLowerCase()));
    const seen = await rolesGivenBy(db, accountId, group);
    const held = await hold(scope, accountId, {
      viewer,
      roles: [...wanted, ...seen],
      signInConnection: signInConnectionId,
    });
    const { name } = held.signInConnection(signInConnectionId, 'signInConnectionId');
    for (const id of roleIds) held.role(id, 'roleIds');
    const present = await rolesGivenBy(db, accountId, group);
    if (!present.isSubsetOf(seen))
      throw new SerializationConflict('The group was mapped to another role just before.');
    if (ifRoleIds != null) assertGives(present, ifRoleIds);
    const moved = wanted.symmetricDifference(present);
    if (moved.size === 0) return { group, changed: false };
    for (const id of moved) {
      const role = held.role(id, 'roleIds');
      assertHasAll(held.own, role.permissions, {
        field: 'roleIds',
        act: `have sign-ins give the role ${role.name}, or give it no more`,
      });
    }
    assertHasAll(held.own, await effectivePermissions(db, accountId, null), {
      field: 'roleIds',
      act: 'have sign-ins take people from the default roles',
    });
    const added = [...wanted.difference(present)].map((roleId) => ({ id: newId(), roleId }));
    const removed = [...present.difference(wanted)];
    if (added.length > 0) await mapSsoStatement(authorship, { ...group, name }, added).execute(db);
    if (removed.length > 0) await unmapSsoStatement(authorship, { ...group, name }, removed).execute(db);
    return { group, changed: true };
  });
}

const rolesGivenBy = async (db: Sql, accountId: string, group: SsoGroup): Promise<Set<string>> =>
  new Set((await presentSsoMappings(accountId, group).execute(db)).rows.map(({ role_id }) => role_id));

/** Nobody replaces roles that they have not seen. */
function assertGives(present: ReadonlySet<string>, roleIds: readonly string[]): void {
  if (present.symmetricDifference(new Set(roleIds.map((id) => id.toLowerCase()))).size === 0) return;
  throw new DomainError(
    'VERSION_MISMATCH',
    'ifRoleIds: the group gives other roles by now. Read its mappings again.',
    { field: 'ifRoleIds' },
  );
}
