import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { TransactionScope } from '../database/work.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { holdEnded, namesOfLogout, rememberEnded } from './ended-at-provider.ts';
import { type SessionEndCause, tellSessionsEnded } from './tell-sessions-ended.ts';

/** What a provider wants ended: sessions of its own, or of a subject, or of a subject in such sessions. */
export interface ProviderLogout {
  readonly connection: { readonly id: string; readonly name: string };
  /** Who said so; subjects and sessions are that issuer's. */
  readonly issuer: string;
  /** Whom the provider means; null when it names sessions alone. */
  readonly subject: string | null;
  /** The provider's own sessions (`sid` of OpenID Connect, SessionIndex of SAML); none for all of the subject. */
  readonly providerSids: readonly string[];
  readonly cause: SessionEndCause;
}

/**
 * Ends the sessions that began by a provider which ends its own, everywhere at once, and answers their ids. Where it names
 * both a subject and sessions, those of the subject of which it never said by which of its sessions they began end as well.
 * Sign-ins that are under way from what it ends begin no session. It passes the gate, so it is the first thing of its transaction.
 */
export async function endProviderSessions(
  scope: TransactionScope,
  authorship: Authorship,
  logout: ProviderLogout,
): Promise<string[]> {
  const { accountId } = authorship;
  const { connection, issuer, subject, providerSids: sids, cause } = logout;
  const names = namesOfLogout({ signInConnectionId: connection.id, issuer, subject, sids });
  if (names.length === 0) return [];
  await holdEnded(accountId, names).execute(scope.sql);
  const people = await findSignedIn(scope.sql, accountId, logout);
  await hold(scope, accountId, { people, usedSignInConnection: connection.id });
  await rememberEnded(accountId, names).execute(scope.sql);
  const ended = await scope.sql
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('id', 'in', sessionIdsOf(accountId, logout))
    .returning(['id', 'user_id'])
    .execute();
  await tellSessionsEnded(scope.sql, authorship, { sessions: ended, cause, signInConnection: connection });
  return ended.map(({ id }) => id);
}

/** Who has such sessions; by a link of an identity one person, by a shared browser several. */
async function findSignedIn(db: Sql, accountId: string, logout: ProviderLogout): Promise<string[]> {
  const rows = await db
    .selectFrom('sessions')
    .select('user_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('id', 'in', sessionIdsOf(accountId, logout))
    .execute();
  return rows.map(({ user_id }) => user_id);
}

const sessionIdsOf = (
  accountId: string,
  { connection, issuer, subject, providerSids }: ProviderLogout,
) => sql<string>`(SELECT p.session_id FROM provider_sessions p
  WHERE p.account_id = ${accountId}::uuid AND p.sign_in_connection_id = ${connection.id}::uuid AND p.issuer = ${issuer}
    AND (${subject}::text IS NULL OR p.subject = ${subject})
    AND (cardinality(${[...providerSids]}::text[]) = 0 OR p.provider_sid = ANY(${[...providerSids]}::text[])
      OR (p.provider_sid IS NULL AND ${subject}::text IS NOT NULL)))`;
