import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What one process hears from the others through PostgreSQL. */
export interface Notifications {
  /** Is the line up? While it is down, notices are missed. */
  readonly connected: boolean;
  on(channel: string, hear: (payload: string) => void): () => void;
  /** Calls back whenever the line comes up again: what was missed must be looked up. */
  onReconnect(hear: () => void): () => void;
  close(): Promise<void>;
}

const RECONNECT_MS = 500;

/** Listens on `channels` with a connection of its own, and comes back when it is lost. */
export async function openNotifications(url: string, channels: readonly string[]): Promise<Notifications> {
  const emitter = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  let client = await listen();
  let connected = true;

  async function listen(): Promise<pg.Client> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    await next.connect();
    next.on('notification', ({ channel, payload }) => emitter.emit(`on:${channel}`, payload ?? ''));
    next.on('error', () => void lost(next));
    next.on('end', () => void lost(next));
    for (const channel of channels) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    return next;
  }

  async function lost(which: pg.Client): Promise<void> {
    if (closing.signal.aborted || which !== client || !connected) return;
    connected = false;
    while (!closing.signal.aborted) {
      try {
        await sleep(RECONNECT_MS, undefined, { signal: closing.signal });
        client = await listen();
        connected = true;
        emitter.emit('reconnect');
        return;
      } catch {
        // Still away, or closing: the loop's condition tells which.
      }
    }
  }

  const subscribe = (event: string, hear: (payload: string) => void) => {
    emitter.on(event, hear);
    return () => void emitter.off(event, hear);
  };
  return {
    get connected() {
      return connected;
    },
    on: (channel, hear) => subscribe(`on:${channel}`, hear),
    onReconnect: (hear) => subscribe('reconnect', hear),
    async close() {
      closing.abort();
      await client.end().catch(() => undefined);
    },
  };
}
