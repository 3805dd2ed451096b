import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database, Sql } from '../database/database.ts';
import { type Looking, lookWhenTold } from '../database/look-when-told.ts';
import type { Notifications } from '../database/notifications.ts';
import { committedWork } from '../database/work.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Authorship } from '../model/event.ts';
import { SealBroken, type Sealer } from '../sealing/sealer.ts';
import { stampPeople } from '../users/stamp-people.ts';
import { MailRefused, type MailSettings, openDelivery } from './deliver.ts';
import type { Mail } from './mail-text.ts';
import { MAILS_CHANNEL } from './outbox.ts';

export interface MailSenderOptions {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly feed: EventFeed;
  readonly sealer: Sealer;
  readonly settings: MailSettings;
  readonly log: Logger;
}

/** For how long a mail belongs to the process that took it: longer than it may take to send one. */
const OURS_FOR = sql.lit('5 minutes');
/** How long it is tried. */
const GIVEN_UP_AFTER = sql.lit('1 day');
/** How long it waits after the first time, and twice as long after each more, up to an hour. */
const FIRST_PAUSE_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 3600;
/** How soon the outbox is looked at when nothing is heard of it; a notice may be lost. */
const LOOK_ANYWAY_MS = 60_000;
/** How soon PostgreSQL is asked again that did not answer. */
const LOOK_AGAIN_MS = 5000;

interface TakenMail {
  readonly account_id: string;
  readonly id: string;
  readonly user_id: string;
  readonly sealed: string;
  readonly is_last_attempt: boolean;
}

/**
 * Starts to send mails, one after the other. Each is taken by one process before it is sent, and is gone once the server has
 * it; what a process had taken that ended meanwhile is sent by the next, so nothing is lost.
 */
export function openMailSender(options: MailSenderOptions): Looking {
  const { database, notifications, sealer, log } = options;
  const delivery = openDelivery(options.settings);

  /** Sends all that is due; answers in how many milliseconds to look again. */
  async function sendAll(closing: AbortSignal): Promise<number> {
    try {
      while (!closing.aborted) {
        const [mail] = (await takeNext(sealer.keyIds).execute(database.sql)).rows;
        if (mail === undefined) break;
        await send(mail);
      }
      return await untilNext(database.sql, sealer.keyIds);
    } catch (error) {
      log.warn({ err: error }, 'The mails to send could not be read.');
      return LOOK_AGAIN_MS;
    }
  }

  async function send(mail: TakenMail): Promise<void> {
    try {
      const content: Mail = JSON.parse(await sealer.open(mail.sealed, 'mail'));
      await delivery.deliver(content, mail.id);
      await database.sql.deleteFrom('queued_mails').where('id', '=', mail.id).execute();
    } catch (error) {
      const isHopeless = error instanceof MailRefused || error instanceof SealBroken;
      const told = { err: error, accountId: mail.account_id, userId: mail.user_id };
      if (isHopeless || mail.is_last_attempt) {
        log.error(told, 'A mail could not be delivered and is given up.');
        await giveUp(mail, error);
      } else {
        log.warn(told, 'A mail could not be delivered; it is tried again.');
        await postpone(mail.id).execute(database.sql);
      }
    }
  }

  /** Takes the mail away and tells so in the log of the account. */
  async function giveUp({ account_id: accountId, id, user_id: userId }: TakenMail, error: unknown) {
    const reason = error instanceof Error ? error.message : String(error);
    await committedWork(database).transaction(async (scope) => {
      const person = (await hold(scope, accountId, { people: [userId] })).findPerson(userId);
      await scope.sql.deleteFrom('queued_mails').where('id', '=', id).execute();
      if (person === undefined) return;
      await stampPeople(accountId, [userId]).execute(scope.sql);
      const subject = { type: 'USER', id: userId, label: person.displayName ?? person.userName } as const;
      const changes = [{ field: 'reason', before: null, after: reason }];
      const authorship: Authorship = { accountId, actor: SENDER, connectionId: null, requestId: id };
      await recordEvent(authorship, { type: 'USER_MAIL_FAILED', subject, changes }).execute(scope.sql);
    });
    options.feed.announce(accountId);
  }

  const looking = lookWhenTold({ notifications, channels: [MAILS_CHANNEL], look: sendAll });
  return {
    async close() {
      await looking.close();
      delivery.close();
    },
  };
}

const SENDER = { kind: 'SYSTEM', id: null, name: 'Mail' } as const;

/** Takes the next mail that is due, which no other process has at the moment; of another key's when its time is over. */
const takeNext = (keyIds: readonly string[]): RawBuilder<TakenMail> => sql`
  UPDATE queued_mails SET attempts = attempts + 1, next_at = now() + interval ${OURS_FOR}
  WHERE id = (SELECT q.id FROM queued_mails q WHERE q.next_at <= now()
    AND (q.key_id = ANY(${[...keyIds]}::text[]) OR q.created_at < now() - interval ${GIVEN_UP_AFTER})
    ORDER BY q.next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING account_id, id, user_id, sealed, created_at < now() - interval ${GIVEN_UP_AFTER} AS is_last_attempt`;

/** 2^9 of the first pauses are longer than the longest; a greater power would be no interval any more. */
const postpone = (id: string): RawBuilder<unknown> => sql`
  UPDATE queued_mails SET next_at = now() + make_interval(secs => least(${sql.lit(LONGEST_PAUSE_SECONDS)},
    ${sql.lit(FIRST_PAUSE_SECONDS)} * 2 ^ least(attempts - 1, 9))) WHERE id = ${id}::uuid`;

async function untilNext(db: Sql, keyIds: readonly string[]): Promise<number> {
  const statement: RawBuilder<{ ms: number | null }> = sql`
    SELECT ceil(extract(epoch FROM min(next_at) - now()) * 1000)::float8 AS ms FROM queued_mails
    WHERE key_id = ANY(${[...keyIds]}::text[])`;
  const ms = (await statement.execute(db)).rows[0]?.ms ?? LOOK_ANYWAY_MS;
  return Math.min(LOOK_ANYWAY_MS, Math.max(0, ms));
}
