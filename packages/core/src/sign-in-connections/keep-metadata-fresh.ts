import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { Notifications } from '../database/notifications.ts';
import { committedWork } from '../database/work.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { keepLooking } from '../jobs/keep-looking.ts';
import type { Authorship } from '../model/event.ts';
import { readMetadataAt } from './read-metadata-at.ts';
import { keepMetadata } from './refresh-saml-metadata.ts';

export interface MetadataKeeping {
  readonly database: Database;
  readonly notifications: Notifications;
  readonly feed: EventFeed;
  readonly fetch: GuardedFetch;
  readonly log: Logger;
}

/** How soon it is looked whether metadata are due. */
const LOOK_AGAIN_MS = 10 * 60 * 1000;
/** When metadata are read again by whoever comes, if nothing was heard of who took them. */
const OURS_FOR = sql.lit('1 hour');
const AT_ONCE = 20;

interface DueMetadata {
  readonly account_id: string;
  readonly id: string;
  readonly url: string;
}

/** Reads the metadata of providers once a day, each in one process. The function that is answered ends it. */
export const keepMetadataFresh = (keeping: MetadataKeeping): (() => Promise<void>) =>
  keepLooking({
    notifications: keeping.notifications,
    doNext: () => readDueMetadata(keeping),
    restMs: LOOK_AGAIN_MS,
    failed: 'The metadata to read could not be looked up.',
    log: keeping.log,
  });

/** Reads the next metadata that are due, and answers how many there were. */
export async function readDueMetadata(keeping: Omit<MetadataKeeping, 'notifications'>): Promise<number> {
  const { rows } = await takeDue.execute(keeping.database.sql);
  await Promise.all(rows.map((due) => refresh(due, keeping)));
  return rows.length;
}

const takeDue: RawBuilder<DueMetadata> = sql`
  UPDATE sign_in_connections c SET metadata_check_at = now() + interval ${OURS_FOR}
  FROM (SELECT account_id, id FROM sign_in_connections WHERE metadata_check_at <= now()
    ORDER BY metadata_check_at LIMIT ${sql.lit(AT_ONCE)} FOR UPDATE SKIP LOCKED) due
  WHERE c.account_id = due.account_id AND c.id = due.id
  RETURNING c.account_id, c.id, c.saml->>'metadataUrl' AS url`;

async function refresh(
  { account_id: accountId, id, url }: DueMetadata,
  { database, feed, fetch, log }: Omit<MetadataKeeping, 'notifications'>,
): Promise<void> {
  try {
    const read = await readMetadataAt(url, fetch);
    const authorship: Authorship = { accountId, actor: KEEPER, connectionId: null, requestId: id };
    await committedWork(database).transaction((scope) => keepMetadata(scope, authorship, { id, url, read }));
    feed.announce(accountId);
  } catch (error) {
    log.warn(
      { err: error, accountId, signInConnectionId: id },
      'Metadata could not be kept; they are read again.',
    );
  }
}

const KEEPER = { kind: 'SYSTEM', id: null, name: 'Metadata' } as const;
