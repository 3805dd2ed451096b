import type { FeedEvent } from './event-fragment.ts';

/** How a mutation is sent that is only worked out and checked: nothing of it is kept, here neither. */
export const rehearsing = {
  fetchPolicy: 'no-cache',
  context: { headers: { 'rollcall-dry-run': 'true' } },
} as const;

/** An event that the rehearsed mutation would write. */
export type RehearsedEvent = Pick<FeedEvent, 'type' | 'subject' | 'related' | 'changes'>;

interface Extensions {
  /** `events` is told to those who may read events. */
  readonly rehearsal?: { readonly events?: readonly RehearsedEvent[] };
}

/** What a rehearsed mutation would have logged; undefined where whoever asked may not read the log. */
export const rehearsedEvents = (
  extensions: Record<string, unknown> | undefined,
): readonly RehearsedEvent[] | undefined => (extensions as Extensions | undefined)?.rehearsal?.events;
