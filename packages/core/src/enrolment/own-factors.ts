import type { UserViewer } from '../authorization/viewer.ts';
import type { TransactionScope, Work } from '../database/work.ts';
import { invalidInput, notFound } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { PropertyChange } from '../model/event.ts';
import type { User } from '../model/user.entity.ts';
import { secondFactorPolicyNow } from '../second-factors/asked-factors.ts';
import { findPasskeysOf, secondFactorsOf } from '../second-factors/find-second-factors.ts';
import { mailFactorNews } from '../sign-in/factor-mails.ts';
import { tellOwnDoing } from '../sign-in/tell-own-doing.ts';
import { checkName } from '../text/text-rules.ts';
import { isUuid } from '../text/uuid.ts';
import { makeRecoveryCodes } from './factor-added.ts';

/** By whom, and how, somebody changes their own second factors. */
export interface OwnFactorsScope {
  readonly work: Work;
  readonly viewer: UserViewer;
  readonly outbox: Outbox | undefined;
  readonly requestId: string;
}

/** Removes the authenticator app of whoever is signed in. @throws DomainError INVALID_INPUT, NOT_FOUND */
export const removeTotp = (scope: OwnFactorsScope): Promise<void> =>
  changing(scope, async (transaction, person) => {
    const { numDeletedRows } = await transaction.sql
      .deleteFrom('totp_secrets')
      .where('account_id', '=', person.accountId)
      .where('user_id', '=', person.id)
      .where('confirmed_at', 'is not', null)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw invalidInput('input', 'you have no authenticator app.');
    const changes = [{ field: 'secondFactor', before: 'TOTP', after: null }];
    await factorRemoved(transaction, scope, person, { what: 'Your authenticator app', changes });
  });

/** Removes a passkey of whoever is signed in. @throws DomainError INVALID_INPUT, NOT_FOUND */
export const removePasskey = (scope: OwnFactorsScope, id: string): Promise<void> =>
  changing(scope, async (transaction, person) => {
    const removed = isUuid(id)
      ? await transaction.sql
          .deleteFrom('passkeys')
          .where('account_id', '=', person.accountId)
          .where('user_id', '=', person.id)
          .where('id', '=', id)
          .returning('name')
          .executeTakeFirst()
      : undefined;
    if (removed === undefined) throw notFound('passkey of yours', id);
    const changes = [
      { field: 'secondFactor', before: 'PASSKEY', after: null },
      { field: 'name', before: removed.name, after: null },
    ];
    await factorRemoved(transaction, scope, person, { what: 'A passkey', changes });
  });

/** Gives a passkey of whoever is signed in another name. @throws DomainError INVALID_INPUT, NOT_FOUND */
export function renamePasskey(
  scope: OwnFactorsScope,
  { id, name: given }: { readonly id: string; readonly name: string },
): Promise<void> {
  const name = checkName(given, 'name');
  return changing(scope, async (transaction, person) => {
    const { accountId, id: userId } = person;
    const [passkeys = []] = await findPasskeysOf(transaction.sql, accountId, [userId]);
    const before = passkeys.find((each) => each.id === id.toLowerCase());
    if (before === undefined) throw notFound('passkey of yours', id);
    if (before.name === name) return;
    await transaction.sql
      .updateTable('passkeys')
      .set({ name })
      .where('account_id', '=', accountId)
      .where('id', '=', before.id)
      .execute();
    await tellOwnDoing(transaction, {
      type: 'USER_SECOND_FACTOR_RENAMED',
      person,
      request: { accountId, connectionId: null, requestId: scope.requestId },
      changes: [{ field: 'name', before: before.name, after: name }],
    });
  });
}

/** New recovery codes for whoever is signed in and has a second factor; those of before are good no more. @throws DomainError INVALID_INPUT */
export const renewRecoveryCodes = (scope: OwnFactorsScope): Promise<string[]> =>
  changing(scope, async (transaction, person) => {
    const { accountId, id } = person;
    if ((await secondFactorsOf(transaction.sql, accountId, id)).length === 0)
      throw invalidInput(
        'input',
        'recovery codes stand in for a second factor, and you have none. Set one up first.',
      );
    const codes = await makeRecoveryCodes(transaction, person);
    await tellOwnDoing(transaction, {
      type: 'USER_RECOVERY_CODES_RENEWED',
      person,
      request: { accountId, connectionId: null, requestId: scope.requestId },
    });
    await mailFactorNews(transaction, scope.outbox, person, (where) => ({
      subject: `Your recovery codes for ${where} are new ones`,
      what: `New recovery codes for ${where} were made. Those of before are good no more.`,
    }));
    return codes;
  });

function changing<Result>(
  { work, viewer }: OwnFactorsScope,
  change: (transaction: TransactionScope, person: User) => Promise<Result>,
): Promise<Result> {
  const { accountId, userId } = viewer;
  return work.transaction(async (transaction) => {
    const held = await hold(transaction, accountId, { viewer, people: [userId] });
    return change(transaction, held.person(userId));
  });
}

interface Removal {
  readonly what: string;
  readonly changes: readonly PropertyChange[];
}

/** What follows when a second factor is gone: with the last one its recovery codes go, unless the account wants one. */
async function factorRemoved(
  transaction: TransactionScope,
  { requestId, outbox }: OwnFactorsScope,
  person: User,
  { what, changes }: Removal,
): Promise<void> {
  const { accountId, id } = person;
  if ((await secondFactorsOf(transaction.sql, accountId, id)).length === 0) {
    if ((await secondFactorPolicyNow(transaction.sql, accountId)) !== 'OPTIONAL')
      throw invalidInput(
        'input',
        'it is your last second factor, and this account asks for one. Set up another one first.',
      );
    await transaction.sql
      .deleteFrom('recovery_codes')
      .where('account_id', '=', accountId)
      .where('user_id', '=', id)
      .execute();
  }
  const request = { accountId, connectionId: null, requestId };
  await tellOwnDoing(transaction, { type: 'USER_SECOND_FACTOR_REMOVED', person, request, changes });
  await mailFactorNews(transaction, outbox, person, (where) => ({
    subject: `A second factor for ${where} was removed`,
    what: `${what} is no longer taken when you sign in to ${where}.`,
  }));
}
