import { sql } from 'kysely';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import type { Sql } from '../database/database.ts';
import { recordEvents, unrelated } from '../events/record-events.ts';
import type { Authorship, EventParty } from '../model/event.ts';
import { stampPeople } from '../users/stamp-people.ts';

interface Ended {
  readonly id: string;
  readonly user_id: string;
}

/** Who had sessions ended other than by signing out, and why, where it was not a person who did it. */
export interface EndedSessions {
  readonly sessions: readonly Ended[];
  /** Tokens that acted for them and ended with the sessions. */
  readonly tokens?: readonly Ended[];
  readonly cause?: SessionEndCause;
  /** The sign-in connection by whose provider they were ended. */
  readonly signInConnection?: { readonly id: string; readonly name: string };
}

/** What of an identity provider's doing ended sessions. */
export type SessionEndCause =
  | 'BACK_CHANNEL_LOGOUT'
  | 'SAML_SINGLE_LOGOUT'
  | 'SESSION_REVOKED'
  | 'CREDENTIAL_CHANGE';

/** Logs for each person how many of their sessions ended, and tells every process which. The people are held. */
export async function tellSessionsEnded(
  db: Sql,
  authorship: Authorship,
  { sessions, tokens = [], cause, signInConnection }: EndedSessions,
): Promise<void> {
  const ended = [...sessions, ...tokens];
  if (ended.length === 0) return;
  const { accountId } = authorship;
  const people = [...new Set(ended.map(({ user_id }) => user_id))];
  const countsOf = (these: readonly Ended[]) =>
    people.map((id) => these.filter(({ user_id }) => user_id === id).length);
  await stampPeople(accountId, people).execute(db);
  const source = sql`SELECT 'USER_SESSIONS_ENDED', 'USER', u.id, coalesce(u.display_name, u.user_name), ${relatedTo(signInConnection)},
      (SELECT jsonb_agg(jsonb_build_object('field', t.field, 'before', NULL, 'after', t.after)) FROM (VALUES
        ('sessions', to_jsonb(c.sessions)), ('tokens', to_jsonb(nullif(c.tokens, 0))), ('cause', to_jsonb(${cause ?? null}::text))
      ) AS t (field, after) WHERE t.after IS NOT NULL)
    FROM unnest(${people}::uuid[], ${countsOf(sessions)}::int[], ${countsOf(tokens)}::int[]) AS c (user_id, sessions, tokens)
    JOIN users u ON u.account_id = ${accountId}::uuid AND u.id = c.user_id`;
  await recordEvents(authorship, source).execute(db);
  await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, id) FROM unnest(${ended.map(({ id }) => id)}::text[]) AS ended (id)`.execute(
    db,
  );
}

const relatedTo = (connection: (Pick<EventParty, 'id'> & { readonly name: string }) | undefined) =>
  connection === undefined
    ? unrelated
    : sql`'SIGN_IN_CONNECTION', ${connection.id}::uuid, ${connection.name}::text`;
