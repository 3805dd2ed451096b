import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError } from '../errors/domain-error.ts';
import { endProviderSessions } from '../sessions/end-provider-sessions.ts';
import { asymmetricAlgorithms, TokenRefused, verifySignature } from '../signed-tokens/signed-token.ts';
import { findUsedConnection, type UsedConnection } from '../single-sign-on/find-used-connection.ts';
import { SignInRefused } from '../single-sign-on/refusals.ts';
import { signInAuthorship } from '../single-sign-on/sign-in-authorship.ts';
import { tellRefused } from '../single-sign-on/tell-refused.ts';
import { useOnce } from '../single-use/use-once.ts';
import { readLogoutToken } from './logout-token.ts';
import type { OpenIdConnect } from './openid-connect.ts';
import { settingsOf } from './settings-of.ts';

export interface LogoutScope {
  /** Writes at once, whatever becomes of the request. */
  readonly db: Sql;
  readonly work: Work;
  readonly openIdConnect: OpenIdConnect;
  readonly requestId: string;
  readonly address: string | undefined;
}

export interface LogoutRequest {
  readonly signInConnectionId: string;
  readonly logoutToken: string;
}

/** Which sessions ended, and of which account. */
export interface AcceptedLogout {
  readonly accountId: string;
  readonly sessionIds: readonly string[];
}

/**
 * Ends the sessions that a provider's logout token names, also by a connection that is switched off: what began by it goes on.
 *
 * @throws DomainError TOKEN_REFUSED
 */
export async function acceptLogoutToken(
  scope: LogoutScope,
  { signInConnectionId, logoutToken }: LogoutRequest,
): Promise<AcceptedLogout> {
  const connection = await findUsedConnection(scope.db, signInConnectionId);
  if (connection?.protocol !== 'OIDC') throw refusalOf('There is no such sign-in connection.', 'CONNECTION');
  try {
    return await accept(scope, connection, logoutToken);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    const { fault: reason, message: detail } = error;
    await tellRefused(scope.db, { ...scope, connection }, { type: 'SIGN_OUT_REFUSED', reason, detail });
    throw refusalOf(detail, reason);
  }
}

async function accept(
  { work, openIdConnect, requestId }: LogoutScope,
  connection: UsedConnection,
  text: string,
): Promise<AcceptedLogout> {
  const { subject, sid, id, refusedFrom } = readLogoutToken(text, settingsOf(connection));
  await verifySignature(text, await keysOf(openIdConnect, connection), asymmetricAlgorithms);
  const { account_id: accountId, issuer } = connection;
  const sessionIds = await work.transaction(async (scope) => {
    const ended = await endProviderSessions(scope, signInAuthorship(accountId, requestId), {
      connection,
      issuer,
      subject,
      providerSids: sid === null ? [] : [sid],
      cause: 'BACK_CHANNEL_LOGOUT',
    });
    const parts = ['logout token', connection.id, issuer, id];
    if (await useOnce(scope.sql, { accountId, parts, expiresAt: refusedFrom })) return ended;
    throw new TokenRefused('REPLAYED', 'A logout token with this jti was taken before.');
  });
  return { accountId, sessionIds };
}

async function keysOf(openIdConnect: OpenIdConnect, connection: UsedConnection) {
  try {
    return await openIdConnect.keysOf(connection);
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    throw new TokenRefused('KEYS', error.message, { cause: error });
  }
}

const refusalOf = (detail: string, reason: string): DomainError =>
  new DomainError('TOKEN_REFUSED', `logoutToken: it is not taken. ${detail}`, {
    field: 'logoutToken',
    reason,
  });
