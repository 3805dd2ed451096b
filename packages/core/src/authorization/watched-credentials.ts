import type { Sql } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { CREDENTIALS_CHANNEL } from '../sign-in/end-access.ts';
import { findValidCredentials } from './find-valid-credentials.ts';
import type { Viewer } from './viewer.ts';

/** Credentials that something lives by, such as a socket. */
export interface WatchedCredentials {
  /** Calls back when the viewer's credential stops being valid, by time or by whichever process ended it. */
  watch(viewer: Viewer, ended: () => void): () => void;
  /** The credential has ended or changed. */
  end(id: string): void;
  close(): void;
}

/** How late an expiry is noticed. */
const LOOK_EVERY_MS = 1000;
/** How often PostgreSQL is asked for what it could not tell. */
const ASK_EVERY_MS = 2000;

interface Watch {
  readonly endsAt: Date | null;
  readonly ended: () => void;
}

/**
 * Hears who ends a credential. While the line for that is not trusted, and when it is up again, one statement looks all
 * watched ones up.
 */
export function openWatchedCredentials(db: Sql, notifications: Notifications): WatchedCredentials {
  const watches = new Map<string, Set<Watch>>();
  let askedAt = Number.NEGATIVE_INFINITY;
  const end = (id: string) => {
    for (const { ended } of watches.get(id) ?? []) ended();
  };

  async function ask(): Promise<void> {
    askedAt = performance.now();
    const ids = [...watches.keys()];
    if (ids.length === 0) return;
    // Where PostgreSQL does not answer, nobody can have ended anything; the next look asks again.
    const valid = await findValidCredentials(db, ids).catch(() => new Set(ids));
    for (const id of ids) if (!valid.has(id)) end(id);
  }

  function look(): void {
    const now = Date.now();
    for (const all of watches.values())
      for (const { endsAt, ended } of all) if (endsAt !== null && endsAt.getTime() <= now) ended();
    if (!notifications.isTrusted && performance.now() - askedAt > ASK_EVERY_MS) void ask();
  }

  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  const stopHearing = [
    notifications.on(CREDENTIALS_CHANNEL, end),
    notifications.onReconnect(() => void ask()),
  ];
  return {
    watch(viewer, ended) {
      if (viewer.kind !== 'TOKEN' && viewer.kind !== 'USER') return () => undefined;
      const id = viewer.kind === 'TOKEN' ? viewer.tokenId : viewer.sessionId;
      const watch: Watch = { endsAt: viewer.endsAt, ended };
      const all = watches.get(id) ?? new Set();
      watches.set(id, all.add(watch));
      return () => {
        all.delete(watch);
        if (all.size === 0 && watches.get(id) === all) watches.delete(id);
      };
    },
    end,
    close() {
      clearInterval(timer);
      for (const stop of stopHearing) stop();
    },
  };
}
