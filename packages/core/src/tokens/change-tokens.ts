import { sql } from 'kysely';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import {
  accountPermissions,
  defaultApiPermissions,
  type PermissionId,
  scimPermissions,
} from '../authorization/permissions.ts';
import { newSecret } from '../authorization/secret.ts';
import { assertMeets, personOf, type SignedInViewer, type UserViewer } from '../authorization/viewer.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { countTokensOf } from '../holds/count-tokens.ts';
import { firstConnection, glanceAtDigest } from '../holds/glances.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { Token, type TokenKindName } from '../model/token.entity.ts';
import { checkPermissions } from '../roles/change-roles.ts';
import { checkText, isBlank, MAX_TEXT_LENGTH, orNone } from '../text/text-rules.ts';
import { newId } from '../text/uuid.ts';
import { checkOverlap, overlapEnd } from './overlap.ts';
import { MAX_OWN_TOKEN_DAYS, MAX_TOKENS_OF_A_PERSON } from './own-token-limits.ts';
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
  const { accountId } = authorship;
  const input = { ...given, connectionId: orNone(given.connectionId) };
  checkNewToken(input);
  return work.transaction(async (scope) => {
    const named = input.kind === 'SCIM' ? await connectionFor(scope, accountId, input) : null;
    const held = await hold(scope, accountId, { viewer, connections: named === null ? [] : [named] });
    const connectionId = named === null ? null : held.connection(named, 'connectionId').id;
    const permissions = tokenPermissions(input, held.own);
    const use = { field: 'kind', act: 'issue such a token' };
    await assertMayDoAllOf(scope.sql, held, { permissions, connectionId }, use);
    return createToken(scope, authorship, {
      name: input.name,
      kind: input.kind,
      permissions,
      connectionId,
      // An API token shares the access of the person who makes it, also when they make it with another token.
      userId: input.kind === 'API' ? personOf(viewer) : null,
      expiresAt: input.expiresAt ?? null,
    });
  });
}

export interface NewOwnToken {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly expiresAt: Date;
}

/**
 * Issues an API token that acts for whoever is signed in, with no more than they may do themselves, for a year at most; it
 * needs no `tokens:write`. Nobody has more of them than are listed: LIMIT_EXCEEDED.
 */
export function issueOwnToken(
  work: Work,
  authorship: Authorship,
  viewer: UserViewer,
  { name, permissions, expiresAt }: NewOwnToken,
): Promise<IssuedToken> {
  checkNewToken({ kind: 'API', name, expiresAt });
  if (expiresAt.getTime() > Date.now() + MAX_OWN_TOKEN_DAYS * DAY_MS)
    throw invalidInput(
      'expiresAt',
      `is more than ${MAX_OWN_TOKEN_DAYS} days from now. Name an earlier instant.`,
    );
  const { accountId } = authorship;
  const { userId } = viewer;
  return work.transaction(async (scope) => {
    // Whoever issues two at one moment has them counted one after the other.
    const held = await hold(scope, accountId, { viewer, people: [userId] });
    if ((await countTokensOf(scope.sql, accountId, userId)) >= MAX_TOKENS_OF_A_PERSON)
      throw new DomainError(
        'LIMIT_EXCEEDED',
        `You have ${MAX_TOKENS_OF_A_PERSON} tokens already. Revoke one that nothing uses first.`,
        { limit: MAX_TOKENS_OF_A_PERSON },
      );
    return createToken(scope, authorship, {
      name,
      kind: 'API',
      permissions: checkPermissions(permissions, held.own),
      connectionId: null,
      userId,
      expiresAt,
    });
  });
}

const DAY_MS = 24 * 3600 * 1000;

type MadeToken = Pick<Token, 'name' | 'kind' | 'permissions' | 'connectionId' | 'userId' | 'expiresAt'>;

/** Writes a token with a new secret, and the event that tells of it. */
async function createToken(
  { em, sql: db }: TransactionScope,
  authorship: Authorship,
  made: MadeToken,
): Promise<IssuedToken> {
  const { accountId, actor } = authorship;
  const id = newId();
  const { secret, digest, lastFour } = newSecret(made.kind === 'SCIM' ? 'scim' : 'api', id);
  const token = em.create(Token, {
    ...made,
    accountId,
    id,
    clientId: null,
    digest,
    lastFour,
    previousDigest: null,
    overlapEndsAt: null,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    createdAt: new Date(),
    warnedDays: null,
    lastUsedAt: null,
    revokedAt: null,
  });
  await em.flush();
  const changes = [{ field: 'permissions', before: null, after: token.permissions }];
  await recordEvent(authorship, { type: 'TOKEN_ISSUED', subject: subjectOf(token), changes }).execute(db);
  return { token, secret };
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
 * Ends a token, in every process at once. Revoking a revoked token changes nothing. Everybody ends what acts for them; the
 * tokens of others take `tokens:write`, and nobody ends what they could not issue.
 */
export function revokeToken(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  id: string,
): Promise<Token> {
  return work.transaction(async (scope) => {
    const held = await hold(scope, authorship.accountId, { viewer, tokens: [id] });
    const found = held.findToken(id);
    const own = found !== undefined && isOwn(found, viewer);
    // Whether there is such a token is told to those alone who may change it.
    if (!own) assertMeets({ ...viewer, permissions: held.own }, 'tokens:write');
    const token = held.token(id);
    if (token.revokedAt !== null) return token;
    if (!own) await assertMayDoAllOf(scope.sql, held, token, { field: 'id', act: 'revoke it' });
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
