import { sql } from 'kysely';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import {
  accountPermissions,
  defaultApiPermissions,
  type PermissionId,
  scimPermissions,
} from '../authorization/permissions.ts';
import { newSecret } from '../authorization/secret.ts';
import { personOf, type SignedInViewer } from '../authorization/viewer.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { firstConnection, glanceAtDigest } from '../holds/glances.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { Token, type TokenKindName } from '../model/token.entity.ts';
import { checkPermissions } from '../roles/change-roles.ts';
import { checkText, isBlank, MAX_TEXT_LENGTH, orNone } from '../text/text-rules.ts';
import { newId } from '../text/uuid.ts';
import { checkOverlap, overlapEnd } from './overlap.ts';
import { assertMayDoAllOf, isOwn } from './token-powers.ts';

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

/**
 * Issues a token: a SCIM token for a connection with what an identity provider needs, an API token with what is named,
 * or with reading alone. Nobody can give what they don't have: FORBIDDEN names the permission.
 */
export function issueToken(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  given: NewToken,
): Promise<IssuedToken> {
  const { accountId, actor } = authorship;
  const input = { ...given, connectionId: orNone(given.connectionId) };
  checkNewToken(input);
  return work.transaction(async (scope) => {
    const named = input.kind === 'SCIM' ? await connectionFor(scope, accountId, input) : null;
    const held = await hold(scope, accountId, { viewer, connections: named === null ? [] : [named] });
    const connectionId = named === null ? null : held.connection(named, 'connectionId').id;
    const permissions = tokenPermissions(input, held.own);
    const use = { field: 'kind', act: 'issue such a token' };
    await assertMayDoAllOf(scope.sql, held, { permissions, connectionId }, use);
    const id = newId();
    const { secret, digest, lastFour } = newSecret(input.kind === 'SCIM' ? 'scim' : 'api', id);
    const token = scope.em.create(Token, {
      accountId,
      id,
      name: input.name,
      kind: input.kind,
      permissions,
      connectionId,
      // An API token shares the access of the person who makes it, also when they make it with another token.
      userId: input.kind === 'API' ? personOf(viewer) : null,
      clientId: null,
      digest,
      lastFour,
      previousDigest: null,
      overlapEndsAt: null,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      createdAt: new Date(),
      expiresAt: input.expiresAt ?? null,
      warnedDays: null,
      lastUsedAt: null,
      revokedAt: null,
    });
    await scope.em.flush();
    const changes = [{ field: 'permissions', before: null, after: token.permissions }];
    await recordEvent(authorship, { type: 'TOKEN_ISSUED', subject: subjectOf(token), changes }).execute(
      scope.sql,
    );
    return { token, secret };
  });
}

/**
 * Gives a token a new secret; the old one lives on for `overlapSeconds`, zero ends it at once. Whoever gets the secret can
 * do what the token can, so they need it all themselves. Of several who do so at one moment the first does, and
 * VERSION_MISMATCH tells the others: a secret that was answered is not replaced unseen.
 */
export function rotateToken(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { id, overlapSeconds }: { readonly id: string; readonly overlapSeconds: number },
): Promise<IssuedToken> {
  checkOverlap(overlapSeconds);
  const { accountId } = authorship;
  let seen: string | null | undefined;
  return work.transaction(async (scope) => {
    seen ??= await glanceAtDigest(scope.sql, accountId, id);
    const held = await hold(scope, accountId, { viewer, tokens: [id] });
    const token = held.token(id);
    if (token.revokedAt !== null) throw invalidInput('id', 'names a revoked token. Issue a new one.');
    if (token.digest !== seen) throw rotatedMeanwhile();
    await assertMayDoAllOf(scope.sql, held, token, { field: 'id', act: 'have its secret' });
    const { secret, digest, lastFour } = newSecret(token.kind === 'SCIM' ? 'scim' : 'api', token.id);
    token.overlapEndsAt = overlapEnd(overlapSeconds);
    token.previousDigest = token.overlapEndsAt === null ? null : token.digest;
    token.digest = digest;
    token.lastFour = lastFour;
    await tell(scope, authorship, 'TOKEN_ROTATED', token);
    return { token, secret };
  });
}

const rotatedMeanwhile = (): DomainError =>
  new DomainError(
    'VERSION_MISMATCH',
    'id: somebody else gave the token a new secret at the same moment. Use theirs, or rotate it again.',
    { field: 'id' },
  );

/**
 * Ends a token, in every process at once. Revoking a revoked token changes nothing. Nobody ends what they could not issue,
 * but everybody what acts for them.
 */
export function revokeToken(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  id: string,
): Promise<Token> {
  return work.transaction(async (scope) => {
    const held = await hold(scope, authorship.accountId, { viewer, tokens: [id] });
    const token = held.token(id);
    if (token.revokedAt !== null) return token;
    if (!isOwn(token, viewer))
      await assertMayDoAllOf(scope.sql, held, token, { field: 'id', act: 'revoke it' });
    token.revokedAt = new Date();
    await tell(scope, authorship, 'TOKEN_REVOKED', token);
    return token;
  });
}

const subjectOf = ({ id, name }: Token) => ({ type: 'TOKEN', id, label: name }) as const;

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
  if (isBlank(name)) throw invalidInput('name', 'is required: it tells tokens apart in the log.');
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
  if (kind === 'SCIM') return [...scimPermissions];
  if (permissions != null) return checkPermissions(permissions, own);
  return defaultApiPermissions.filter((id) => own.has(id) && accountPermissions.includes(id));
}

/** The id of the connection that is named, or of the account's first. */
async function connectionFor(
  { sql: db }: TransactionScope,
  accountId: string,
  { connectionId }: NewToken,
): Promise<string> {
  const id = connectionId ?? (await firstConnection(db, accountId));
  if (id === undefined)
    throw invalidInput('connectionId', 'the account has no connection yet. Create one first.');
  return id;
}
