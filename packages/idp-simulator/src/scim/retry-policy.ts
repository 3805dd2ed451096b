import { setTimeout as sleep } from 'node:timers/promises';

/** Okta gives a throttled request ten attempts. */
const THROTTLED_ATTEMPTS = 10;
const BROKEN_ATTEMPTS = 4;
const LONGEST_WAIT_MS = 60_000;
const BROKEN_FIRST_WAIT_MS = 100;
const THROTTLED_FIRST_WAIT_MS = 1_000;

/** Errors of a connection that broke before an answer came: the request may be sent again. */
const BROKEN_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'UND_ERR_SOCKET']);

/** How one attempt ended, as far as a retry depends on it. */
export interface AttemptOutcome {
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
  readonly retryAfter: string | undefined;
}

/** Milliseconds to wait before the next attempt, or undefined when this one was the last. `attempt` counts from 1. */
export function retryDelay(outcome: AttemptOutcome, attempt: number): number | undefined {
  if (outcome.status === 429 && attempt < THROTTLED_ATTEMPTS) {
    return Math.min(
      LONGEST_WAIT_MS,
      retryAfterMs(outcome.retryAfter) ?? doubled(THROTTLED_FIRST_WAIT_MS, attempt),
    );
  }
  const broken = outcome.errorCode !== undefined && BROKEN_CODES.has(outcome.errorCode);
  return broken && attempt < BROKEN_ATTEMPTS ? doubled(BROKEN_FIRST_WAIT_MS, attempt) : undefined;
}

/** Waits; rejects with the signal's reason when it is aborted meanwhile. */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** Whole seconds only, as Okta reads it; an HTTP date is ignored. */
function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header.trim()) ? Number(header) * 1000 : undefined;
}

function doubled(first: number, attempt: number): number {
  return first * 2 ** (attempt - 1);
}
