import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { type AttributeDefinitions, toDefinitions } from './definitions.ts';
import { findDefinitions } from './find-definitions.ts';

/** On this channel every process hears whose definitions changed: the account's id, and their version from then on. */
export const CUSTOM_ATTRIBUTES_CHANNEL = 'rollcall_custom_attributes';

/** What this process knows of the attributes that accounts defined. */
export interface KnownDefinitions {
  /** The account's definitions; a statement only where they are not known yet. */
  of(accountId: string): Promise<AttributeDefinitions>;
  /** The account's definitions when they are known, at once. */
  known(accountId: string): AttributeDefinitions | undefined;
  /** Looks the account's definitions up again: for names that another process may have just given. */
  renewed(accountId: string): Promise<AttributeDefinitions>;
  /** Forgets what is known of an account, at once in this process. */
  forget(accountId: string): void;
  close(): void;
}

/** How many accounts are remembered. */
const MAX_KNOWN = 10_000;

/**
 * Knows definitions that were looked up once, for as long as PostgreSQL would tell at once that they changed; while
 * the line for such notices is down, they are looked up each time.
 */
export function openKnownDefinitions({ sql: db }: Database, notifications: Notifications): KnownDefinitions {
  const remembered = new Map<string, AttributeDefinitions>();
  /** The versions that PostgreSQL told of last. */
  const announced = new Map<string, string | null>();
  let changes = 0;
  const forget = (accountId: string) => {
    changes += 1;
    remembered.delete(accountId);
    announced.delete(accountId);
  };
  const stopHearing = [
    notifications.on(CUSTOM_ATTRIBUTES_CHANNEL, (payload) => {
      const [accountId = '', version = null] = payload.split(' ');
      // Who made the change, or looked since, knows already.
      if (remembered.get(accountId)?.version === version) return;
      forget(accountId);
      if (announced.size >= MAX_KNOWN) announced.clear();
      announced.set(accountId, version);
    }),
    notifications.onReconnect(() => {
      changes += 1;
      remembered.clear();
      announced.clear();
    }),
  ];
  const known = (accountId: string) => (notifications.connected ? remembered.get(accountId) : undefined);

  async function renewed(accountId: string): Promise<AttributeDefinitions> {
    const before = changes;
    const definitions = toDefinitions(await findDefinitions(db, accountId));
    // What was read while somebody told of a change may be older than the change.
    const isNewest = before === changes || announced.get(accountId) === definitions.version;
    if (!isNewest || !notifications.connected) return definitions;
    if (remembered.size >= MAX_KNOWN) remembered.clear();
    remembered.set(accountId, definitions);
    return definitions;
  }

  return {
    of: async (accountId) => known(accountId) ?? renewed(accountId),
    known,
    renewed,
    forget,
    close() {
      for (const stop of stopHearing) stop();
    },
  };
}
