import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { PermissionId } from '../authorization/permissions.ts';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { committedWork } from '../database/work.ts';
import { keepLooking } from '../jobs/keep-looking.ts';
import type { Outbox } from '../mail/outbox.ts';
import { holdRecipients, mailRecipients } from '../sign-in/mail-recipients.ts';
import { EXPIRES_SOON_DAYS, expiresWithin, nearnessOf } from './expiry.ts';
import { type ExpiringToken, expiryMail, ownExpiryMail } from './expiry-mail.ts';

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
 * Has a mail sent to those who may change the tokens of an account that has some to be warned of, and of those that act for
 * somebody else to that person, at most once a day; answers of how many accounts it did so: one or none. What it warned of is written with the mails, so that no process does it again.
 */
export const warnNextAccount = ({
  database,
  outbox,
}: Pick<ExpiryWarning, 'database' | 'outbox'>): Promise<number> =>
  committedWork(database).transaction(async ({ sql: db }) => {
    const [next] = (await nextAccount.execute(db)).rows;
    if (next === undefined) return 0;
    const { account_id: accountId } = next;
    const people = await holdRecipients(db, accountId, {
      permission: MAY_CHANGE_TOKENS,
      besides: ownersOfDueTokens(accountId),
    });
    const held = (await holdDueTokens(accountId).execute(db)).rows.map(({ id }) => id);
    const { rows: tokens } = await takeWarned(accountId, held).execute(db);
    const [first] = tokens;
    if (first === undefined) return 0;
    const { account_name: accountName } = first;
    const { adminUrl } = outbox;
    const [keepers, owners] = [people.filter(({ may }) => may), people.filter(({ may }) => !may)];
    await mailRecipients(db, outbox, {
      accountId,
      people: keepers,
      mailTo: (address) => expiryMail(address, { accountName, tokens, adminUrl }),
    });
    const tokensOf = Map.groupBy(tokens, ({ user_id }) => user_id);
    await mailRecipients(db, outbox, {
      accountId,
      people: owners.filter(({ id }) => tokensOf.has(id)),
      mailTo: (address, { id }) =>
        ownExpiryMail(address, { accountName, tokens: tokensOf.get(id) ?? [], adminUrl }),
    });
    return 1;
  });

interface WarnedToken extends ExpiringToken {
  readonly user_id: string | null;
  readonly account_name: string;
}

const nearness = nearnessOf(sql`t.expires_at`);

/** Whether the token `t` was not warned of since its end came that near. One that lives no longer than that is no news. */
const isDue = sql`${expiresWithin(EXPIRES_SOON_DAYS)} AND (t.warned_days IS NULL OR t.warned_days > ${nearness})
  AND t.expires_at > t.created_at + make_interval(days => ${nearness})`;

/** Was there no mail today (UTC) to those of the account `a`? */
const isUntold = sql`(a.tokens_warned_at IS NULL OR a.tokens_warned_at < date_trunc('day', now(), 'UTC'))`;

const nextAccount: RawBuilder<{ account_id: string }> = sql`
  SELECT t.account_id FROM tokens t JOIN accounts a ON a.id = t.account_id WHERE ${isDue} AND ${isUntold} LIMIT 1`;

/** Whom the tokens act for. */
const ownersOfDueTokens = (accountId: string): RawBuilder<{ id: string }> =>
  sql`SELECT t.user_id FROM tokens t WHERE t.account_id = ${accountId}::uuid AND ${isDue}`;

/** In the order of all that hold tokens. */
const holdDueTokens = (accountId: string): RawBuilder<{ id: string }> =>
  sql`SELECT t.id FROM tokens t WHERE t.account_id = ${accountId}::uuid AND ${isDue} ORDER BY t.id FOR NO KEY UPDATE OF t`;

/** Notes that tokens which are held were warned of, and answers them; none where another process did so meanwhile. */
const takeWarned = (accountId: string, held: readonly string[]): RawBuilder<WarnedToken> => sql`
  WITH account AS (
    UPDATE accounts a SET tokens_warned_at = now()
    WHERE a.id = ${accountId}::uuid AND ${isUntold} AND cardinality(${[...held]}::uuid[]) > 0
    RETURNING a.id, a.name),
  warned AS (
    UPDATE tokens t SET warned_days = ${nearness} FROM account
    WHERE t.account_id = account.id AND t.id = ANY (${[...held]}::uuid[])
    RETURNING account.name AS account_name, t.name, t.kind, t.last_four, t.expires_at, t.user_id)
  SELECT * FROM warned ORDER BY expires_at, name`;
