/** So long is waited for an answer; what takes longer is done without. */
const PATIENCE_MS = 250;

/**
 * Finds out that everything told before has been heard: on one connection notices come before the answer to what was asked
 * after they were told. All who want to know while an answer is awaited share the next question.
 */
export class Barrier {
  readonly #ask: () => Promise<unknown>;
  #underWay: Promise<boolean> | undefined;
  #next: Promise<boolean> | undefined;
  #isSilent = false;

  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  /** True once all is heard that was told before this call; false where the connection does not say so in time. */
  pass(): Promise<boolean> {
    if (this.#isSilent) return Promise.resolve(false);
    this.#next ??= this.#askAfter(this.#underWay);
    return this.#next;
  }

  async #askAfter(before: Promise<boolean> | undefined): Promise<boolean> {
    // What is being answered may have been asked before the last notice was told.
    await before;
    const asking = this.#next;
    this.#next = undefined;
    if (this.#isSilent) return false;
    this.#underWay = asking;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const answer = (isAnswered: boolean) => {
      this.#isSilent = !isAnswered;
      resolve(isAnswered);
    };
    const outOfPatience = setTimeout(answer, PATIENCE_MS, false);
    this.#ask()
      .then(
        () => answer(true),
        () => answer(false),
      )
      .finally(() => clearTimeout(outOfPatience));
    return promise;
  }
}
