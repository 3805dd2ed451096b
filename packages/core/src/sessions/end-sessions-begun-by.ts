import { sql } from 'kysely';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Authorship } from '../model/event.ts';
import { tellSessionsEnded } from './tell-sessions-ended.ts';

/** Sessions that began by a sign-in connection, of everybody or of one subject; their people are held. */
export interface SessionsBegunBy {
  readonly signInConnection: { readonly id: string; readonly name: string };
  readonly subject?: string | null;
}

/** Ends them, but for the one that asks, with an event for each person; a fixed number of statements. */
export async function endSessionsBegunBy(
  db: Sql,
  authorship: Authorship,
  viewer: SignedInViewer,
  { signInConnection, subject = null }: SessionsBegunBy,
): Promise<void> {
  const kept = viewer.kind === 'USER' ? viewer.sessionId : null;
  const ended = await db
    .deleteFrom('sessions')
    .where('account_id', '=', authorship.accountId)
    .where(
      'id',
      'in',
      sql<string>`(SELECT p.session_id FROM provider_sessions p WHERE p.account_id = ${authorship.accountId}::uuid
        AND p.sign_in_connection_id = ${signInConnection.id}::uuid AND (${subject}::text IS NULL OR p.subject = ${subject})
        AND p.session_id IS DISTINCT FROM ${kept}::uuid)`,
    )
    .returning(['id', 'user_id'])
    .execute();
  await tellSessionsEnded(db, authorship, { sessions: ended, signInConnection });
}
