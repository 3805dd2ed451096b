import { sql } from 'kysely';
import { effectivePermissions } from '../authorization/effective-permissions.ts';
import { isPermission, type PermissionId } from '../authorization/permissions.ts';
import { personOf, type SignedInViewer, type UserViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { Token } from '../model/token.entity.ts';
import type { User } from '../model/user.entity.ts';
import type { Rows } from './lock-rows.ts';

/** What is held of whoever asks: their person, and their token. */
export interface HeldViewer {
  readonly people: Rows<User>;
  readonly tokens: Rows<Token>;
}

/**
 * What whoever asks may do now: of a person, what their roles allow; of a token, what it was given and its person still
 * may. Throws UNAUTHENTICATED when they lost their access, or the session or token ended, since the request began.
 */
export async function permissionsNow(
  db: Sql,
  accountId: string,
  viewer: SignedInViewer,
  { people, tokens }: HeldViewer,
): Promise<ReadonlySet<PermissionId>> {
  if (viewer.kind === 'OPERATOR') return viewer.permissions;
  const userId = personOf(viewer);
  if (userId !== null && people.get(userId)?.status !== 'ACTIVE') throw accessLost();
  if (isOver(viewer.endsAt)) throw accessLost();
  if (viewer.kind === 'USER' && !(await isSignedIn(db, accountId, viewer))) throw accessLost();
  const theirs = userId === null ? undefined : await permissionsOf(db, accountId, userId);
  if (viewer.kind === 'USER') return theirs ?? new Set();
  const token = tokens.get(viewer.tokenId);
  if (token === undefined || token.revokedAt !== null || isOver(token.expiresAt)) throw accessLost();
  const given = new Set(token.permissions.filter(isPermission));
  return theirs === undefined ? given : given.intersection(theirs);
}

/** Is the session still there? Whoever ends it holds the person as well, so that the answer stays true. */
async function isSignedIn(db: Sql, accountId: string, { userId, sessionId }: UserViewer): Promise<boolean> {
  const { rows } =
    await sql`SELECT FROM sessions WHERE account_id = ${accountId}::uuid AND id = ${sessionId}::uuid
    AND user_id = ${userId}::uuid`.execute(db);
  return rows.length > 0;
}

const isOver = (end: Date | null | undefined): boolean => end != null && end <= new Date();

const permissionsOf = async (db: Sql, accountId: string, userId: string): Promise<Set<PermissionId>> =>
  new Set((await effectivePermissions(db, accountId, userId)).filter(isPermission));

const accessLost = (): DomainError =>
  new DomainError('UNAUTHENTICATED', 'The token or session was ended a moment ago. Nothing was changed.');
