import type { Logger } from 'pino';

export interface DueWork {
  /** Does what is due next, and answers how much that was; called until nothing is. */
  readonly doNext: () => Promise<number>;
  /** How long it rests once nothing was due. */
  readonly restMs: number;
  /** What the log says when it could not look. */
  readonly failed: string;
  readonly log: Logger;
}

/** Does what is due, now and again after each rest. The function that is answered ends it, after what is at hand. */
export function keepLooking({ doNext, restMs, failed, log }: DueWork): () => Promise<void> {
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running = look();

  async function look(): Promise<void> {
    try {
      while (!closing.signal.aborted && (await doNext()) > 0);
    } catch (error) {
      log.warn({ err: error }, failed);
    }
    if (closing.signal.aborted) return;
    timer = setTimeout(() => {
      running = look();
    }, restMs).unref();
  }

  return async () => {
    closing.abort();
    clearTimeout(timer);
    await running;
  };
}
