import { LRUCache } from 'lru-cache';
import { LookUp } from './look-up.ts';
import type { Notifications } from './notifications.ts';

/** What was looked up once, remembered for as long as PostgreSQL would tell that it changed. */
export interface AnnouncedCache<Value> {
  /** What is remembered under the key, at once. */
  known(key: string): NonNullable<Value> | undefined;
  /** What is remembered, or else looked up; who asks meanwhile waits for the same look-up. Absence is not remembered. */
  get(key: string, find: () => Promise<Value>): Promise<Value>;
  /** Forgets at once in this process; a look-up that is under way is made again. */
  forget(key: string): void;
  /** The same with everything, when something may have been told that is not heard yet. */
  forgetAll(): void;
  close(): void;
}

export interface AnnouncedCacheOptions<Value> {
  readonly notifications: Notifications;
  /** Here every process hears which key is to be forgotten. */
  readonly channel: string;
  /** The key that a notice names; the notice itself when left out. */
  readonly keyOf?: (notice: string) => string;
  /** On a channel of its own notices name many at once: each of which this gives the name for what was looked up. */
  readonly many?: { readonly channel: string; readonly of: (value: NonNullable<Value>) => string };
  /** Is the value the one that the notice tells of, so that it stays? */
  readonly isTold?: (value: NonNullable<Value>, notice: string) => boolean;
}

/** How many are remembered; the one that was not used for longest gives way. */
const MAX_KNOWN = 10_000;
/** The net under the notices, for what was changed past them, such as by hand. */
const MAX_AGE_MS = 60_000;
/** Nobody waits for a look-up that began longer ago: what it will answer may have ended before they asked. */
const SHARED_FOR_MS = 1000;

/**
 * Remembers while the line for notices is trusted; otherwise each look-up goes to PostgreSQL, and nothing is remembered.
 * So what has ended counts no longer than a notice takes, or than a dead line is trusted.
 */
export function openAnnouncedCache<Value extends object | undefined>({
  notifications,
  channel,
  keyOf = (notice) => notice,
  many,
  isTold = () => false,
}: AnnouncedCacheOptions<Value>): AnnouncedCache<Value> {
  const remembered = new LRUCache<string, NonNullable<Value>>({ max: MAX_KNOWN, ttl: MAX_AGE_MS });
  const underWay = new Map<string, Set<LookUp<Value>>>();
  const invalidate = (all: Iterable<LookUp<Value>> = []) => {
    for (const lookUp of all) lookUp.invalidate();
  };
  const forget = (key: string) => {
    invalidate(underWay.get(key));
    remembered.delete(key);
  };
  const invalidateAll = () => {
    for (const all of underWay.values()) invalidate(all);
  };
  const forgetAll = () => {
    invalidateAll();
    remembered.clear();
  };
  const forgetMany = (name: string) => {
    // Nobody knows yet whether they are among the many.
    invalidateAll();
    for (const [key, value] of [...remembered.entries()])
      if (many?.of(value) === name) remembered.delete(key);
  };
  const stopHearing = [
    ...(many === undefined ? [] : [notifications.on(many.channel, forgetMany)]),
    notifications.on(channel, (notice) => {
      const key = keyOf(notice);
      invalidate(underWay.get(key));
      const value = remembered.peek(key);
      if (value !== undefined && !isTold(value, notice)) remembered.delete(key);
    }),
    notifications.onReconnect(forgetAll),
  ];
  const known = (key: string) => (notifications.isTrusted ? remembered.get(key) : undefined);

  async function lookUp(key: string, find: () => Promise<Value>): Promise<Value> {
    const all = underWay.get(key) ?? new Set();
    for (const other of all) if (other.isYoungerThan(SHARED_FOR_MS)) return other.answer;
    const looking = new LookUp(find);
    underWay.set(key, all.add(looking));
    try {
      const found = await looking.answer;
      if (found !== undefined && notifications.isTrusted) remembered.set(key, found);
      return found;
    } finally {
      all.delete(looking);
      if (all.size === 0) underWay.delete(key);
    }
  }

  return {
    known,
    get: async (key, find) => known(key) ?? lookUp(key, find),
    forget,
    forgetAll,
    close() {
      for (const stop of stopHearing) stop();
    },
  };
}
