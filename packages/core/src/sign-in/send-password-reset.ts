import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Work } from '../database/work.ts';
import { assertWithinPowers } from '../directory/within-powers.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Authorship } from '../model/event.ts';
import { signInLimits } from '../passwords/sign-in-limits.ts';
import { assertSignsInHere } from '../strict-profile/managed-by.ts';
import { stampPeople } from '../users/stamp-people.ts';
import { accountNameOf, countOpenResets } from './glances.ts';
import { mailAddressOf } from './person-mail.ts';
import { newResetLink } from './reset-links.ts';
import { resetMail } from './reset-mails.ts';
import { beginSentReset } from './sign-in-attempts.ts';

const { maxOpenResets } = signInLimits;

/** By whom a link is sent, and with what. */
export interface SendResetScope {
  readonly work: Work;
  readonly authorship: Authorship;
  readonly viewer: SignedInViewer;
  readonly outbox: Outbox;
}

/**
 * Sends a person a link to set their password, and answers to which address. Only to those who may do no more than whoever
 * sends it, who otherwise could set their e-mail address first and have the link themselves. Nobody's mailbox is filled: a person
 * has five links that work, and an address waits longer for each after as many.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, FORBIDDEN, RATE_LIMITED
 */
export function sendPasswordReset(
  { work, authorship, viewer, outbox }: SendResetScope,
  userId: string,
): Promise<{ readonly userId: string; readonly address: string }> {
  const { accountId } = authorship;
  return work.transaction(async (scope) => {
    const held = await hold(scope, accountId, { viewer, people: [userId] });
    const person = held.person(userId, 'userId');
    const limits = await assertWithinPowers(scope, { held, viewer, field: 'userId' }, person);
    await assertSignsInHere(scope.sql, { accountId, userId: person.id, field: 'userId' });
    if (person.status !== 'ACTIVE')
      throw invalidInput('userId', 'names somebody who is switched off. Switch them on first.');
    const address = mailAddressOf(person);
    if (address === undefined)
      throw invalidInput('userId', 'names somebody without an e-mail address. Give them one first.');
    if ((await countOpenResets(scope.sql, accountId, person.id)) >= maxOpenResets) throw tooMany();
    // Many people may have one address.
    await beginSentReset(scope.sql, address);
    const url = await newResetLink(scope.sql, outbox, { accountId, userId: person.id, address, limits });
    const accountName = await accountNameOf(scope.sql, accountId);
    const mail = resetMail(address, [{ accountName, url }], authorship.actor.name);
    await outbox.post(scope.sql, { accountId, userId: person.id, mail });
    await stampPeople(accountId, [person.id]).execute(scope.sql);
    const subject = { type: 'USER', id: person.id, label: person.displayName ?? person.userName } as const;
    const changes = [{ field: 'email', before: null, after: address }];
    await recordEvent(authorship, { type: 'USER_PASSWORD_RESET_SENT', subject, changes }).execute(scope.sql);
    return { userId: person.id, address };
  });
}

const tooMany = (): DomainError =>
  new DomainError(
    'RATE_LIMITED',
    `userId: this person has been sent ${maxOpenResets} links within an hour, and they still work. Have them look for the newest.`,
    { field: 'userId', retryAfter: 600 },
  );
