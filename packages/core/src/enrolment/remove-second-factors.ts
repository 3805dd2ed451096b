import { credentialPowersOf, exceedsPowers } from '../authorization/credential-powers.ts';
import { assertMeets, personOf, type SignedInViewer } from '../authorization/viewer.ts';
import type { Work } from '../database/work.ts';
import { firstPermissionBeyond } from '../directory/sign-in-change.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import { line } from '../mail/mail-text.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Authorship } from '../model/event.ts';
import { secondFactorsOf } from '../second-factors/find-second-factors.ts';
import { mailFactorNews } from '../sign-in/factor-mails.ts';
import { stampPeople } from '../users/stamp-people.ts';

/** By whom, and how, somebody's second factors are removed. */
export interface RemoveSecondFactorsScope {
  readonly work: Work;
  readonly authorship: Authorship;
  readonly viewer: SignedInViewer;
  readonly outbox: Outbox | undefined;
}

/**
 * Removes all second factors of somebody who lost them, and answers which. Nobody does that to themselves, nor to whoever may
 * do more than they; and no token does, only people who are signed in, and the operator.
 *
 * @throws DomainError INVALID_INPUT, NOT_FOUND, FORBIDDEN
 */
export function removeSecondFactors(
  { work, authorship, viewer, outbox }: RemoveSecondFactorsScope,
  userId: string,
): Promise<{ readonly userId: string; readonly removed: readonly string[] }> {
  if (viewer.kind === 'TOKEN')
    throw invalidInput(
      'authorization',
      'is a token. Second factors of others are removed by people who are signed in.',
    );
  if (userId.toLowerCase() === personOf(viewer))
    throw invalidInput('userId', 'is you. Remove your own second factors one by one, in your profile.');
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, { viewer, people: [userId] });
    assertMeets({ ...viewer, permissions: held.own }, 'users:write');
    const person = held.person(userId, 'userId');
    const powers = credentialPowersOf({ ...viewer, permissions: held.own });
    const beyond = await firstPermissionBeyond(scope.sql, {
      accountId,
      userId: person.id,
      limits: powers.limits,
    });
    if (beyond !== null) throw exceedsPowers(powers, 'userId', beyond);
    const removed = await secondFactorsOf(scope.sql, accountId, person.id);
    if (removed.length === 0)
      throw invalidInput('userId', 'names somebody without a second factor. There is nothing to remove.');
    for (const table of ['totp_secrets', 'passkeys', 'recovery_codes'] as const)
      await scope.sql
        .deleteFrom(table)
        .where('account_id', '=', accountId)
        .where('user_id', '=', person.id)
        .execute();
    await stampPeople(accountId, [person.id]).execute(scope.sql);
    const subject = { type: 'USER', id: person.id, label: person.displayName ?? person.userName } as const;
    const changes = [{ field: 'secondFactors', before: removed, after: null }];
    await recordEvent(authorship, { type: 'USER_SECOND_FACTOR_REMOVED', subject, changes }).execute(
      scope.sql,
    );
    await mailFactorNews(scope, outbox, person, (where) => ({
      subject: `Your second factors for ${where} were removed`,
      what: `${line(authorship.actor.name)} removed all your second factors, so that you sign in to ${where} with your password alone until you set one up again.`,
    }));
    return { userId: person.id, removed };
  });
}
