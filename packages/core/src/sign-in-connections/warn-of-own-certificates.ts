import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import { accountPermissions } from '../authorization/permissions.ts';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { committedWork } from '../database/work.ts';
import { keepLooking } from '../jobs/keep-looking.ts';
import type { Outbox } from '../mail/outbox.ts';
import { holdRecipients, mailRecipients } from '../sign-in/mail-recipients.ts';
import { EXPIRES_SOON_DAYS, nearnessOf } from '../tokens/expiry.ts';
import { type ExpiringCertificate, ownCertificateMail } from './own-certificate-mail.ts';

export interface OwnCertificateWarning {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly outbox: Outbox;
  readonly log: Logger;
}

/** How soon it is looked whether there is a certificate to warn of. */
const LOOK_AGAIN_MS = 10 * 60 * 1000;

/**
 * Warns of the certificates that we sign with for providers of SAML, 30, 7 and 1 days before they end, each in one process. The
 * function that is answered ends it.
 */
export const keepWarningOfOwnCertificates = (warning: OwnCertificateWarning): (() => Promise<void>) =>
  keepLooking({
    notifications: warning.notifications,
    doNext: () => warnOfNextCertificate(warning),
    restMs: LOOK_AGAIN_MS,
    failed: 'The certificates that expire could not be read.',
    log: warning.log,
  });

/**
 * Has a mail sent to those who may renew the key pair of the sign-in connection whose certificate is to be warned of next; answers of how many it
 * did so: one or none. That it did is written with the mails, so that no process does it again.
 */
export const warnOfNextCertificate = ({
  database,
  outbox,
}: Pick<OwnCertificateWarning, 'database' | 'outbox'>): Promise<number> =>
  committedWork(database).transaction(async ({ sql: db }) => {
    const [next] = (await nextDue.execute(db)).rows;
    if (next === undefined) return 0;
    const { account_id: accountId, id } = next;
    const people = await holdRecipients(db, accountId, {
      permission: 'sign-in:write',
      andAll: accountPermissions,
    });
    const [connection] = (await takeWarned(accountId, id).execute(db)).rows;
    if (connection === undefined) return 0;
    await mailRecipients(db, outbox, {
      accountId,
      people,
      mailTo: (address) => ownCertificateMail(address, connection, outbox.adminUrl),
    });
    return 1;
  });

const nearness = nearnessOf(sql`c.own_certificate_expires_at`);

/** Whether the certificate of the sign-in connection `c` was not warned of since its end came that near. */
const isDue = sql`c.own_certificate_expires_at > now() AND c.enabled
  AND c.own_certificate_expires_at <= now() + make_interval(days => ${sql.lit(EXPIRES_SOON_DAYS)})
  AND (c.own_certificate_warned_days IS NULL OR c.own_certificate_warned_days > ${nearness})`;

const nextDue: RawBuilder<{ account_id: string; id: string }> = sql`
  SELECT c.account_id, c.id FROM sign_in_connections c WHERE ${isDue} LIMIT 1`;

/** Notes that it was warned of, and answers what a mail says; nothing where another process did so meanwhile. */
const takeWarned = (accountId: string, id: string): RawBuilder<ExpiringCertificate> => sql`
  WITH warned AS (
    UPDATE sign_in_connections c SET own_certificate_warned_days = ${nearness}
    WHERE c.account_id = ${accountId}::uuid AND c.id = ${id}::uuid AND ${isDue}
    RETURNING c.account_id, c.id, c.name, c.own_certificate_expires_at AS expires_at)
  SELECT w.*, a.name AS account_name FROM warned w JOIN accounts a ON a.id = w.account_id`;
