import { sql } from 'kysely';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import { CREDENTIALS_CHANNEL } from '../sign-in/end-access.ts';
import { lastAdmin } from '../users/last-admin.ts';
import { stampPeople } from '../users/stamp-people.ts';
import type { User } from '../users/user.entity.ts';
import { checkPermissions, subjectOf } from './change-roles.ts';
import { type Role, RoleGrant } from './role.entity.ts';

export interface GrantRequest {
  readonly userId: string;
  readonly roleId: string;
}

/**
 * Gives a person a role by hand; false when they have it so already. Nobody can give what they don't have.
 * Throws NOT_FOUND, FORBIDDEN, EXCLUSIVE_ROLE.
 */
export function grantRole(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { userId, roleId }: GrantRequest,
): Promise<boolean> {
  const { accountId, actor, requestId } = authorship;
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, { viewer, people: [userId], roles: [roleId] });
    const user = held.person(userId, 'userId');
    const role = held.role(roleId, 'roleId');
    checkPermissions(role.permissions, held.own);
    const grants = held.grantsOf(user);
    if (grants.some((grant) => grant.roleId === role.id && grant.source === 'MANUAL')) return false;
    assertCombinable(
      role,
      grants.map((grant) => held.role(grant.roleId)),
    );
    scope.em.create(RoleGrant, {
      accountId,
      userId: user.id,
      roleId: role.id,
      source: 'MANUAL',
      grantedAt: new Date(),
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      requestId,
    });
    await tell(scope, authorship, 'ROLE_GRANTED', user, role);
    return true;
  });
}

/** Takes back what was given by hand; false when there was nothing. Throws NOT_FOUND, LAST_ADMIN. */
export function revokeRole(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { userId, roleId }: GrantRequest,
): Promise<boolean> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, { viewer, people: [userId], admins: true, roles: [roleId] });
    const user = held.person(userId, 'userId');
    const role = held.role(roleId, 'roleId');
    if (role.key === 'admin' && held.admins.length === 1 && held.admins[0] === user.id)
      throw lastAdmin(user.id);
    const removed = await scope.em.nativeDelete(RoleGrant, {
      accountId,
      userId: user.id,
      roleId: role.id,
      source: 'MANUAL',
    });
    if (removed === 0) return false;
    await tell(scope, authorship, 'ROLE_REVOKED', user, role);
    return true;
  });
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
  await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, s.id::text) FROM sessions s
    WHERE s.account_id = ${user.accountId}::uuid AND s.user_id = ${user.id}::uuid`.execute(db);
}
