import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { NewsOf } from './announcer.ts';
import { comesAfter, type LogPosition } from './cursor.ts';
import { accountsWithNews, type EventRecord, eventsAfter, READ_AT_ONCE } from './read-events.ts';
import { Seat } from './seat.ts';

/** The net under announcements: one may be lost, or a slower transaction may have held events back. */
const POLL_MS = 500;

/** The end of one account's log, with those who wait there for what is new. */
interface Tail {
  position: LogPosition;
  readonly seats: Set<Seat>;
}

/**
 * The one reader of the log that a process has for everybody who follows it: what is new in an account is read once,
 * however many wait for it, and while nothing is new one statement asks for all accounts together.
 */
export class SharedTails {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #tails = new Map<string, Tail>();
  /** The accounts to be read next. */
  readonly #announced = new Set<string>();
  readonly #poll = setInterval(() => this.look(null), POLL_MS).unref();
  readonly #stopHearing: () => void;
  #asksForAll = false;
  #isReading = false;
  /** Was it told that the database does not answer? */
  #isTold = false;
  #isClosed = false;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
    this.#stopHearing = database.history.onMoved(() => this.#dissolve());
  }

  /** Nobody waits here any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Where those stand who wait at the end of an account's log: nothing can appear before it any more. */
  positionOf(accountId: string): LogPosition | undefined {
    return this.#tails.get(accountId)?.position;
  }

  /** A seat for whoever has read up to a place; undefined when the others are further: read on, and ask again. */
  join(accountId: string, at: LogPosition): Seat | undefined {
    const known = this.#tails.get(accountId);
    const tail: Tail = known ?? { position: at, seats: new Set() };
    if (comesAfter(tail.position, at)) return undefined;
    const seat = new Seat(() => {
      tail.seats.delete(seat);
      if (tail.seats.size === 0 && this.#tails.get(accountId) === tail) this.#tails.delete(accountId);
    });
    tail.seats.add(seat);
    this.#tails.set(accountId, tail);
    // What was announced before anybody waited here was not heard.
    if (known === undefined) this.look([accountId]);
    return seat;
  }

  /** Reads what is new in these accounts, if anybody waits for it. */
  look(accounts: NewsOf): void {
    if (accounts === null) this.#asksForAll = true;
    else for (const accountId of accounts) if (this.#tails.has(accountId)) this.#announced.add(accountId);
    if (!this.#isReading) void this.#read();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#poll);
    this.#stopHearing();
    this.#dissolve();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#tails.size > 0 && (this.#asksForAll || this.#announced.size > 0)) {
        await this.#readOnce();
        this.#isTold = false;
      }
    } catch (error) {
      // The poll comes again; whoever waits has lost nothing.
      if (!this.#isTold) this.#log.warn({ err: error }, 'The event log could not be read.');
      this.#isTold = true;
    }
    this.#isReading = false;
  }

  async #readOnce(): Promise<void> {
    if (this.#asksForAll) {
      this.#asksForAll = false;
      for (const id of await accountsWithNews(this.#database.sql, this.#positions())) this.#announced.add(id);
    }
    const accounts = [...this.#announced];
    this.#announced.clear();
    for (const accountId of accounts) await this.#readPage(accountId);
  }

  #positions(): [string, LogPosition][] {
    return [...this.#tails].map(([accountId, { position }]) => [accountId, position]);
  }

  async #readPage(accountId: string): Promise<void> {
    const tail = this.#tails.get(accountId);
    if (tail === undefined) return;
    const events: readonly EventRecord[] = await eventsAfter(
      this.#database.sql,
      accountId,
      tail.position,
      READ_AT_ONCE,
    );
    // All may have left meanwhile, and others come.
    if (this.#tails.get(accountId) !== tail) return;
    tail.position = events.at(-1) ?? tail.position;
    if (events.length === READ_AT_ONCE) this.#announced.add(accountId);
    for (const seat of tail.seats) seat.offer(events);
  }

  /** Sends everybody away: they find out by themselves where they stand. */
  #dissolve(): void {
    for (const { seats } of [...this.#tails.values()]) for (const seat of [...seats]) seat.leave();
  }
}
