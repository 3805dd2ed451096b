import { sql } from 'kysely';
import { parseSecret } from '../authorization/secret.ts';
import { lockObject } from '../database/advisory-lock.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { firstPermissionBeyond } from '../directory/sign-in-change.ts';
import { type DomainError, invalidInput } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import { hashPassword } from '../passwords/password.ts';
import { checkSize, MAX_TEXT_LENGTH } from '../text/text-rules.ts';
import { glanceAtReset } from './glances.ts';
import { checkPasswordOf } from './known-person.ts';
import { isReachedAt } from './person-mail.ts';
import { setOwnPassword } from './set-password.ts';
import { rememberLinkUsed } from './sign-in-attempts.ts';

/** With what a link is used. */
export interface ResetScope {
  readonly work: Work;
  readonly outbox: Outbox | undefined;
  readonly requestId: string;
  /** From where the link is used. */
  readonly address: string | undefined;
}

/** Whose password was set. */
export interface PasswordOwner {
  readonly accountId: string;
  readonly userName: string;
}

/**
 * Sets the password of whoever was sent this token. It works once: of two who use it at the same moment one does. It works no
 * more when the person was switched off meanwhile, got another address, or may do more than when it was sent.
 *
 * @throws DomainError INVALID_INPUT
 */
export async function resetPassword(
  { work, outbox, requestId, address }: ResetScope,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<PasswordOwner> {
  checkSize(password, 'password', MAX_TEXT_LENGTH);
  const secret = parseSecret(token.trim());
  if (secret?.kind !== 'reset') throw noLongerGood();
  const reset = await glanceAtReset(work.db, secret);
  if (reset === undefined) throw noLongerGood();
  const { accountId, userId } = reset;
  if (!(await checkPasswordOf(work.db, reset, { password, field: 'password' }))) throw noLongerGood();
  const digest = await hashPassword(password);
  return work.transaction(async (scope) => {
    await lockObject(accountId, userId).execute(scope.sql);
    const person = (await hold(scope, accountId, { people: [userId] })).findPerson(userId);
    const used = await useUp(scope.sql, accountId, secret.id);
    if (person?.status !== 'ACTIVE' || used === undefined || !isReachedAt(person, used.address))
      throw noLongerGood();
    const { limits } = used;
    if ((await firstPermissionBeyond(scope.sql, { accountId, userId, limits })) !== null)
      throw noLongerGood();
    // Whoever guessed in vain before, or had others guess, signs in from there without waiting.
    await rememberLinkUsed(scope.sql, accountId, { email: person.userName, address });
    await setOwnPassword(scope, person, { digest, requestId, keptSessionId: null, outbox });
    return { accountId, userName: person.userName };
  });
}

/** Takes the link away, if it is still there. */
async function useUp(
  db: Sql,
  accountId: string,
  id: string,
): Promise<{ readonly address: string; readonly limits: string[] | null } | undefined> {
  return db
    .deleteFrom('password_resets')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['address', 'limits'])
    .executeTakeFirst();
}

const noLongerGood = (): DomainError =>
  invalidInput(
    'token',
    'is no longer good: a link works once, for an hour, and only for who it was sent to. Ask for a new one.',
  );
