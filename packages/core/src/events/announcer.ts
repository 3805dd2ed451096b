import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';

export const EVENTS_CHANNEL = 'rollcall_events';

/** The accounts in which something was committed; null when it may have been any. */
export type NewsOf = readonly string[] | null;

export interface Announcer {
  /** Something was committed in this account. */
  announce(accountId: string): void;
  close(): void;
}

/** Commits within this time are announced once. */
const COALESCE_MS = 5;
/** More do not fit into a notice of PostgreSQL's, which has 8,000 bytes at most. */
const MAX_NAMED = 200;
const ANY = '*';

/** Tells this process and the others, after commits, in which accounts there may be news. */
export function openAnnouncer(
  database: Database,
  notifications: Notifications,
  hear: (accounts: NewsOf) => void,
): Announcer {
  const self = `${process.pid}.${Math.random()}`;
  const named = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    timer = undefined;
    const accounts = named.size > MAX_NAMED ? null : [...named];
    named.clear();
    hear(accounts);
    const payload = [self, ...(accounts ?? [ANY])].join(' ');
    void database.pool.query('SELECT pg_notify($1, $2)', [EVENTS_CHANNEL, payload]).catch(() => undefined);
  }

  const stopHearing = [
    notifications.on(EVENTS_CHANNEL, (payload) => {
      const [from, ...accounts] = payload.split(' ');
      if (from !== self) hear(accounts.includes(ANY) ? null : accounts);
    }),
    notifications.onReconnect(() => hear(null)),
  ];
  return {
    announce(accountId) {
      named.add(accountId);
      timer ??= setTimeout(tell, COALESCE_MS);
    },
    close() {
      clearTimeout(timer);
      for (const stop of stopHearing) stop();
    },
  };
}
