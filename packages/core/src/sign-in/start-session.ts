import { sql } from 'kysely';
import { effectivePermissions } from '../authorization/effective-permissions.ts';
import { isPermission } from '../authorization/permissions.ts';
import { newSecret } from '../authorization/secret.ts';
import type { UserViewer } from '../authorization/viewer.ts';
import type { TransactionScope } from '../database/work.ts';
import type { Actor, PropertyChange } from '../model/event.ts';
import type { SecondFactorName } from '../model/second-factor.entities.ts';
import { Session, type SignInMethodName } from '../model/session.entity.ts';
import type { User } from '../model/user.entity.ts';
import type { SessionRecord } from '../sessions/find-sessions.ts';
import { newId } from '../text/uuid.ts';
import { tellOwnDoing } from './tell-own-doing.ts';

/** A session and, this once, its secret. */
export interface StartedSession {
  readonly session: SessionRecord;
  readonly secret: string;
  /** Who they are from now on. */
  readonly viewer: UserViewer;
}

/** Seven days. */
export const SESSION_MS = 7 * 24 * 60 * 60 * 1000;

/** Browsers say of themselves in less what they are. */
const MAX_USER_AGENT = 512;

/** How somebody signed in, and from where. */
export interface SessionOrigin {
  readonly method: SignInMethodName;
  readonly address: string | undefined;
  /** What the browser says of itself. */
  readonly userAgent: string | undefined;
  /** What was shown beside the password. */
  readonly secondFactor?: SecondFactorName;
  /** When the person proved who they are; just now, when left out, and not known for null. */
  readonly provenAt?: Date | null;
}

interface NewSession {
  readonly requestId: string;
  readonly expiresAt: Date;
  readonly origin: SessionOrigin;
  /** What is told of it. */
  readonly changes?: readonly PropertyChange[];
}

/** Begins the session of an active person who is held and has proven who they are. */
export async function startSession(
  scope: TransactionScope,
  person: User,
  { requestId, expiresAt, origin, changes = [] }: NewSession,
): Promise<StartedSession> {
  const { accountId, id: userId } = person;
  const { method, address, userAgent, secondFactor = null, provenAt = new Date() } = origin;
  const id = newId();
  const { secret, digest } = newSecret('session', id);
  const session = scope.em.create(Session, {
    accountId,
    id,
    userId,
    digest,
    expiresAt,
    createdAt: new Date(),
    userAgent: userAgent?.replaceAll('\0', '').slice(0, MAX_USER_AGENT) ?? null,
    address: address ?? null,
    method,
    secondFactor,
    provenAt: provenAt === null ? null : new Date(Math.min(provenAt.getTime(), Date.now())),
    lastUsedAt: new Date(),
  });
  await forgetSomeExpired.execute(scope.sql);
  await scope.em.flush();
  const request = { accountId, connectionId: null, requestId };
  await tellOwnDoing(scope, { type: 'USER_SIGNED_IN', person, request, changes });
  // As they are while they are held: a moment later the session may be over.
  const permissions = new Set(
    (await effectivePermissions(scope.sql, accountId, userId)).filter(isPermission),
  );
  const actor: Actor = { kind: 'USER', id: userId, name: person.displayName ?? person.userName };
  const viewer: UserViewer = {
    kind: 'USER',
    accountId,
    userId,
    actor,
    permissions,
    sessionId: id,
    endsAt: expiresAt,
  };
  return { session: recordOf(session), secret, viewer };
}

const forgetSomeExpired = sql`DELETE FROM sessions WHERE id IN (
  SELECT s.id FROM sessions s WHERE s.expires_at < now() ORDER BY s.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED)`;

const recordOf = (session: Session): SessionRecord => ({
  id: session.id,
  user_id: session.userId,
  user_agent: session.userAgent ?? null,
  address: session.address ?? null,
  method: session.method,
  second_factor: session.secondFactor ?? null,
  created_at: session.createdAt,
  last_used_at: session.lastUsedAt,
  expires_at: session.expiresAt,
});
