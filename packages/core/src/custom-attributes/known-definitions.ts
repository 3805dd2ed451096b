import { openAnnouncedCache } from '../database/announced-cache.ts';
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

/** Opens what is known of definitions: nothing yet. */
export function openKnownDefinitions({ sql: db }: Database, notifications: Notifications): KnownDefinitions {
  const cache = openAnnouncedCache<AttributeDefinitions>({
    notifications,
    channel: CUSTOM_ATTRIBUTES_CHANNEL,
    keyOf: (notice) => notice.split(' ')[0] ?? '',
    // Who made the change, or looked since, knows already.
    isTold: ({ version }, notice) => (notice.split(' ')[1] ?? null) === version,
  });
  const of = (accountId: string) =>
    cache.get(accountId, async () => toDefinitions(await findDefinitions(db, accountId)));
  return {
    of,
    known: cache.known,
    renewed(accountId) {
      cache.forget(accountId);
      return of(accountId);
    },
    forget: cache.forget,
    close: cache.close,
  };
}
