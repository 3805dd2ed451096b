import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { isArrival } from './event-looks.ts';

type Change = FeedEvent['changes'][number];

/** What tells people most about somebody or something new, the most telling first. */
const telling = ['title', 'department', 'manager', 'userName', 'emails', 'displayName'];

/** What the sentence above has said already. */
const saidByArrival = ['displayName', 'name', 'status', 'active'];
const saidByType: Partial<Record<FeedEvent['type'], readonly string[]>> = {
  USER_ACTIVATED: ['active', 'status'],
  USER_DEACTIVATED: ['active', 'status'],
  USER_DEPROVISIONED: ['status'],
  USER_REVIVED: ['status'],
};

const rank = ({ field }: Change): number => {
  const place = telling.indexOf(field);
  return place === -1 ? telling.length : place;
};

/** The changes worth showing beside the event's sentence; those of an arrival in the order in which they tell most. */
export function tellingChanges({ type, changes }: Pick<FeedEvent, 'type' | 'changes'>): Change[] {
  const said = saidByType[type] ?? (isArrival(type) ? saidByArrival : []);
  const left = changes.filter(({ field }) => !said.includes(field.split('.')[0] ?? field));
  return isArrival(type) ? left.sort((one, other) => rank(one) - rank(other)) : left;
}
