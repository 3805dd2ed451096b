import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database, Sql } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { keepLooking } from '../jobs/keep-looking.ts';
import { dayOf, dropDaysBefore, firstIdAt, makeDay } from './days.ts';

export interface RequestKeeping {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly log: Logger;
}

/** How soon it is looked again what is over. */
const LOOK_AGAIN_MS = 60 * 60 * 1000;
/** Days that are made before their first request. */
const DAYS_AHEAD = 2;
const DELETED_AT_ONCE = 5000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Makes the days to come, and forgets requests that are older than their account keeps them. The function that is answered ends it. */
export const keepRequests = ({ database, notifications, log }: RequestKeeping): (() => Promise<void>) =>
  keepLooking({
    notifications,
    doNext: () => forgetRequests(database.sql, new Date()),
    restMs: LOOK_AGAIN_MS,
    failed: 'The requests that are over could not be forgotten.',
    log,
  });

/** Forgets the next requests that are over by then, and answers how many; those of days that are over for all go as a whole. */
export async function forgetRequests(db: Sql, now: Date): Promise<number> {
  const today = dayOf(now);
  for (let day = today; day <= today + DAYS_AHEAD; day += 1) await makeDay(db, day);
  const ages = await agesKept.execute(db);
  const [longest = 0, ...shorter] = ages.rows.map(({ days }) => days);
  await dropDaysBefore(db, today - longest);
  let forgotten = 0;
  for (const days of shorter)
    forgotten += (await forgetOlder(days, new Date(now.getTime() - days * DAY_MS)).execute(db)).rows.length;
  return forgotten;
}

/** For how many days accounts keep requests, the longest time first. */
const agesKept: RawBuilder<{ days: number }> = sql`
  SELECT DISTINCT request_days AS days FROM accounts ORDER BY days DESC`;

const forgetOlder = (days: number, before: Date): RawBuilder<unknown> => sql`
  DELETE FROM scim_requests r USING (
    SELECT old.account_id, old.id FROM accounts a, LATERAL (
      SELECT o.account_id, o.id FROM scim_requests o
      WHERE o.account_id = a.id AND o.id < ${firstIdAt(before)}::uuid ORDER BY o.id LIMIT ${DELETED_AT_ONCE}) AS old
    WHERE a.request_days = ${days} LIMIT ${DELETED_AT_ONCE}) AS due
  WHERE r.account_id = due.account_id AND r.id = due.id
  RETURNING r.id`;
