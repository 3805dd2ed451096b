/** For how long an owner counts as there after they asked for something, in milliseconds. */
export const PRESENT_MS = 1000;

/** Knows of those who come whether others are there besides the one who came last. */
export class Presence {
  #latest: string | undefined;
  /** Since when nobody but the latest has come. */
  #since = Number.NEGATIVE_INFINITY;

  /** Somebody comes at a moment of `performance.now()`. */
  note(owner: string, at: number): void {
    if (owner !== this.#latest) [this.#latest, this.#since] = [owner, at];
  }

  /** Are there others at that moment? */
  areOthersThere(at: number): boolean {
    return at - this.#since < PRESENT_MS;
  }
}
