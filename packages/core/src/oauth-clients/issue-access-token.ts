import { createLocalJWKSet, decodeJwt, type JWTVerifyGetKey } from 'jose';
import { type RawBuilder, sql } from 'kysely';
import { scimPermissions } from '../authorization/permissions.ts';
import { newSecret } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import type { RemoteKeys } from '../signed-tokens/remote-keys.ts';
import { readToken, TokenRefused, verifySignature } from '../signed-tokens/signed-token.ts';
import { tellRefusedOf } from '../single-sign-on/tell-refused.ts';
import { useOnce } from '../single-use/use-once.ts';
import { newId } from '../text/uuid.ts';
import { assertionAlgorithms } from './client-keys.ts';
import type { OAuthClientRecord } from './find-oauth-clients.ts';
import { glanceAtClient, heldClient } from './held-client.ts';

export interface AccessTokenScope {
  /** Writes at once, whatever becomes of the request. */
  readonly db: Sql;
  readonly work: Work;
  readonly keys: RemoteKeys;
  /** Where clients reach the server, which is the issuer of the tokens. */
  readonly publicUrl: string;
  readonly requestId: string;
  readonly address: string | undefined;
}

export interface AccessTokenRequest {
  readonly clientAssertion: string;
  readonly scope?: string | null;
}

export interface AccessToken {
  readonly accountId: string;
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

/** The one scope that there is: SCIM, with what a connection's tokens allow. */
export const SCIM_SCOPE = 'scim';
export const tokenEndpoint = (publicUrl: string): string => `${publicUrl}/oauth/token`;

const LIFETIME_SECONDS = 60 * 60;
/** An assertion is made when it is used (RFC 7523 §3). */
const MAX_ASSERTION_SECONDS = 5 * 60;
/** A client that asks for a token with every request is told to keep it. */
const MAX_LIVE_TOKENS = 100;

/**
 * Gives a program a SCIM token for an hour, by the assertion that it has signed (RFC 7523 §2.2).
 *
 * @throws DomainError TOKEN_REFUSED, INVALID_INPUT, RATE_LIMITED
 */
export async function issueAccessToken(
  scope: AccessTokenScope,
  { clientAssertion, scope: wanted }: AccessTokenRequest,
): Promise<AccessToken> {
  if (wanted != null && wanted !== SCIM_SCOPE)
    throw invalidInput('scope', `can be "${SCIM_SCOPE}" and nothing else.`);
  const client = await glanceAtClient(scope.db, issuerOf(clientAssertion) ?? '');
  if (client === undefined) throw refusalOf(new TokenRefused('ISSUER', 'iss is the id of no client.'));
  try {
    return await issue(scope, client, clientAssertion);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    const subject = { type: 'OAUTH_CLIENT', id: client.id, label: client.name } as const;
    const { fault: reason, message: detail } = error;
    await tellRefusedOf(
      scope.db,
      { ...scope, accountId: client.account_id, subject },
      { type: 'OAUTH_CLIENT_REFUSED', reason, detail },
    );
    throw refusalOf(error);
  }
}

/** Who says that they have signed it. */
function issuerOf(text: string): string | undefined {
  try {
    return decodeJwt(text).iss;
  } catch {
    return undefined;
  }
}

async function issue(
  { work, keys, publicUrl, requestId }: AccessTokenScope,
  client: OAuthClientRecord,
  text: string,
): Promise<AccessToken> {
  const { claims, id, refusedFrom } = readToken(text, {
    algorithms: assertionAlgorithms,
    types: ['jwt', 'client-authentication+jwt'],
    mayHaveNoType: true,
    issuer: client.id,
    audiences: [publicUrl, tokenEndpoint(publicUrl)],
    maxAge: MAX_ASSERTION_SECONDS,
    maxLifetime: MAX_ASSERTION_SECONDS,
    mayHaveNoIssueTime: true,
  });
  if (claims.sub !== client.id)
    throw new TokenRefused('ISSUER', 'sub is not iss: a client speaks for itself.');
  await verifySignature(text, keysOf(client, keys), assertionAlgorithms);
  const { account_id: accountId } = client;
  return work.transaction(async (scope) => {
    await hold(scope, accountId, { connections: [client.connection_id] });
    const present = await heldClient(scope, client);
    // It was checked with keys that count no more.
    if (present?.jwks !== client.jwks || present?.jwks_uri !== client.jwks_uri)
      throw new TokenRefused('SIGNATURE', 'The client was changed meanwhile.');
    if (
      !(await useOnce(scope.sql, { accountId, parts: ['assertion', client.id, id], expiresAt: refusedFrom }))
    )
      throw new TokenRefused('REPLAYED', 'An assertion with this jti was taken before.');
    await makeRoom(scope, client);
    return write(scope, client, requestId);
  });
}

const keysOf = ({ jwks, jwks_uri }: OAuthClientRecord, keys: RemoteKeys): JWTVerifyGetKey =>
  jwks === null ? keys(jwks_uri ?? '') : createLocalJWKSet(JSON.parse(jwks));

/** Forgets what has expired. @throws DomainError RATE_LIMITED */
async function makeRoom({ sql: db }: TransactionScope, { account_id, id }: OAuthClientRecord): Promise<void> {
  const statement: RawBuilder<{ live: number }> = sql`
    WITH forgotten AS (DELETE FROM tokens WHERE account_id = ${account_id}::uuid AND client_id = ${id}::uuid
      AND expires_at < now())
    SELECT count(*)::int AS live FROM tokens WHERE account_id = ${account_id}::uuid AND client_id = ${id}::uuid
      AND expires_at >= now()`;
  const live = (await statement.execute(db)).rows[0]?.live ?? 0;
  if (live >= MAX_LIVE_TOKENS)
    throw new DomainError(
      'RATE_LIMITED',
      `The client has ${live} access tokens that are good. Use one until it expires.`,
      { limit: MAX_LIVE_TOKENS, retryAfter: 60 },
    );
}

async function write(
  { sql: db }: TransactionScope,
  client: OAuthClientRecord,
  requestId: string,
): Promise<AccessToken> {
  const { account_id: accountId, connection_id: connectionId, name } = client;
  const tokenId = newId();
  const { secret, digest, lastFour } = newSecret('scim', tokenId);
  const actor = { kind: 'SYSTEM', id: null, name: 'OAuth' } as const;
  await db
    .insertInto('tokens')
    .values({
      account_id: accountId,
      id: tokenId,
      name,
      kind: 'SCIM',
      permissions: [...scimPermissions],
      connection_id: connectionId,
      client_id: client.id,
      digest,
      last_four: lastFour,
      actor_kind: actor.kind,
      actor_name: actor.name,
      created_at: new Date(),
      expires_at: new Date(Date.now() + LIFETIME_SECONDS * 1000),
    })
    .execute();
  const authorship: Authorship = { accountId, actor, connectionId, requestId };
  await recordEvent(authorship, {
    type: 'TOKEN_ISSUED',
    subject: { type: 'TOKEN', id: tokenId, label: name },
    related: { type: 'OAUTH_CLIENT', id: client.id, label: name },
    changes: [{ field: 'permissions', before: null, after: scimPermissions }],
  }).execute(db);
  return { accountId, accessToken: secret, expiresInSeconds: LIFETIME_SECONDS };
}

const refusalOf = ({ fault, message }: TokenRefused): DomainError =>
  new DomainError('TOKEN_REFUSED', `clientAssertion: it is not taken. ${message}`, {
    field: 'clientAssertion',
    reason: fault,
  });
