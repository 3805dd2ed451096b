import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type ListenConnection, openListenConnection } from './listen-connection.ts';

/** What one process hears from the others through PostgreSQL. */
export interface Notifications {
  /** Has the line proven of late that nothing told on it is missing? Otherwise PostgreSQL is to be asked. */
  readonly isTrusted: boolean;
  /** True once all is heard that was told before the call, whichever process told it; otherwise PostgreSQL is to be asked. */
  caughtUp(): Promise<boolean>;
  on(channel: string, hear: (payload: string) => void): () => void;
  /** Calls back whenever the line comes up again: what was missed must be looked up. */
  onReconnect(hear: () => void): () => void;
  close(): Promise<void>;
}

const RECONNECT_MS = 500;
/** For how long a proof counts: what is told while the line is dead is taken for untold no longer. */
const TRUSTED_FOR_MS = 5000;

/** Listens on `channels` with a connection of its own, and comes back when it is lost. */
export async function openNotifications(
  url: string,
  channels: readonly string[],
  log?: Logger,
): Promise<Notifications> {
  const emitter = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  const { signal } = closing;
  const hear = (channel: string, payload: string) => void emitter.emit(`on:${channel}`, payload);
  const open = () => openListenConnection({ url, channels, hear, signal });
  let line: ListenConnection | undefined = await open();

  async function reconnect(): Promise<ListenConnection | undefined> {
    while (!signal.aborted) {
      // Still away, or closing: the loop's condition tells which.
      const next = await sleep(RECONNECT_MS, undefined, { signal }).then(open).catch(nothing);
      if (next !== undefined) return next;
    }
    return undefined;
  }

  async function keepConnected(): Promise<void> {
    while (line !== undefined) {
      await line.over;
      line = undefined;
      if (!signal.aborted) log?.warn('the connection that listens to PostgreSQL is lost; connecting anew');
      line = await reconnect();
      if (line === undefined) return;
      log?.info('listening to PostgreSQL again');
      emitter.emit('reconnect');
    }
  }

  const connected = keepConnected();
  const subscribe = (event: string, hearing: (payload: string) => void) => {
    emitter.on(event, hearing);
    return () => void emitter.off(event, hearing);
  };
  return {
    get isTrusted() {
      return line !== undefined && performance.now() - line.provenAt < TRUSTED_FOR_MS;
    },
    caughtUp: async () => (await line?.caughtUp()) ?? false,
    on: (channel, hearing) => subscribe(`on:${channel}`, hearing),
    onReconnect: (hearing) => subscribe('reconnect', hearing),
    async close() {
      closing.abort();
      await connected;
    },
  };
}

const nothing = () => undefined;
