import { sql } from 'kysely';
import {
  accountPermissions,
  defaultApiPermissions,
  type PermissionId,
  scimPermissions,
} from '../authorization/permissions.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import { Connection } from '../connections/connection.entity.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { invalidInput, notFound } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { recordEvent } from '../events/record-events.ts';
import { checkPermissions } from '../roles/change-roles.ts';
import { CREDENTIALS_CHANNEL } from '../sign-in/end-access.ts';
import { checkText, MAX_TEXT_LENGTH } from '../users/user-rules.ts';
import { isUuid, newId } from '../uuid.ts';
import { newSecret } from './secret.ts';
import { Token, type TokenKindName } from './token.entity.ts';

export interface NewToken {
  kind: TokenKindName;
  name: string;
  permissions?: string[] | null;
  connectionId?: string | null;
  expiresAt?: Date | null;
}

/** A token and, this once, its secret. */
export interface IssuedToken {
  readonly token: Token;
  readonly secret: string;
}

/** Longest time that an old secret may live beside the new one: 30 days, in seconds. */
const MAX_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

/**
 * Issues a token: a SCIM token for a connection with what an identity provider needs, an API token with what is named,
 * or with reading alone. Nobody can give what they don't have: FORBIDDEN names the permission.
 */
export function issueToken(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  input: NewToken,
): Promise<IssuedToken> {
  const { accountId, actor } = authorship;
  checkNewToken(input);
  const permissions = tokenPermissions(input, viewer.permissions);
  return work.transaction(async (scope) => {
    const { em, sql: db } = scope;
    const connectionId =
      input.kind === 'SCIM' ? (await connectionFor(scope, accountId, input.connectionId)).id : null;
    const id = newId();
    const { secret, digest, lastFour } = newSecret(input.kind === 'SCIM' ? 'scim' : 'api', id);
    const token = em.create(Token, {
      accountId,
      id,
      name: input.name,
      kind: input.kind,
      permissions,
      connectionId,
      userId: input.kind === 'API' ? await holderOf(scope, accountId, viewer) : null,
      digest,
      lastFour,
      previousDigest: null,
      overlapEndsAt: null,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      createdAt: new Date(),
      expiresAt: input.expiresAt ?? null,
      lastUsedAt: null,
      revokedAt: null,
    });
    await em.flush();
    const changes = [{ field: 'permissions', before: null, after: permissions }];
    await recordEvent(authorship, { type: 'TOKEN_ISSUED', subject: subjectOf(token), changes }).execute(db);
    return { token, secret };
  });
}

/** Gives a token a new secret; the old one lives on for `overlapSeconds`, zero ends it at once. */
export function rotateToken(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { id, overlapSeconds }: { readonly id: string; readonly overlapSeconds: number },
): Promise<IssuedToken> {
  if (overlapSeconds < 0 || overlapSeconds > MAX_OVERLAP_SECONDS) {
    throw invalidInput('overlapSeconds', `can be 0 to ${MAX_OVERLAP_SECONDS} (30 days).`);
  }
  return work.transaction(async (scope) => {
    const token = await findToken(scope, authorship, id);
    if (token.revokedAt !== null) throw invalidInput('id', 'names a revoked token. Issue a new one.');
    checkPermissions(token.permissions, viewer.permissions);
    const { secret, digest, lastFour } = newSecret(token.kind === 'SCIM' ? 'scim' : 'api', token.id);
    token.previousDigest = overlapSeconds === 0 ? null : token.digest;
    token.overlapEndsAt = overlapSeconds === 0 ? null : new Date(Date.now() + overlapSeconds * 1000);
    token.digest = digest;
    token.lastFour = lastFour;
    await tell(scope, authorship, 'TOKEN_ROTATED', token);
    return { token, secret };
  });
}

/** Ends a token, in every process at once. Revoking a revoked token changes nothing. */
export function revokeToken(work: Work, authorship: Authorship, id: string): Promise<Token> {
  return work.transaction(async (scope) => {
    const token = await findToken(scope, authorship, id);
    if (token.revokedAt !== null) return token;
    token.revokedAt = new Date();
    await tell(scope, authorship, 'TOKEN_REVOKED', token);
    return token;
  });
}

const subjectOf = ({ id, name }: Token) => ({ type: 'TOKEN', id, label: name }) as const;

async function findToken({ em }: TransactionScope, { accountId }: Authorship, id: string): Promise<Token> {
  const token = isUuid(id) ? await em.findOne(Token, { accountId, id }) : null;
  if (token === null) throw notFound('token', id);
  return token;
}

async function tell(
  { em, sql: db }: TransactionScope,
  authorship: Authorship,
  type: 'TOKEN_ROTATED' | 'TOKEN_REVOKED',
  token: Token,
): Promise<void> {
  await em.flush();
  await recordEvent(authorship, { type, subject: subjectOf(token) }).execute(db);
  await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, ${token.id})`.execute(db);
}

function checkNewToken({ kind, name, connectionId, expiresAt, permissions }: NewToken): void {
  if (name.trim() === '') throw invalidInput('name', 'is required: it tells tokens apart in the log.');
  checkText(name, 'name', MAX_TEXT_LENGTH);
  if (expiresAt != null && expiresAt.getTime() <= Date.now())
    throw invalidInput('expiresAt', 'is in the past.');
  if (kind === 'API' && connectionId != null)
    throw invalidInput('connectionId', 'goes with kind SCIM. Leave it out.');
  if (kind === 'SCIM' && permissions != null) {
    throw invalidInput(
      'permissions',
      'goes with kind API; a SCIM token always has what an identity provider needs.',
    );
  }
}

function tokenPermissions({ kind, permissions }: NewToken, own: ReadonlySet<PermissionId>): PermissionId[] {
  if (kind === 'SCIM') return checkPermissions(scimPermissions, own);
  if (permissions != null) return checkPermissions(permissions, own);
  return defaultApiPermissions.filter((id) => own.has(id) && accountPermissions.includes(id));
}

/** Whose access an API token shares: the person's who makes it, also when they make it with another token. */
async function holderOf(
  { em }: TransactionScope,
  accountId: string,
  viewer: SignedInViewer,
): Promise<string | null> {
  if (viewer.kind === 'USER') return viewer.userId;
  if (viewer.kind === 'OPERATOR') return null;
  const token = await em.findOne(Token, { accountId, id: viewer.tokenId });
  return token?.userId ?? null;
}

/** The connection that is named, or the account's first. */
async function connectionFor(
  { em }: TransactionScope,
  accountId: string,
  id: string | null | undefined,
): Promise<Connection> {
  if (id != null && !isUuid(id)) throw notFound('connection', id, 'connectionId');
  const [connection] = await em.find(Connection, id == null ? { accountId } : { accountId, id }, {
    orderBy: { id: 'asc' },
    limit: 1,
  });
  if (connection !== undefined) return connection;
  throw id == null
    ? invalidInput('connectionId', 'the account has no connection yet. Create one first.')
    : notFound('connection', id, 'connectionId');
}
