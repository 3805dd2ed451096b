import { LRUCache } from 'lru-cache';
import { DomainError } from '../errors/domain-error.ts';
import { PRESENT_MS, Presence } from '../scheduling/presence.ts';

/** How many connections there are to share, and how many of them one owner may hold. */
export interface Shares {
  readonly total: number;
  readonly perOwner: number;
  /** How many an owner may hold whose work takes long, while there are others. */
  readonly perHeavyOwner: number;
  /** How long somebody waits for their turn before they are refused, in milliseconds. */
  readonly maxWaitMs: number;
}

/** How long somebody waits for their turn. */
export const MAX_WAIT_MS = 10_000;
/** Work takes long when it holds a connection for so many milliseconds on the average; a change of one person takes a few. */
const HEAVY_MS = 25;
/** What the latest work weighs in that average. */
const LATEST = 0.2;
const MAX_KNOWN = 10_000;

/**
 * A quarter of a pool is always left to the others. Whoever keeps PostgreSQL busy has only a quarter while there are others:
 * what is left of the pool is of no use to them when each of its processors has long work to do. One connection is nobody's:
 * for what the process does by itself, and for what a rehearsal reads outside of its transaction, which would else wait for
 * itself.
 */
export function sharesOf(poolSize: number): Shares {
  const total = Math.max(1, poolSize - 1);
  const perOwner = Math.min(Math.floor((poolSize * 3) / 4), total - 1);
  const perHeavyOwner = Math.floor(poolSize / 4);
  return {
    total,
    perOwner: Math.max(1, perOwner),
    perHeavyOwner: Math.max(1, perHeavyOwner),
    maxWaitMs: MAX_WAIT_MS,
  };
}

interface Waiting {
  begin(): void;
  refuse(error: Error): void;
}

/**
 * Shares a pool among accounts: nobody holds more than their share, and whoever waits is served account by account, so one
 * account's queue is no queue for the others.
 */
export class FairShare {
  readonly #shares: Shares;
  readonly #held = new Map<string, number>();
  /** In the order in which the accounts are served next; an account that was served goes to the end. */
  readonly #waiting = new Map<string, Waiting[]>();
  /** How long the work of each owner takes on the average, in milliseconds. */
  readonly #durations = new LRUCache<string, number>({ max: MAX_KNOWN });
  #total = 0;
  readonly #presence = new Presence();
  #later: NodeJS.Timeout | undefined;

  constructor(shares: Shares) {
    this.#shares = shares;
  }

  /** Runs `work` when it is the owner's turn. Throws UNAVAILABLE after too long a wait, and the reason of `signal`. */
  async run<Result>(
    owner: string,
    work: () => Promise<Result>,
    signal?: AbortSignal | undefined,
  ): Promise<Result> {
    signal?.throwIfAborted();
    this.#presence.note(owner, performance.now());
    if (this.#mayHold(owner)) this.#take(owner);
    else await this.#turnOf(owner, signal);
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.#noteDuration(owner, performance.now() - began);
      this.#giveBack(owner);
    }
  }

  #mayHold(owner: string): boolean {
    return this.#total < this.#shares.total && (this.#held.get(owner) ?? 0) < this.#shareOf(owner);
  }

  #shareOf(owner: string): number {
    const isHeavy = (this.#durations.get(owner) ?? 0) > HEAVY_MS;
    return isHeavy && this.#presence.areOthersThere(performance.now())
      ? this.#shares.perHeavyOwner
      : this.#shares.perOwner;
  }

  #noteDuration(owner: string, took: number): void {
    const before = this.#durations.get(owner) ?? 0;
    this.#durations.set(owner, before + LATEST * (took - before));
  }

  #take(owner: string): void {
    this.#total += 1;
    this.#held.set(owner, (this.#held.get(owner) ?? 0) + 1);
  }

  #giveBack(owner: string): void {
    this.#total -= 1;
    const held = (this.#held.get(owner) ?? 0) - 1;
    if (held > 0) this.#held.set(owner, held);
    else this.#held.delete(owner);
    this.#serve();
  }

  #serve(): void {
    while (this.#servesNext());
  }

  /** Whoever waits because others were there does not wait until their own long work ends. */
  #serveLater(): void {
    if (this.#waiting.size === 0) return;
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      this.#serve();
      this.#serveLater();
    }, PRESENT_MS);
  }

  /** Serves the one whose turn it is, if anybody who waits may hold one more. */
  #servesNext(): boolean {
    for (const [owner, queue] of this.#waiting) {
      if (!this.#mayHold(owner)) continue;
      const next = queue.shift();
      this.#waiting.delete(owner);
      if (queue.length > 0) this.#waiting.set(owner, queue);
      if (next === undefined) continue;
      this.#take(owner);
      next.begin();
      return true;
    }
    return false;
  }

  #turnOf(owner: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        begin: () => settle(resolve),
        refuse: (error) => settle(() => reject(error)),
      };
      const queue = this.#waiting.get(owner);
      if (queue === undefined) this.#waiting.set(owner, [waiting]);
      else queue.push(waiting);
      this.#serveLater();
      const leave = (error: Error) => {
        this.#forget(owner, waiting);
        waiting.refuse(error);
      };
      const hangUp = () => leave(signal?.reason);
      const timer = setTimeout(() => leave(tooBusy()), this.#shares.maxWaitMs);
      signal?.addEventListener('abort', hangUp, { once: true });
      function settle(end: () => void): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', hangUp);
        end();
      }
    });
  }

  #forget(owner: string, waiting: Waiting): void {
    const queue = this.#waiting.get(owner)?.filter((other) => other !== waiting) ?? [];
    if (queue.length > 0) this.#waiting.set(owner, queue);
    else this.#waiting.delete(owner);
  }
}

const tooBusy = (): DomainError =>
  new DomainError(
    'UNAVAILABLE',
    'So much is asked of this account at once that this had to wait too long. Nothing was changed. Ask less at a time, and try again.',
    { retryAfter: 1 },
  );
