/** A look-up under way, which is made again as long as somebody tells of a change meanwhile. */
export class LookUp<Value> {
  readonly answer: Promise<Value>;
  readonly #since = performance.now();
  #isStale = false;

  constructor(find: () => Promise<Value>) {
    this.answer = this.#answerOf(find);
  }

  /** What is being read may be older than a change. */
  invalidate(): void {
    this.#isStale = true;
  }

  /** Did it begin within so many milliseconds? */
  isYoungerThan(age: number): boolean {
    return performance.now() - this.#since < age;
  }

  async #answerOf(find: () => Promise<Value>): Promise<Value> {
    for (;;) {
      this.#isStale = false;
      const found = await find();
      if (!this.#isStale) return found;
    }
  }
}
