import { sql } from 'kysely';
import { assertHasAll, effectivePermissions } from '../authorization/effective-permissions.ts';
import { tellAccessOf } from '../authorization/end-access.ts';
import type { PermissionId } from '../authorization/permissions.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { lastAdmin, localSources, type Role, RoleGrant, rolesComeFromScim } from '../model/role.entity.ts';
import type { User } from '../model/user.entity.ts';
import { subjectOf } from '../roles/change-roles.ts';
import { newId } from '../text/uuid.ts';
import { stampPeople } from '../users/stamp-people.ts';

export interface GrantRequest {
  readonly userId: string;
  readonly roleId: string;
}

/**
 * Gives a person a role by hand; false when they have it so already. Nobody gives what they don't have, nor takes it: the
 * first role that is granted takes the place of the default ones. Throws NOT_FOUND, ROLE_SOURCE_SCIM, FORBIDDEN, EXCLUSIVE_ROLE.
 */
export function grantRole(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { userId, roleId }: GrantRequest,
): Promise<boolean> {
  const { accountId, actor, requestId } = authorship;
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, {
      viewer,
      roleSource: true,
      people: [userId],
      roles: [roleId],
    });
    const user = held.person(userId, 'userId');
    const role = held.role(roleId, 'roleId');
    if (held.roleSource === 'SCIM') throw rolesComeFromScim();
    const assertWithin = await limitTo(held.own, scope, { user, role }, 'grant');
    const grants = held.grantsOf(user);
    if (grants.some((grant) => grant.roleId === role.id && grant.source === 'MANUAL')) return false;
    assertCombinable(
      role,
      grants.map((grant) => held.role(grant.roleId)),
    );
    scope.em.create(RoleGrant, {
      accountId,
      id: newId(),
      userId: user.id,
      roleId: role.id,
      source: 'MANUAL',
      saidBy: null,
      said: null,
      grantedAt: new Date(),
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      requestId,
    });
    await scope.em.flush();
    await assertWithin();
    await tell(scope, authorship, 'ROLE_GRANTED', user, role);
    return true;
  });
}

/**
 * Takes back what was given by hand or added at a sign-in; false when there was nothing. Nobody takes what they could not
 * give. Throws NOT_FOUND, ROLE_SOURCE_SCIM, FORBIDDEN, LAST_ADMIN.
 */
export function revokeRole(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { userId, roleId }: GrantRequest,
): Promise<boolean> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, {
      viewer,
      roleSource: true,
      people: [userId],
      admins: true,
      roles: [roleId],
    });
    const user = held.person(userId, 'userId');
    const role = held.role(roleId, 'roleId');
    if (held.roleSource === 'SCIM') throw rolesComeFromScim();
    const assertWithin = await limitTo(held.own, scope, { user, role }, 'revoke');
    const hasByGroup = held
      .grantsOf(user)
      .some(({ roleId, source }) => roleId === role.id && !localSources.includes(source));
    if (role.key === 'admin' && !hasByGroup && held.admins.length === 1 && held.admins[0] === user.id)
      throw lastAdmin(user.id);
    const removed = await scope.em.nativeDelete(RoleGrant, {
      accountId,
      userId: user.id,
      roleId: role.id,
      source: { $in: [...localSources] },
    });
    if (removed === 0) return false;
    await assertWithin();
    await tell(scope, authorship, 'ROLE_REVOKED', user, role);
    return true;
  });
}

/**
 * Throws FORBIDDEN when the role allows what the one who grants or revokes it lacks. What is given back throws when the
 * person has gained or lost such a permission by then: with their last grant gone, the default roles count again.
 */
async function limitTo(
  own: ReadonlySet<PermissionId>,
  { sql: db }: TransactionScope,
  { user, role }: { readonly user: User; readonly role: Role },
  verb: 'grant' | 'revoke',
): Promise<() => Promise<void>> {
  const use = { field: 'roleId', act: `${verb} the role ${role.name}` };
  assertHasAll(own, role.permissions, use);
  const before = new Set(await effectivePermissions(db, user.accountId, user.id));
  return async () => {
    const after = new Set(await effectivePermissions(db, user.accountId, user.id));
    assertHasAll(own, [...before.symmetricDifference(after)], use);
  };
}

function assertCombinable(role: Role, granted: readonly Role[]): void {
  const others = granted.filter(({ id }) => id !== role.id);
  const exclusive = role.exclusive ? others.length > 0 && role : others.find((other) => other.exclusive);
  if (exclusive === false || exclusive === undefined) return;
  throw new DomainError(
    'EXCLUSIVE_ROLE',
    `The role ${exclusive.name} never combines with another. Revoke the others first.`,
    {
      field: 'roleId',
    },
  );
}

/** Logs it, and has every process look up again what the person may do. */
async function tell(
  { em, sql: db }: TransactionScope,
  authorship: Authorship,
  type: 'ROLE_GRANTED' | 'ROLE_REVOKED',
  user: User,
  role: Role,
): Promise<void> {
  const label = user.displayName ?? user.userName;
  await em.flush();
  await stampPeople(user.accountId, [user.id]).execute(db);
  await recordEvent(authorship, {
    type,
    subject: { type: 'USER', id: user.id, label },
    related: subjectOf(role),
  }).execute(db);
  await tellAccessOf(user.accountId, sql`${user.id}::uuid`).execute(db);
}
