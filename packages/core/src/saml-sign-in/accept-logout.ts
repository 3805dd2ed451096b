import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { DomainError } from '../errors/domain-error.ts';
import { SamlRefused } from '../saml/saml-refused.ts';
import {
  type LogoutRules,
  type VerifiedLogout,
  verifyPostedLogout,
  verifyRedirectedLogout,
} from '../saml/verify-logout.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { endProviderSessions } from '../sessions/end-provider-sessions.ts';
import { singleLogoutUrl } from '../sign-in-connections/urls.ts';
import { findUsedConnection } from '../single-sign-on/find-used-connection.ts';
import { signInAuthorship } from '../single-sign-on/sign-in-authorship.ts';
import { tellRefused } from '../single-sign-on/tell-refused.ts';
import { useOnce } from '../single-use/use-once.ts';
import { type SamlConnection, samlOf, serviceProvider } from './service-provider.ts';

export interface SamlLogoutScope {
  /** Writes at once, whatever becomes of the request. */
  readonly db: Sql;
  readonly work: Work;
  readonly sealer: Sealer | undefined;
  readonly adminUrl: string;
  readonly requestId: string;
  readonly address: string | undefined;
}

/** What a provider had a browser bring because it has ended sessions: one of the two. */
export interface BroughtLogout {
  readonly signInConnectionId: string;
  /** The form field SAMLRequest. */
  readonly samlRequest?: string | null;
  /** The query of the address, as the provider wrote it. */
  readonly query?: string | null;
  readonly relayState?: string | null;
}

/** Which sessions ended, and of which account. */
export interface AcceptedSamlLogout {
  readonly accountId: string;
  readonly sessionIds: readonly string[];
  /** Where the browser goes on with our answer; null where the provider takes none in an address. */
  readonly redirectUrl: string | null;
}

/**
 * Ends the sessions that a provider of SAML 2.0 has ended, also by a connection that is switched off: what began by it goes on.
 *
 * @throws DomainError TOKEN_REFUSED
 */
export async function acceptSamlLogout(
  scope: SamlLogoutScope,
  brought: BroughtLogout,
): Promise<AcceptedSamlLogout> {
  const used = await findUsedConnection(scope.db, brought.signInConnectionId);
  if (used?.protocol !== 'SAML') throw refusalOf('There is no such sign-in connection.', 'CONNECTION');
  const connection = samlOf(used);
  try {
    const logout = verified(scope, connection, brought);
    const sessionIds = await end(scope, connection, logout);
    const redirectUrl = await answerTo(scope, connection, { id: logout.id, relayState: brought.relayState });
    return { accountId: connection.account_id, sessionIds, redirectUrl };
  } catch (error) {
    if (!(error instanceof SamlRefused)) throw error;
    const { message: detail } = error;
    const reason = error instanceof Replayed ? 'REPLAYED' : 'SIGNATURE';
    await tellRefused(scope.db, { ...scope, connection }, { type: 'SIGN_OUT_REFUSED', reason, detail });
    throw refusalOf(detail, reason);
  }
}

function verified(
  { adminUrl }: SamlLogoutScope,
  { id, issuer, saml: { certificates } }: SamlConnection,
  { samlRequest, query }: BroughtLogout,
): VerifiedLogout {
  const logoutUrl = singleLogoutUrl(adminUrl, id);
  const rules: LogoutRules = { issuer, logoutUrl, certificates, now: Date.now() };
  return samlRequest == null
    ? verifyRedirectedLogout(query ?? '', rules)
    : verifyPostedLogout(samlRequest, rules);
}

function end(
  { work, requestId }: SamlLogoutScope,
  connection: SamlConnection,
  logout: VerifiedLogout,
): Promise<string[]> {
  const { account_id: accountId, issuer } = connection;
  return work.transaction(async (scope) => {
    const ended = await endProviderSessions(scope, signInAuthorship(accountId, requestId), {
      connection,
      issuer,
      subject: logout.nameId,
      providerSids: logout.sessionIndexes,
      cause: 'SAML_SINGLE_LOGOUT',
    });
    const parts = ['saml logout request', connection.id, issuer, logout.id];
    const expiresAt = new Date(logout.expiresAt);
    if (await useOnce(scope.sql, { accountId, parts, expiresAt })) return ended;
    throw new Replayed('A request with this ID was taken before.');
  });
}

class Replayed extends SamlRefused {
  override readonly name = 'Replayed';
}

async function answerTo(
  { adminUrl, sealer }: SamlLogoutScope,
  connection: SamlConnection,
  { id: ID, relayState }: { readonly id: string; readonly relayState: string | null | undefined },
): Promise<string | null> {
  const { sloUrl, sloBinding, ownKey } = connection.saml;
  if (sloUrl === null || sloBinding !== 'REDIRECT') return null;
  const privateKey = await sealerOf(sealer).open(ownKey, 'saml-key');
  const provider = serviceProvider(connection, { adminUrl, privateKey });
  const profile = { ID, issuer: connection.issuer, nameID: '', nameIDFormat: '' };
  return provider.getLogoutResponseUrlAsync(profile, relayState ?? '', {}, true);
}

const refusalOf = (detail: string, reason: string): DomainError =>
  new DomainError('TOKEN_REFUSED', `samlRequest: it is not taken. ${detail}`, {
    field: 'samlRequest',
    reason,
  });
