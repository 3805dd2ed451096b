import type { Sql } from '../database/database.ts';
import { checkPageSize, type Page } from '../pages/page.ts';
import { isUuid } from '../text/uuid.ts';
import { readLogCursor } from './cursor.ts';
import type { EventFeed } from './event-feed.ts';
import { countEvents, type EventFilter, type EventRecord, eventsBefore } from './read-events.ts';

/** A page of the account's log, newest first; its cursors are those of the feed. */
export async function listEvents(
  db: Sql,
  feed: EventFeed,
  accountId: string,
  filter: EventFilter,
  { first, after }: { readonly first: number; readonly after?: string | null },
): Promise<Page<EventRecord>> {
  checkPageSize(first, 'first');
  if (asksForNobody(filter)) return emptyPage;
  const before = after == null ? undefined : readLogCursor(after);
  const found = await eventsBefore(db, accountId, filter, before, first + 1);
  const rows = found.slice(0, first);
  return {
    rows,
    cursors: rows.map(feed.cursorOf),
    hasNextPage: found.length > first,
    hasPreviousPage: after != null,
    total: () => countEvents(db, accountId, filter),
  };
}

// Text that is no UUID names nobody; it must not reach a cast.
const asksForNobody = ({ about, subjectId, relatedId, connectionId, actorId }: EventFilter): boolean =>
  [about, subjectId, relatedId, connectionId, actorId].some((id) => id != null && !isUuid(id));

const emptyPage: Page<EventRecord> = {
  rows: [],
  cursors: [],
  hasNextPage: false,
  hasPreviousPage: false,
  total: () => Promise.resolve(0),
};
