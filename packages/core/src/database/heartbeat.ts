import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** How often the line is asked for a proof that it is alive. */
const BEAT_EVERY_MS = 1000;
/** A line that owes a proof for this long is dead. */
const SILENT_FOR_MS = 4000;

/** Notices that a connection sends to itself. */
export interface Heartbeat {
  /** The channel on which they come back. */
  readonly channel: string;
  /** Whatever was told before this moment of `performance.now()` has arrived. */
  readonly provenAt: number;
  /** Sends the first one, and from then on one each second; resolves when the first is back. */
  start(): Promise<void>;
  hear(payload: string): void;
  stop(): void;
}

/**
 * Proves that a connection which listens is alive, from end to end: notices come in the order in which they were told, so
 * when one that it sent to itself is back, all that were told before it are here. Calls back when one stays out.
 */
export function heartbeatOf(client: pg.Client, onSilence: () => void): Heartbeat {
  const channel = `rollcall_heartbeat_${randomUUID().replaceAll('-', '')}`;
  const firstProof = Promise.withResolvers<void>();
  let beats = 0;
  let provenAt = Number.NEGATIVE_INFINITY;
  /** The beat that is out. */
  let awaited: { readonly payload: string; readonly sentAt: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  function beat(): void {
    beats += 1;
    awaited = { payload: String(beats), sentAt: performance.now() };
    client.query('SELECT pg_notify($1, $2)', [channel, awaited.payload]).catch(onSilence);
  }

  function tick(): void {
    const late = awaited;
    if (late === undefined) beat();
    else if (performance.now() - late.sentAt > SILENT_FOR_MS)
      // A process that was busy itself first reads what has arrived meanwhile.
      setImmediate(() => late === awaited && onSilence());
  }

  return {
    channel,
    get provenAt() {
      return provenAt;
    },
    start() {
      beat();
      timer = setInterval(tick, BEAT_EVERY_MS).unref();
      return firstProof.promise;
    },
    hear(payload) {
      if (payload !== awaited?.payload) return;
      provenAt = awaited.sentAt;
      awaited = undefined;
      firstProof.resolve();
    },
    stop: () => clearInterval(timer),
  };
}
