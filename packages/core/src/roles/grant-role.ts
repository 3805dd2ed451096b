import { sql } from 'kysely';
import type { PermissionId } from '../authorization/permissions.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, notFound } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { recordEvent } from '../events/record-events.ts';
import { CREDENTIALS_CHANNEL } from '../sign-in/end-access.ts';
import { activeAdminsIfAmong, lastAdmin } from '../users/last-admin.ts';
import { User } from '../users/user.entity.ts';
import { isUuid } from '../uuid.ts';
import { checkPermissions, subjectOf } from './change-roles.ts';
import { Role, RoleGrant } from './role.entity.ts';

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
  own: ReadonlySet<PermissionId>,
  request: GrantRequest,
): Promise<boolean> {
  return work.transaction(async (scope) => {
    const { em } = scope;
    const { user, role } = await findBoth(scope, authorship, request);
    checkPermissions(role.permissions, own);
    const { accountId, actor, requestId } = authorship;
    const grants = await em.find(RoleGrant, { accountId, userId: user.id });
    if (grants.some(({ roleId, source }) => roleId === role.id && source === 'MANUAL')) return false;
    await assertCombinable(
      scope,
      role,
      grants.map(({ roleId }) => roleId),
    );
    em.create(RoleGrant, {
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
    await em.flush();
    await tell(scope, authorship, 'ROLE_GRANTED', user, role);
    return true;
  });
}

/** Takes back what was given by hand; false when there was nothing. Throws NOT_FOUND, LAST_ADMIN. */
export function revokeRole(work: Work, authorship: Authorship, request: GrantRequest): Promise<boolean> {
  return work.transaction(async (scope) => {
    const { em, sql: db } = scope;
    const { user, role } = await findBoth(scope, authorship, request);
    const { accountId } = authorship;
    if (role.key === 'admin') {
      const { rows } = await activeAdminsIfAmong(accountId, sql`${[user.id]}::uuid[]`).execute(db);
      if (new Set(rows.map(({ id }) => id)).size === 1 && user.status === 'ACTIVE') throw lastAdmin(user.id);
    }
    const removed = await em.nativeDelete(RoleGrant, {
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

async function findBoth(
  { em }: TransactionScope,
  { accountId }: Authorship,
  { userId, roleId }: GrantRequest,
) {
  const user = isUuid(userId) ? await em.findOne(User, { accountId, id: userId }) : null;
  if (user === null || user.status === 'DEPROVISIONED') throw notFound('user', userId, 'userId');
  const role = isUuid(roleId) ? await em.findOne(Role, { accountId, id: roleId }) : null;
  if (role === null) throw notFound('role', roleId, 'roleId');
  return { user, role };
}

async function assertCombinable(
  { em }: TransactionScope,
  role: Role,
  otherIds: readonly string[],
): Promise<void> {
  const others = await em.find(Role, {
    accountId: role.accountId,
    id: { $in: otherIds.filter((id) => id !== role.id) },
  });
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
  await recordEvent(authorship, {
    type,
    subject: { type: 'USER', id: user.id, label },
    related: subjectOf(role),
  }).execute(db);
  await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, s.id::text) FROM sessions s
    WHERE s.account_id = ${user.accountId}::uuid AND s.user_id = ${user.id}::uuid`.execute(db);
}
