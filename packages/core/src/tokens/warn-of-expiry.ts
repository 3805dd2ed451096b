import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { PermissionId } from '../authorization/permissions.ts';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { committedWork } from '../database/work.ts';
import { keepLooking } from '../jobs/keep-looking.ts';
import type { Outbox } from '../mail/outbox.ts';
import { mailThoseWhoMay } from '../sign-in/mail-those-who-may.ts';
import { EXPIRES_SOON_DAYS, expiresWithin, nearnessOf } from './expiry.ts';
import { type ExpiringToken, expiryMail } from './expiry-mail.ts';

export interface ExpiryWarning {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly outbox: Outbox;
  readonly log: Logger;
}

/** How soon it is looked whether there is a token to warn of. */
const LOOK_AGAIN_MS = 10 * 60 * 1000;
/** What allows somebody to replace a token. */
const MAY_CHANGE_TOKENS: PermissionId = 'tokens:write';

/** Warns of tokens 30, 7 and 1 days before they expire, each account in one process. The function that is answered ends it. */
export const keepWarningOfExpiry = (warning: ExpiryWarning): (() => Promise<void>) =>
  keepLooking({
    notifications: warning.notifications,
    doNext: () => warnNextAccount(warning),
    restMs: LOOK_AGAIN_MS,
    failed: 'The tokens that expire could not be read.',
    log: warning.log,
  });

/**
 * Has a mail sent to those who may change the tokens of an account that has some to be warned of, at most once a day; answers
 * of how many accounts it did so: one or none. What it warned of is written with the mails, so that no process does it again.
 */
export const warnNextAccount = ({
  database,
  outbox,
}: Pick<ExpiryWarning, 'database' | 'outbox'>): Promise<number> =>
  committedWork(database).transaction(async ({ sql: db }) => {
    const { rows: tokens } = await takeNextWarned.execute(db);
    const [first] = tokens;
    if (first === undefined) return 0;
    const { account_id: accountId, account_name: accountName } = first;
    const news = { accountName, tokens, adminUrl: outbox.adminUrl };
    await mailThoseWhoMay(db, outbox, {
      accountId,
      permission: MAY_CHANGE_TOKENS,
      mailTo: (address) => expiryMail(address, news),
    });
    return 1;
  });

interface WarnedToken extends ExpiringToken {
  readonly account_id: string;
  readonly account_name: string;
}

const nearness = nearnessOf(sql`t.expires_at`);

/** Whether the token `t` was not warned of since its end came that near. One that lives no longer than that is no news. */
const isDue = sql`${expiresWithin(EXPIRES_SOON_DAYS)} AND (t.warned_days IS NULL OR t.warned_days > ${nearness})
  AND t.expires_at > t.created_at + make_interval(days => ${nearness})`;

const takeNextWarned: RawBuilder<WarnedToken> = sql`
  WITH account AS (
    UPDATE accounts a SET tokens_warned_at = now()
    WHERE a.id = (SELECT c.id FROM accounts c WHERE c.id IN (SELECT t.account_id FROM tokens t WHERE ${isDue})
        AND (c.tokens_warned_at IS NULL OR c.tokens_warned_at < date_trunc('day', now(), 'UTC'))
      LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING a.id, a.name),
  warned AS (
    UPDATE tokens t SET warned_days = ${nearness} FROM account WHERE t.account_id = account.id AND ${isDue}
    RETURNING t.account_id, account.name AS account_name, t.name, t.kind, t.last_four, t.expires_at)
  SELECT * FROM warned ORDER BY expires_at, name`;
