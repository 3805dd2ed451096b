/** A turn that takes longer, in milliseconds, is followed by a rest; what most requests ask for is far below. */
const LONG_MS = 5;
/** For how long an owner counts as there after they began something, in milliseconds. */
const PRESENT_MS = 1000;

type Begin = () => void;

/**
 * Begins what is asked of the process owner by owner (round-robin), one thing in each turn of the event loop. What many
 * requests of one account take to read and to check adds up; so it does not stand between another account and its answer.
 * An owner whose turn was long rests as long, if there are others: at most every second moment of the process is theirs.
 */
export class RoundRobin {
  /** In the order in which the owners are served next; one that was served goes to the end. */
  readonly #waiting = new Map<string, Begin[]>();
  /** Until when an owner rests. */
  readonly #rests = new Map<string, number>();
  #isPlanned = false;
  #wakeUp: NodeJS.Timeout | undefined;
  #latest: string | undefined;
  #latestSince = Number.NEGATIVE_INFINITY;

  /** Resolves when it is the owner's turn. */
  turnOf(owner: string): Promise<void> {
    return new Promise((begin) => {
      const queue = this.#waiting.get(owner);
      if (queue === undefined) this.#waiting.set(owner, [begin]);
      else queue.push(begin);
      this.#plan();
    });
  }

  /** Between the two, everything is done that the turn does without waiting for input or output. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    const turn = { owner: '', began: Number.POSITIVE_INFINITY };
    setImmediate(() => this.#serveNext(turn));
    setImmediate(() => this.#end(turn));
  }

  #serveNext(turn: { owner: string; began: number }): void {
    const now = performance.now();
    for (const [owner, queue] of this.#waiting) {
      if ((this.#rests.get(owner) ?? 0) > now) continue;
      this.#waiting.delete(owner);
      const begin = queue.shift();
      if (queue.length > 0) this.#waiting.set(owner, queue);
      if (owner !== this.#latest) [this.#latest, this.#latestSince] = [owner, now];
      Object.assign(turn, { owner, began: now });
      begin?.();
      return;
    }
  }

  #end({ owner, began }: { owner: string; began: number }): void {
    const now = performance.now();
    const took = now - began;
    for (const [resting, until] of this.#rests) if (until <= now) this.#rests.delete(resting);
    if (took > LONG_MS && now - this.#latestSince < PRESENT_MS + took) this.#rests.set(owner, now + took);
    this.#isPlanned = false;
    clearTimeout(this.#wakeUp);
    if (this.#waiting.size === 0) return;
    const wakeUps = [...this.#waiting.keys()].map((each) => this.#rests.get(each) ?? 0);
    const soonest = Math.min(...wakeUps);
    if (soonest <= now) this.#plan();
    else this.#wakeUp = setTimeout(() => this.#plan(), soonest - now);
  }
}
