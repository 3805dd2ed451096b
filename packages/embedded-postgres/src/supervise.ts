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

/** So many starts within a minute are tried; whatever ends the server more often is not mended by another. */
const MAX_STARTS = 5;
const WINDOW_MS = 60_000;
/** The pause before the second start; each is twice as long as the one before. */
const FIRST_PAUSE_MS = 250;

/** Keeps the server running. */
export function supervise(
  first: Postmaster,
  { start, onTrouble, onGivenUp }: Supervision,
): SupervisedPostmaster {
  let current = first;
  let isStopping = false;
  const starts: number[] = [];

  async function startAgain(): Promise<Postmaster | undefined> {
    for (let failure: unknown; ; ) {
      while (starts[0] !== undefined && starts[0] < Date.now() - WINDOW_MS) starts.shift();
      if (starts.length >= MAX_STARTS) {
        const message = `PostgreSQL ended ${starts.length + 1} times within a minute and is not started again.`;
        onGivenUp?.(new Error(message, { cause: failure }));
        return undefined;
      }
      if (starts.length > 0) await delay(FIRST_PAUSE_MS * 2 ** (starts.length - 1));
      if (isStopping) return undefined;
      starts.push(Date.now());
      try {
        return await start();
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
