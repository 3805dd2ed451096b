import { setImmediate as nextTurn } from 'node:timers/promises';

/** The answer of a rehearsed mutation while its fields are read: until it is complete, its transaction stays open. */
export class RehearsedAnswer {
  #fields: Promise<unknown>[] = [];

  /** Notes a field that is being read. */
  awaits(field: Promise<unknown>): void {
    this.#fields.push(field);
  }

  /**
   * Resolves when no field is being read any more, and none follows. An executor goes on below a field as soon as it is
   * there, in microtasks, and all of them have run by the next turn of the event loop.
   */
  async complete(): Promise<void> {
    await nextTurn();
    while (this.#fields.length > 0) {
      const fields = this.#fields;
      this.#fields = [];
      await Promise.allSettled(fields);
      await nextTurn();
    }
  }
}
