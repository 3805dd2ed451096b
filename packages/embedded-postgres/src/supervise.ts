import { setTimeout as delay } from 'node:timers/promises';
import type { Postmaster } from './postmaster.ts';

/** A server that is started again when it ends without having been told to. */
export interface SupervisedPostmaster {
  readonly pid: number;
  stop(): Promise<void>;
}

export interface Supervision {
  /** Starts the server where it was. */
  start(): Promise<Postmaster>;
  /** Told in a sentence that the server ended, and when it is there again. */
  onTrouble?: ((message: string) => void) | undefined;
  /** The server is not started any more. */
  onGivenUp?: ((error: Error) => void) | undefined;
}

/** So many starts in a row are tried, however long each takes to fail; whatever ends the server more often is not mended by another. */
const MAX_STARTS = 5;
/** A server that has run for so long was started well: the row of starts is over. */
const PROVEN_AFTER_MS = 60_000;
/** The pause before the second start; each is twice as long as the one before. */
const FIRST_PAUSE_MS = 250;

/** Keeps the server running. */
export function supervise(
  first: Postmaster,
  { start, onTrouble, onGivenUp }: Supervision,
): SupervisedPostmaster {
  let current = first;
  let isStopping = false;
  let starts = 0;
  let runsSince = performance.now();

  async function startAgain(): Promise<Postmaster | undefined> {
    if (performance.now() - runsSince >= PROVEN_AFTER_MS) starts = 0;
    for (let failure: unknown; ; ) {
      if (starts >= MAX_STARTS) {
        const message = `PostgreSQL was started ${starts} times in a row without running for a minute, and is not started again.`;
        onGivenUp?.(new Error(message, { cause: failure }));
        return undefined;
      }
      if (starts > 0) await delay(FIRST_PAUSE_MS * 2 ** (starts - 1));
      if (isStopping) return undefined;
      starts += 1;
      try {
        const next = await start();
        runsSince = performance.now();
        return next;
      } catch (error) {
        failure = error;
        onTrouble?.(`PostgreSQL could not be started: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  async function watch(): Promise<void> {
    for (;;) {
      const how = await current.ended;
      if (isStopping) return;
      onTrouble?.(`PostgreSQL has ended unexpectedly (${how}) and is started again.`);
      const next = await startAgain();
      if (next === undefined) return;
      current = next;
      onTrouble?.(`PostgreSQL runs again, as process ${next.pid}.`);
      if (isStopping) await next.stop();
    }
  }

  const watching = watch();
  return {
    get pid() {
      return current.pid;
    },
    async stop() {
      isStopping = true;
      await current.stop();
      await watching;
    },
  };
}
