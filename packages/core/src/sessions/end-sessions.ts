import { sql } from 'kysely';
import { assertMeets, type SignedInViewer } from '../authorization/viewer.ts';
import type { Work } from '../database/work.ts';
import { assertWithinPowers } from '../directory/within-powers.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { isUuid } from '../text/uuid.ts';
import { tellSessionsEnded } from './tell-sessions-ended.ts';

/** Whose sessions are to end, and which. */
export interface SessionsToEnd {
  /** Whoever asks, when left out. */
  readonly userId?: string | null;
  /** These; all when left out. */
  readonly sessionIds?: readonly string[] | null;
  /** All but the one that asks. */
  readonly othersOnly?: boolean | null;
}

/**
 * Ends sessions, everywhere at once, and answers their ids. Everybody ends their own; those of others who may change people,
 * of such as may do no more than they may. What is over already is passed over.
 *
 * @throws DomainError INVALID_INPUT, NOT_FOUND, FORBIDDEN
 */
export function endSessions(
  work: Work,
  authorship: Authorship,
  viewer: SignedInViewer,
  { userId: named, sessionIds, othersOnly }: SessionsToEnd,
): Promise<string[]> {
  const { accountId } = authorship;
  const own = viewer.kind === 'USER' ? viewer.userId : null;
  const userId = named ?? own;
  if (userId === null)
    throw invalidInput(
      'userId',
      'is required: this credential is no session. Name whose sessions are to end.',
    );
  if (othersOnly === true && sessionIds != null)
    throw invalidInput('othersOnly', 'goes without sessionIds. Leave one of them out.');
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, { viewer, people: [userId] });
    if (userId.toLowerCase() !== own) assertMeets({ ...viewer, permissions: held.own }, 'users:write');
    const person = held.person(userId, 'userId');
    if (person.id !== own) await assertWithinPowers(scope, { held, viewer, field: 'userId' }, person);
    const kept = othersOnly === true && viewer.kind === 'USER' ? viewer.sessionId : null;
    const ended = await scope.sql
      .deleteFrom('sessions')
      .where('account_id', '=', accountId)
      .where('user_id', '=', person.id)
      .$if(sessionIds != null, (those) =>
        those.where('id', '=', sql<string>`ANY(${(sessionIds ?? []).filter(isUuid)}::uuid[])`),
      )
      .$if(kept !== null, (those) => those.where('id', '<>', kept ?? ''))
      .returning(['id', 'user_id'])
      .execute();
    await tellSessionsEnded(scope.sql, authorship, { sessions: ended });
    return ended.map(({ id }) => id);
  });
}
