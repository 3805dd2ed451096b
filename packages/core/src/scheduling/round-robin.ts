import { Presence } from './presence.ts';

/**
 * What takes longer to begin, in milliseconds, is followed by a rest; what most requests ask for is far below. A turn of the
 * event loop that has taken so long begins nothing more.
 */
const LONG_MS = 5;
/** So many things begin in a turn of the event loop at most. */
const MAX_BEGUN = 16;

type Begin = () => void;

/**
 * Begins what is asked of the process owner by owner (round-robin), and little in each turn of the event loop. What many
 * requests of one account take to read and to check adds up; so it does not stand between another account and its answer.
 * An owner whose work was long rests as long, if there are others: at most every second moment of the process is theirs.
 */
export class RoundRobin {
  /** In the order in which the owners are served next; one that was served goes to the end. */
  readonly #waiting = new Map<string, Begin[]>();
  #waitingCount = 0;
  /** Until when an owner rests. */
  readonly #rests = new Map<string, number>();
  /** How many things may begin that have not yet. */
  #planned = 0;
  /** What has begun in this turn of the event loop took so many milliseconds. */
  #spent = 0;
  #wakeUp: NodeJS.Timeout | undefined;
  readonly #presence = new Presence();

  /** Resolves when it is the owner's turn. */
  turnOf(owner: string): Promise<void> {
    return new Promise((begin) => {
      const queue = this.#waiting.get(owner);
      if (queue === undefined) this.#waiting.set(owner, [begin]);
      else queue.push(begin);
      this.#waitingCount += 1;
      this.#plan(1);
    });
  }

  /** Lets so many more begin. Between the two, everything is done that one does without waiting for input or output. */
  #plan(count: number): void {
    for (let more = count; more > 0 && this.#planned < MAX_BEGUN; more -= 1) {
      this.#planned += 1;
      const begun = { owner: '', at: Number.POSITIVE_INFINITY };
      setImmediate(() => this.#beginNext(begun));
      setImmediate(() => this.#end(begun));
    }
  }

  #beginNext(begun: { owner: string; at: number }): void {
    if (this.#spent > LONG_MS) return;
    const now = performance.now();
    for (const [owner, queue] of this.#waiting) {
      if ((this.#rests.get(owner) ?? 0) > now) continue;
      this.#waiting.delete(owner);
      const begin = queue.shift();
      if (queue.length > 0) this.#waiting.set(owner, queue);
      this.#waitingCount -= 1;
      this.#presence.note(owner, now);
      Object.assign(begun, { owner, at: now });
      begin?.();
      return;
    }
  }

  #end({ owner, at }: { owner: string; at: number }): void {
    const now = performance.now();
    const took = Math.max(0, now - at);
    this.#spend(took);
    if (took > LONG_MS && this.#presence.areOthersThere(at)) this.#rests.set(owner, now + took);
    this.#planned -= 1;
    if (this.#planned === 0) this.#goOn(now);
  }

  #spend(took: number): void {
    if (this.#spent === 0 && took > 0)
      setImmediate(() => {
        this.#spent = 0;
      });
    this.#spent += took;
  }

  /** Lets those begin who are left, now or when the first of them has rested. */
  #goOn(now: number): void {
    for (const [owner, until] of this.#rests) if (until <= now) this.#rests.delete(owner);
    clearTimeout(this.#wakeUp);
    if (this.#waiting.size === 0) return;
    const rest = this.#shortestRest(now);
    if (rest === 0) this.#plan(this.#waitingCount);
    else this.#wakeUp = setTimeout(() => this.#plan(this.#waitingCount), rest);
  }

  /** How long the first of those who wait still rests; there may be many, of whom the first one mostly does not. */
  #shortestRest(now: number): number {
    let shortest = Number.POSITIVE_INFINITY;
    for (const owner of this.#waiting.keys()) {
      const until = this.#rests.get(owner);
      if (until === undefined) return 0;
      shortest = Math.min(shortest, until - now);
    }
    return shortest;
  }
}
