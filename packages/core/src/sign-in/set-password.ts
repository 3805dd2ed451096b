import { sql } from 'kysely';
import { endSessionsOf } from '../authorization/end-access.ts';
import type { TransactionScope } from '../database/work.ts';
import { recordEvent } from '../events/record-events.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Authorship } from '../model/event.ts';
import type { User } from '../model/user.entity.ts';
import { assertSignsInHere } from '../strict-profile/managed-by.ts';
import { accountNameOf } from './glances.ts';
import { mailAddressOf } from './person-mail.ts';
import { resetPage } from './reset-links.ts';
import { passwordChangedMail } from './reset-mails.ts';

/** A password of somebody's own choice. */
export interface OwnPassword {
  readonly digest: string;
  readonly requestId: string;
  /** The session that stays; the others end, and so do links to set a password. */
  readonly keptSessionId: string | null;
  readonly outbox: Outbox | undefined;
}

/**
 * Gives a person who is held the password that they chose, ends what the one before opened, and writes to them.
 *
 * @throws DomainError MANAGED_BY_CONNECTION
 */
export async function setOwnPassword(
  scope: TransactionScope,
  person: User,
  { digest, requestId, keptSessionId, outbox }: OwnPassword,
): Promise<void> {
  const { accountId, id } = person;
  await assertSignsInHere(scope.sql, { accountId, userId: id, field: 'password' });
  person.passwordDigest = digest;
  person.version += 1;
  person.updatedAt = new Date();
  await scope.em.flush();
  await sql`WITH ${endSessionsOf(accountId, sql`SELECT ${id}::uuid`, keptSessionId)} SELECT count(*) FROM told`.execute(
    scope.sql,
  );
  const label = person.displayName ?? person.userName;
  const authorship: Authorship = {
    accountId,
    actor: { kind: 'USER', id, name: label },
    connectionId: null,
    requestId,
  };
  // A secret's change tells neither value.
  const changes = [{ field: 'password', before: null, after: null }];
  const subject = { type: 'USER', id, label } as const;
  await recordEvent(authorship, { type: 'USER_UPDATED', subject, changes }).execute(scope.sql);
  const address = mailAddressOf(person);
  if (outbox === undefined || address === undefined) return;
  const accountName = await accountNameOf(scope.sql, accountId);
  const mail = passwordChangedMail(address, accountName, resetPage(outbox));
  await outbox.post(scope.sql, { accountId, userId: id, mail });
}
