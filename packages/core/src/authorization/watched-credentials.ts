import type { Sql } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { ACCOUNT_CREDENTIALS_CHANNEL, CREDENTIALS_CHANNEL } from './end-access.ts';
import { findPresentPermissions } from './find-present-permissions.ts';
import type { Viewer } from './viewer.ts';

/** Credentials that something lives by, such as a socket. */
export interface WatchedCredentials {
  /** Calls back when the viewer's credential may have ended, by time or by an act, or allows something else. */
  watch(viewer: Viewer, changed: () => void): () => void;
  /** The credential has ended or changed. */
  change(id: string): void;
  close(): void;
}

/** How late an expiry is noticed. */
const LOOK_EVERY_MS = 1000;
/** How often PostgreSQL is asked for what it could not tell. */
const ASK_EVERY_MS = 2000;

interface Watch {
  readonly accountId: string;
  readonly endsAt: Date | null;
  readonly changed: () => void;
}

/**
 * Hears who ends or changes a credential. While the line for that is not trusted, and when it is up again, one statement looks all
 * watched ones up.
 */
export function openWatchedCredentials(db: Sql, notifications: Notifications): WatchedCredentials {
  const watches = new Map<string, Set<Watch>>();
  /** What watched credentials allowed when PostgreSQL was asked last. */
  let allowedBefore: ReadonlyMap<string, string> = new Map();
  let askedAt = Number.NEGATIVE_INFINITY;
  const change = (id: string) => {
    for (const { changed } of [...(watches.get(id) ?? [])]) changed();
  };

  const changeAllOf = (account: string) => {
    const all = [...watches.values()].flatMap((each) => [...each]);
    for (const { accountId, changed } of all) if (accountId === account) changed();
  };

  async function ask(): Promise<void> {
    askedAt = performance.now();
    const ids = [...watches.keys()];
    if (ids.length === 0) return;
    // Where PostgreSQL does not answer, nobody can have changed anything; the next look asks again.
    const allowed = await findPresentPermissions(db, ids).catch(() => undefined);
    if (allowed === undefined) return;
    for (const id of ids) if (!allowed.has(id) || allowed.get(id) !== allowedBefore.get(id)) change(id);
    allowedBefore = allowed;
  }

  function look(): void {
    const now = Date.now();
    for (const all of watches.values())
      for (const { endsAt, changed } of [...all]) if (endsAt !== null && endsAt.getTime() <= now) changed();
    if (!notifications.isTrusted && performance.now() - askedAt > ASK_EVERY_MS) void ask();
  }

  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  const stopHearing = [
    notifications.on(CREDENTIALS_CHANNEL, change),
    notifications.on(ACCOUNT_CREDENTIALS_CHANNEL, changeAllOf),
    notifications.onReconnect(() => void ask()),
  ];
  return {
    watch(viewer, changed) {
      if (viewer.kind !== 'TOKEN' && viewer.kind !== 'USER') return () => undefined;
      const id = viewer.kind === 'TOKEN' ? viewer.tokenId : viewer.sessionId;
      const watch: Watch = { accountId: viewer.accountId, endsAt: viewer.endsAt, changed };
      const all = watches.get(id) ?? new Set();
      watches.set(id, all.add(watch));
      return () => {
        all.delete(watch);
        if (all.size === 0 && watches.get(id) === all) watches.delete(id);
      };
    },
    change,
    close() {
      clearInterval(timer);
      for (const stop of stopHearing) stop();
    },
  };
}
