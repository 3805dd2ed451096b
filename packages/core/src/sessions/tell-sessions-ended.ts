import { sql } from 'kysely';
import { CREDENTIALS_CHANNEL } from '../authorization/end-access.ts';
import type { Sql } from '../database/database.ts';
import { recordEvents, unrelated } from '../events/record-events.ts';
import type { Authorship, EventParty } from '../model/event.ts';
import { stampPeople } from '../users/stamp-people.ts';

/** Who had sessions ended other than by signing out, and why, where it was not a person who did it. */
export interface EndedSessions {
  readonly sessions: readonly { readonly id: string; readonly user_id: string }[];
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
  { sessions, cause, signInConnection }: EndedSessions,
): Promise<void> {
  if (sessions.length === 0) return;
  const { accountId } = authorship;
  const counts = new Map<string, number>();
  for (const { user_id } of sessions) counts.set(user_id, (counts.get(user_id) ?? 0) + 1);
  await stampPeople(accountId, [...counts.keys()]).execute(db);
  const told = cause === undefined ? [] : [{ field: 'cause', before: null, after: cause }];
  const source = sql`SELECT 'USER_SESSIONS_ENDED', 'USER', u.id, coalesce(u.display_name, u.user_name), ${relatedTo(signInConnection)},
      jsonb_build_array(jsonb_build_object('field', 'sessions', 'before', NULL, 'after', c.count)) || ${JSON.stringify(told)}::jsonb
    FROM unnest(${[...counts.keys()]}::uuid[], ${[...counts.values()]}::int[]) AS c (user_id, count)
    JOIN users u ON u.account_id = ${accountId}::uuid AND u.id = c.user_id`;
  await recordEvents(authorship, source).execute(db);
  await sql`SELECT pg_notify(${CREDENTIALS_CHANNEL}, id) FROM unnest(${sessions.map(({ id }) => id)}::text[]) AS ended (id)`.execute(
    db,
  );
}

const relatedTo = (connection: (Pick<EventParty, 'id'> & { readonly name: string }) | undefined) =>
  connection === undefined
    ? unrelated
    : sql`'SIGN_IN_CONNECTION', ${connection.id}::uuid, ${connection.name}::text`;
