import { type RawBuilder, sql } from 'kysely';
import { newSecret } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { Outbox } from '../mail/outbox.ts';
import { signInLimits } from '../passwords/sign-in-limits.ts';
import { newId } from '../text/uuid.ts';

/** How long a link to set a password is good. */
const GOOD_FOR_MS = signInLimits.resetMinutes * 60 * 1000;

/** Where people set their password; on the page alone, they ask for a link. */
export const resetPage = ({ adminUrl }: Outbox): string => `${adminUrl}/set-password`;

/** Whose password a link sets, and until what changes. */
export interface NewReset {
  readonly accountId: string;
  readonly userId: string;
  /** Where it is sent. */
  readonly address: string;
  /** What the person may do at most; the account's default roles say so for null. */
  readonly limits: readonly string[] | null;
}

/** Makes a link. The secret is behind the #, which browsers send nobody, so that no log has it. */
export async function newResetLink(db: Sql, outbox: Outbox, reset: NewReset): Promise<string> {
  const id = newId();
  const { secret, digest } = newSecret('reset', id);
  await forgetSomeExpired.execute(db);
  const row = {
    account_id: reset.accountId,
    id,
    user_id: reset.userId,
    digest,
    address: reset.address,
    limits: reset.limits === null ? null : [...reset.limits],
    expires_at: new Date(Date.now() + GOOD_FOR_MS),
  };
  await db.insertInto('password_resets').values(row).execute();
  return `${resetPage(outbox)}#${secret}`;
}

/** How many links of the row `u` of users are good. */
export const openResets: RawBuilder<number> = sql`(SELECT count(*)::int FROM password_resets r
  WHERE r.account_id = u.account_id AND r.user_id = u.id AND r.expires_at > now())`;

const forgetSomeExpired = sql`DELETE FROM password_resets WHERE id IN (
  SELECT r.id FROM password_resets r WHERE r.expires_at < now() ORDER BY r.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED)`;

/** The outbox, where there is one. @throws DomainError UNAVAILABLE */
export function outboxOf({ outbox }: { readonly outbox: Outbox | undefined }): Outbox {
  if (outbox !== undefined) return outbox;
  throw new DomainError(
    'UNAVAILABLE',
    'This installation sends no mails, so nothing was done. Ask your admin for a password; whoever runs the server can set ROLLCALL_SMTP_URL and ROLLCALL_MAIL_FROM.',
  );
}
