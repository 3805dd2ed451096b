import { assertHasAll } from '../authorization/effective-permissions.ts';
import { tellAccessIn } from '../authorization/end-access.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError } from '../errors/domain-error.ts';
import { accountSubject } from '../events/account-subject.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import type { Role } from '../model/role.entity.ts';
import { assertKeepsAccess } from './own-access.ts';

export interface DefaultRoles {
  readonly roleIds: readonly string[];
  readonly evenIfILoseAccess?: boolean | null;
}

/**
 * Decides which roles people have who were granted none; false when they have these already. Nobody gives or takes what they
 * lack. Throws NOT_FOUND, FORBIDDEN, EXCLUSIVE_ROLE, INVALID_INPUT.
 */
export function setDefaultRoles(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { roleIds, evenIfILoseAccess }: DefaultRoles,
): Promise<boolean> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const { sql: db } = scope;
    const held = await hold(scope, accountId, { viewer, changedDefaults: roleIds });
    const after = new Set(roleIds.map((id) => held.role(id, 'roleIds')));
    const before = new Set(held.defaults.map((id) => held.role(id)));
    const moved = before.symmetricDifference(after);
    if (moved.size === 0) return false;
    assertCombine([...after]);
    for (const { name, permissions } of moved)
      assertHasAll(held.own, permissions, {
        field: 'roleIds',
        act: `give or take the role ${name} by default`,
      });
    for (const role of moved) role.isDefault = after.has(role);
    await scope.em.flush();
    await tellDefaults(db, authorship, { before, after });
    await assertKeepsAccess(db, { accountId, viewer, own: held.own, evenIfILoseAccess });
    return true;
  });
}

function assertCombine(roles: readonly Role[]): void {
  const exclusive = roles.find((role) => role.exclusive);
  if (exclusive === undefined || roles.length === 1) return;
  throw new DomainError(
    'EXCLUSIVE_ROLE',
    `roleIds: the role ${exclusive.name} never combines with another. Name it alone, or leave it out.`,
    { field: 'roleIds' },
  );
}

/** What people have by default, before and after a change. */
export interface DefaultsChange {
  readonly before: Iterable<Role>;
  readonly after: Iterable<Role>;
}

/**
 * Logs it, and has every process look up again what everybody may do, not only those who were granted nothing: whoever loses
 * their last grant beside this is looked up with the default roles of before.
 */
export async function tellDefaults(
  db: Sql,
  authorship: Authorship,
  { before, after }: DefaultsChange,
): Promise<void> {
  const { accountId } = authorship;
  const named = (roles: Iterable<Role>) => [...roles].map(({ id, name }) => ({ id, name }));
  await recordEvent(authorship, {
    type: 'DEFAULT_ROLES_CHANGED',
    subject: await accountSubject(db, accountId),
    changes: [{ field: 'defaultRoles', before: named(before), after: named(after) }],
  }).execute(db);
  await tellAccessIn(accountId).execute(db);
}
