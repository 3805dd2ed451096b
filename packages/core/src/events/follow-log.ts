import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Sql } from '../database/database.ts';
import type { RoundRobin } from '../scheduling/round-robin.ts';
import { comesAfter, type LogPosition, readLogCursor, writeLogCursor } from './cursor.ts';
import { type EventRecord, endOfLog, eventsAfter, isHistoryOf, READ_AT_ONCE } from './read-events.ts';
import type { Seat } from './seat.ts';
import type { SharedTails } from './shared-tails.ts';

/** What a follower gets: an event, or word that a part of the history is gone. */
export type FeedMessage =
  | { readonly cursor: string; readonly event: EventRecord }
  | { readonly cursor: string; readonly gap: string };

export interface FollowRequest {
  readonly accountId: string;
  /** Everything after this cursor; from now on when left out. */
  readonly after?: string | null;
  readonly wanted: (event: EventRecord) => boolean;
}

export interface LogSources {
  readonly database: Database;
  readonly tails: SharedTails;
  readonly roundRobin: RoundRobin;
}

/** Where a follower stands. */
interface Standing {
  /** The history that was being written; cursors are of it. */
  readonly historyId: string;
  readonly position: LogPosition;
  /** Is it the end of the log? */
  readonly isAtEnd: boolean;
  /** Is a part of the history gone that the follower has, or lacks? */
  readonly isGap: boolean;
}

/** How long a reader rests when the database does not answer. */
const REST_MS = 500;

const gapReason =
  'The cursor belongs to another history of this database: it was restored from a backup or moved, and what you know may not be so any more. Read the present state anew, then follow from `resumeAt`.';

/** The place to follow from. @throws INVALID_CURSOR */
export async function standingOf(
  { database }: LogSources,
  { accountId, after }: FollowRequest,
): Promise<Standing> {
  const place = after == null ? undefined : readLogCursor(after);
  return standingAfter(database, database.reading({ owner: accountId }), accountId, place);
}

/**
 * Where a follower stands who has seen everything up to a place, or who sees what comes from now on. In a later history than
 * the one in which they saw it, all that the log has after the place is new to them too. Of a history that the log does not
 * know, or beyond what the log has reached, nobody can tell where they are, and they go on at the end.
 */
async function standingAfter(
  { history }: Database,
  db: Sql,
  accountId: string,
  place: (LogPosition & { readonly historyId: string }) | undefined,
): Promise<Standing> {
  // Looked at first: when the database moves meanwhile, the follower finds the history changed.
  const { id: historyId } = history.current;
  const { position: end, unreached } = await endOfLog(db, accountId);
  const atEnd: Standing = { historyId, position: end, isAtEnd: true, isGap: false };
  if (place === undefined) return atEnd;
  const { historyId: seenIn, ...position } = place;
  const isBeyond = comesAfter(position, unreached);
  if (seenIn === historyId && !isBeyond) return { ...atEnd, position, isAtEnd: false };
  const isKnown = !isBeyond && (await isHistoryOf(db, seenIn));
  return isKnown ? { ...atEnd, position, isAtEnd: false, isGap: true } : { ...atEnd, isGap: true };
}

/**
 * Gives every event of an account after a place, once, in order. Whoever is behind reads page by page, at their own pace;
 * who has come to the end waits there with the others of the account.
 */
export class LogFollower {
  readonly #sources: LogSources;
  readonly #request: FollowRequest;
  readonly #signal: AbortSignal;
  /** Within the account's share of the connections. */
  readonly #db: Sql;
  #standing: Standing;

  constructor(sources: LogSources, request: FollowRequest, start: Standing, signal: AbortSignal) {
    this.#sources = sources;
    this.#request = request;
    this.#standing = start;
    this.#signal = signal;
    this.#db = sources.database.reading({ owner: request.accountId, signal });
  }

  async *messages(): AsyncGenerator<FeedMessage> {
    const { tails } = this.#sources;
    while (!this.#isOver()) {
      if (this.#hasMoved() && !(await this.#moveToo())) return;
      const { historyId, position, isAtEnd, isGap } = this.#standing;
      if (isGap) yield { cursor: writeLogCursor(historyId, position), gap: gapReason };
      const seat = isAtEnd ? tails.join(this.#request.accountId, position) : undefined;
      this.#standing = { ...this.#standing, isGap: false, isAtEnd: false };
      yield* seat === undefined ? this.#nextPage() : this.#whatComesTo(seat);
    }
  }

  /** Has the follower left, or is there nothing to follow any more? */
  #isOver(): boolean {
    return this.#signal.aborted || this.#sources.tails.isClosed;
  }

  #hasMoved(): boolean {
    return this.#sources.database.history.current.id !== this.#standing.historyId;
  }

  /** Goes on from the same place in the history that is being written now. */
  async #moveToo(): Promise<boolean> {
    const { historyId, position } = this.#standing;
    const place = { ...position, historyId };
    const { accountId } = this.#request;
    const standing = await this.#ask((db) => standingAfter(this.#sources.database, db, accountId, place));
    if (standing !== undefined) this.#standing = standing;
    return standing !== undefined;
  }

  async *#nextPage(): AsyncGenerator<FeedMessage> {
    const { accountId } = this.#request;
    const othersAt = this.#sources.tails.positionOf(accountId);
    const events = await this.#ask((db) => eventsAfter(db, accountId, this.#standing.position, READ_AT_ONCE));
    if (events === undefined || this.#hasMoved()) return;
    yield* this.#wantedOf(events);
    if (events.length < READ_AT_ONCE) this.#comeToEnd(othersAt);
  }

  /**
   * Nothing is left to read. What came before the place of the others was below the horizon before the page was read, so the follower
   * has it: where the others stand after the last event, the follower stands there too, and can join them.
   */
  #comeToEnd(othersAt: LogPosition | undefined): void {
    const { position } = this.#standing;
    const isBehind = othersAt !== undefined && comesAfter(othersAt, position);
    this.#standing = { ...this.#standing, position: isBehind ? othersAt : position, isAtEnd: true };
  }

  async *#whatComesTo(seat: Seat): AsyncGenerator<FeedMessage> {
    const leave = () => seat.leave();
    this.#signal.addEventListener('abort', leave, { once: true });
    try {
      for (;;) {
        const events = await seat.next();
        if (events === undefined || this.#hasMoved()) return;
        yield* this.#wantedOf(events);
      }
    } finally {
      this.#signal.removeEventListener('abort', leave);
      leave();
    }
  }

  async *#wantedOf(events: readonly EventRecord[]): AsyncGenerator<FeedMessage> {
    for (const event of events) {
      const { historyId, position } = this.#standing;
      // The others at the end of the log may be a little behind.
      if (!comesAfter(event, position)) continue;
      this.#standing = { ...this.#standing, position: event };
      if (!this.#request.wanted(event)) continue;
      // What is made of a message takes time; an account may have thousands of followers.
      await this.#sources.roundRobin.turnOf(this.#request.accountId);
      yield { cursor: writeLogCursor(historyId, event), event };
    }
  }

  /** Asks until the database answers; undefined when the follower leaves before. */
  async #ask<Answer>(question: (db: Sql) => Promise<Answer>): Promise<Answer | undefined> {
    while (!this.#isOver()) {
      try {
        return await question(this.#db);
      } catch {
        await sleep(REST_MS, undefined, { signal: this.#signal }).catch(() => undefined);
      }
    }
    return undefined;
  }
}
