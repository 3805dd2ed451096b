import { sql } from 'kysely';
import type { TransactionScope } from '../database/work.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { holdEnded, nameOfPerson, rememberEnded } from '../sessions/ended-at-provider.ts';
import { type SessionEndCause, tellSessionsEnded } from '../sessions/tell-sessions-ended.ts';

/** What of a person's access ends. */
export interface SignalledEnd {
  readonly userId: string;
  readonly signInConnection: { readonly id: string; readonly name: string };
  readonly cause: SessionEndCause;
  /** What began later goes on. */
  readonly happenedAt: Date;
  /** Do the tokens end that act for the person, too? */
  readonly endsTokens: boolean;
}

/** By how much the transmitter's clock may be behind ours. */
const CLOCK_SKEW = sql.lit('60 seconds');

/**
 * Ends the sessions of a person that began before something happened, by whatever they signed in, and where asked the tokens
 * that act for them; answers the ids. Their sign-ins that went to a provider before it begin no session. It passes the gate, so it is the first thing of its transaction.
 */
export async function endSignalledAccess(
  scope: TransactionScope,
  authorship: Authorship,
  { userId, signInConnection, cause, happenedAt, endsTokens }: SignalledEnd,
): Promise<string[]> {
  const { accountId } = authorship;
  const names = [nameOfPerson(userId)];
  await holdEnded(accountId, names).execute(scope.sql);
  const held = await hold(scope, accountId, {
    people: [userId],
    usedSignInConnection: signInConnection.id,
  });
  if (held.findPerson(userId) === undefined) return [];
  const latest = sql`(${happenedAt}::timestamptz + interval ${CLOCK_SKEW})`;
  await rememberEnded(accountId, names, latest).execute(scope.sql);
  const before = sql<boolean>`created_at <= ${latest}`;
  const sessions = await scope.sql
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where(before)
    .returning(['id', 'user_id'])
    .execute();
  const tokens = endsTokens
    ? await scope.sql
        .updateTable('tokens')
        .set({ revoked_at: sql<Date>`now()` })
        .where('account_id', '=', accountId)
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .where(before)
        .returning(['id', 'user_id'])
        .execute()
    : [];
  // Whoever has their mailbox could set a password by a link.
  if (endsTokens)
    await scope.sql
      .deleteFrom('password_resets')
      .where('account_id', '=', accountId)
      .where('user_id', '=', userId)
      .execute();
  await tellSessionsEnded(scope.sql, authorship, {
    sessions,
    tokens: tokens.map(({ id }) => ({ id, user_id: userId })),
    cause,
    signInConnection,
  });
  return [...sessions, ...tokens].map(({ id }) => id);
}
