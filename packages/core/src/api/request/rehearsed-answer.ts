import { setImmediate as nextTurn } from 'node:timers/promises';
import { STATEMENT_TIMEOUT_SECONDS } from '../../database/session-settings.ts';
import { DomainError } from '../../errors/domain-error.ts';

/**
 * The answer of a rehearsed mutation while its fields are read: until it is complete, its transaction stays open. An open
 * transaction holds back the feeds of all accounts, so the whole answer has the time of one statement.
 */
export class RehearsedAnswer {
  /** Aborts when nothing more is to be read. */
  readonly signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  #fields: Promise<unknown>[] = [];

  constructor(hangUp: AbortSignal | undefined) {
    const end = new AbortController();
    this.#timer = setTimeout(() => end.abort(tooMuch()), STATEMENT_TIMEOUT_SECONDS * 1000);
    this.signal = hangUp === undefined ? end.signal : AbortSignal.any([end.signal, hangUp]);
  }

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
    clearTimeout(this.#timer);
  }
}

const tooMuch = (): DomainError =>
  new DomainError(
    'LIMIT_EXCEEDED',
    `The answer of this rehearsal would take longer than ${STATEMENT_TIMEOUT_SECONDS} seconds to read. Nothing was changed. Ask for less of it.`,
    { limit: STATEMENT_TIMEOUT_SECONDS },
  );
