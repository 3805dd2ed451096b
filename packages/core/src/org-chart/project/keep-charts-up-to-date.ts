import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database, Sql } from '../../database/database.ts';
import type { Notifications } from '../../database/notifications.ts';
import { EVENTS_CHANNEL } from '../../events/announcer.ts';
import { horizonOf, runningWriters } from '../../events/read-events.ts';
import { sliceOf } from './catch-up.ts';
import { isBehind } from './chart-position.ts';

/** At most one slice in this time: whoever asks for a chart does not wait for the throttle. */
const PAUSE_MS = 1000;
/** How long it sleeps when nothing is announced; an announcement may be lost. */
const SLEEP_MS = 30_000;
/** How many accounts are looked at in one go. */
const ACCOUNTS_AT_ONCE = 1000;

/**
 * Brings the charts of all accounts after the log bit by bit, so that the first who looks at one does not wait for its
 * whole history. Reading a chart does not rely on it. The function that is answered ends it.
 */
export function keepChartsUpToDate(
  database: Database,
  notifications: Notifications,
  log: Logger,
): () => Promise<void> {
  const rounds = roundsThroughAccounts(database);
  let isClosing = false;
  let isAwake = true;
  let timer = setTimeout(step, PAUSE_MS).unref();
  let running: Promise<void> | undefined;

  function step(): void {
    isAwake = true;
    running = rounds
      .step()
      .then((goesOn) => {
        isAwake = goesOn;
      })
      .catch((error: unknown) => {
        isAwake = false;
        log.warn({ err: error }, 'The org charts could not be brought up to date.');
      })
      .finally(() => sleep(isAwake ? PAUSE_MS : SLEEP_MS));
  }

  function sleep(milliseconds: number): void {
    running = undefined;
    clearTimeout(timer);
    if (!isClosing) timer = setTimeout(step, milliseconds).unref();
  }

  const stopHearing = notifications.on(EVENTS_CHANNEL, () => {
    rounds.expectSome();
    if (!isAwake && running === undefined) sleep(PAUSE_MS);
    isAwake = true;
  });
  return async () => {
    isClosing = true;
    stopHearing();
    clearTimeout(timer);
    await running;
  };
}

/** Goes through the accounts again and again, until a round finds none that is behind. */
function roundsThroughAccounts(database: Database) {
  /** Where the round has come to, and whether it found an account that was behind. */
  let lastId = '';
  let foundSome = false;
  return {
    /** Something has been announced: another round is worth it. */
    expectSome(): void {
      foundSome = true;
    },
    /** Works on one slice of the next account that is behind. Answers whether there may be more to do. */
    async step(): Promise<boolean> {
      let next = await nextBehind(database.sql, lastId);
      if (next.behind === null && next.id === null && foundSome) {
        foundSome = false;
        next = await nextBehind(database.sql, '');
      }
      lastId = next.id ?? '';
      if (next.behind === null) return next.id !== null || foundSome;
      foundSome = true;
      await sliceOf(database, next.behind);
      return true;
    },
  };
}

interface NextAccount {
  /** The first account that is behind. */
  readonly behind: string | null;
  /** Where to go on from; null at the end of the round. */
  readonly id: string | null;
}

/** Looks for an account that is behind among the next ones after `lastId`. */
async function nextBehind(db: Sql, lastId: string): Promise<NextAccount> {
  const after = lastId === '' ? sql`` : sql`WHERE a.id > ${lastId}::uuid`;
  const statement: RawBuilder<NextAccount> = sql`
    WITH writers AS MATERIALIZED (SELECT * FROM ${runningWriters}),
    looked_at AS MATERIALIZED (SELECT a.id FROM accounts a ${after} ORDER BY a.id LIMIT ${ACCOUNTS_AT_ONCE}),
    behind AS MATERIALIZED (
      SELECT a.id FROM looked_at a LEFT JOIN org_chart_positions p ON p.account_id = a.id
      WHERE ${isBehind(sql`p`, sql`a.id`, horizonOf(sql`a.id`, sql`writers`))} ORDER BY a.id LIMIT 1)
    SELECT (SELECT b.id FROM behind b) AS behind, coalesce((SELECT b.id FROM behind b),
      (SELECT max(l.id::text)::uuid FROM looked_at l HAVING count(*) = ${ACCOUNTS_AT_ONCE})) AS id`;
  return (await statement.execute(db)).rows[0] ?? { behind: null, id: null };
}
