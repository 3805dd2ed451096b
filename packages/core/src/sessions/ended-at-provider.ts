import { type RawBuilder, sql } from 'kysely';
import { digestOf } from '../authorization/secret.ts';
import { lockObjects, shareObjects } from '../database/advisory-lock.ts';
import type { Sql } from '../database/database.ts';

/** Who a provider said somebody is, by which connection, and in which session of its own where it names those. */
interface SaidOfSession {
  readonly signInConnectionId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly sid: string | null;
}

/** What a provider ends: sessions of its own, a subject in such sessions, or a subject everywhere when it names none. */
interface EndOfSessions extends Pick<SaidOfSession, 'signInConnectionId' | 'issuer'> {
  readonly subject: string | null;
  readonly sids: readonly string[];
}

/** What ends, by digests that are equal where a logout means a sign-in. */
export type EndedNames = readonly string[];

const nameOf = (...parts: readonly string[]): string => digestOf(JSON.stringify(parts));

/** What a logout ends. A subject of whom no session was named may be in one of those. */
export function namesOfLogout({ signInConnectionId: id, issuer, subject, sids }: EndOfSessions): EndedNames {
  const named = [...new Set(sids)];
  if (subject === null) return named.map((sid) => nameOf('session', id, issuer, sid));
  if (named.length === 0) return [nameOf('subject', id, issuer, subject)];
  return [
    nameOf('subject in some session', id, issuer, subject),
    ...named.map((sid) => nameOf('subject in session', id, issuer, subject, sid)),
  ];
}

/** By what a sign-in is ended. */
export function namesOfSignIn({ signInConnectionId: id, issuer, subject, sid }: SaidOfSession): EndedNames {
  const everywhere = nameOf('subject', id, issuer, subject);
  return sid === null
    ? [everywhere, nameOf('subject in some session', id, issuer, subject)]
    : [
        everywhere,
        nameOf('session', id, issuer, sid),
        nameOf('subject in session', id, issuer, subject, sid),
      ];
}

/** A person who is ended by whatever provider they come. */
export const nameOfPerson = (userId: string): string => nameOf('person', userId);

/** Longer than a sign-in may be at the provider, and its answer under way. */
const KEPT_SECONDS = 15 * 60;

/**
 * Waits for the sign-ins that are about to begin a session from what ends, and keeps later ones waiting; before the gate, like
 * all advisory locks.
 */
export const holdEnded = (accountId: string, names: EndedNames): RawBuilder<unknown> =>
  lockObjects(accountId, names.toSorted());

/** The same for a sign-in, which waits for what is being ended and for no other sign-in. */
export const shareEnded = (accountId: string, names: EndedNames): RawBuilder<unknown> =>
  shareObjects(accountId, names.toSorted());

/**
 * Remembers what ends, which the transaction holds, as of now or of when it happened; and forgets some of what no sign-in can
 * come from any more.
 */
export const rememberEnded = (
  accountId: string,
  names: EndedNames,
  happenedAt: RawBuilder<unknown> = sql`now()`,
): RawBuilder<unknown> =>
  sql`WITH forgotten AS (
      DELETE FROM ended_at_provider WHERE (account_id, digest) IN (
        SELECT f.account_id, f.digest FROM ended_at_provider f
        WHERE f.ended_at < now() - make_interval(secs => ${KEPT_SECONDS}) AND f.digest <> ALL (${[...names]}::text[])
        ORDER BY f.ended_at LIMIT ${names.length + 10} FOR UPDATE SKIP LOCKED))
    INSERT INTO ended_at_provider (account_id, digest, ended_at)
    SELECT ${accountId}::uuid, n, least(now(), ${happenedAt}) FROM unnest(${[...names]}::text[]) AS n ORDER BY n
    ON CONFLICT (account_id, digest) DO UPDATE SET ended_at = greatest(excluded.ended_at, ended_at_provider.ended_at)`;

/** Has one of these been ended since a sign-in went to the provider? What it comes from is then no more. */
export async function isEndedSince(
  db: Sql,
  accountId: string,
  { names, beganAt }: { readonly names: EndedNames; readonly beganAt: Date },
): Promise<boolean> {
  const ended = await db
    .selectFrom('ended_at_provider')
    .select('digest')
    .where('account_id', '=', accountId)
    .where('digest', 'in', [...names])
    .where('ended_at', '>=', beganAt)
    .executeTakeFirst();
  return ended !== undefined;
}
