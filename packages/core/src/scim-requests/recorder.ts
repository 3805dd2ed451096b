import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isUnavailable } from '../database/unavailable.ts';
import type { AnsweredRequest } from './answered-request.ts';
import { type RequestRow, requestLimits, rowOf } from './request-row.ts';

/** Takes down requests, off their path. */
export interface RequestRecorder {
  /** Takes a request to be written soon. What there is no room for is counted, told in the log, and gone. */
  record(request: AnsweredRequest): void;
  /** Resolves when all that was recorded before the call is written, or has failed to be. */
  flush(): Promise<void>;
  /** Writes what there is, as far as that goes within a few seconds, and ends. */
  close(): Promise<void>;
}

export interface RecorderOptions {
  readonly write: (rows: readonly RequestRow[]) => Promise<void>;
  readonly log: Logger;
  /** How many wait to be written at most; while the database is away they stay. */
  readonly maxWaiting?: number;
  /** Bytes of bodies that wait at most: beyond them requests are recorded without. */
  readonly maxBytes?: number;
}

/** How long requests gather before they are written together. */
const GATHER_MS = 200;
const WRITTEN_AT_ONCE = 200;
/** When writing is tried again that failed; twice as late each time. */
const FIRST_BACK_OFF_MS = 250;
const MAX_BACK_OFF_MS = 10_000;
/** How often a database that is there may refuse a batch, before the next ones are tried. */
const MAX_REFUSALS = 3;
const CLOSE_WITHIN_MS = 5000;

/** A recorder that writes in batches, one after the other. */
export function openRecorder(options: RecorderOptions): RequestRecorder {
  const { write, log, maxWaiting = requestLimits.waiting, maxBytes = requestLimits.waitingBytes } = options;
  const closing = new AbortController();
  let waiting: AnsweredRequest[] = [];
  let bytes = 0;
  let lost = 0;
  let writing: Promise<void> | undefined;

  function record(request: AnsweredRequest): void {
    if (waiting.length >= maxWaiting) {
      lost += 1;
      return;
    }
    const size = sizeOf(request);
    const hasRoom = bytes + size <= maxBytes;
    waiting.push(hasRoom ? request : { ...request, body: undefined, answer: undefined });
    if (hasRoom) bytes += size;
    writing ??= gather();
  }

  async function gather(): Promise<void> {
    await pause(GATHER_MS);
    await writeAll();
    writing = undefined;
  }

  async function writeAll(): Promise<void> {
    let failures = 0;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, WRITTEN_AT_ONCE);
      try {
        await write(batch.map(rowOf));
        drop(batch);
        failures = 0;
        tellLost();
      } catch (error) {
        failures += 1;
        if (failures === 1) log.warn({ err: error }, 'Requests could not be recorded; it is tried again.');
        if (closing.signal.aborted) return;
        if (!isUnavailable(error) && failures === MAX_REFUSALS) {
          lost += batch.length;
          drop(batch);
          failures = 0;
          continue;
        }
        await pause(Math.min(FIRST_BACK_OFF_MS * 2 ** failures, MAX_BACK_OFF_MS));
      }
    }
  }

  function drop(batch: readonly AnsweredRequest[]): void {
    waiting = waiting.slice(batch.length);
    for (const request of batch) bytes -= sizeOf(request);
  }

  function tellLost(): void {
    if (lost > 0)
      log.warn(
        { requests: lost },
        'Requests were not recorded: too many waited to be written, or the database refused them.',
      );
    lost = 0;
  }

  /** Shorter when it is to end. */
  const pause = (ms: number): Promise<void> =>
    sleep(ms, undefined, { signal: closing.signal }).catch(() => undefined);

  return {
    record,
    async flush() {
      await writing;
    },
    async close() {
      closing.abort();
      await Promise.race([writing ?? writeAll(), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
      lost += waiting.length;
      tellLost();
    },
  };
}

const sizeOf = ({ body, bodySize, answer = '' }: AnsweredRequest): number =>
  (body === undefined ? 0 : bodySize) + answer.length;
