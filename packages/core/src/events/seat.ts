import type { EventRecord } from './read-events.ts';

/** How many events wait for one follower at most. */
const MAX_WAITING = 1000;

/** Where one follower waits for what is new. Whoever takes too long loses the seat, and reads by themselves again. */
export class Seat {
  readonly #onLeave: () => void;
  #waiting: EventRecord[] = [];
  #isTaken = true;
  #wake: () => void = () => undefined;

  constructor(onLeave: () => void) {
    this.#onLeave = onLeave;
  }

  /** What came since the last call, once there is something; undefined when the seat is lost. */
  async next(): Promise<readonly EventRecord[] | undefined> {
    while (this.#isTaken && this.#waiting.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const events = this.#waiting;
    this.#waiting = [];
    return this.#isTaken ? events : undefined;
  }

  offer(events: readonly EventRecord[]): void {
    if (this.#waiting.length + events.length > MAX_WAITING) this.leave();
    else {
      this.#waiting.push(...events);
      this.#wake();
    }
  }

  leave(): void {
    if (!this.#isTaken) return;
    this.#isTaken = false;
    this.#waiting = [];
    this.#onLeave();
    this.#wake();
  }
}
