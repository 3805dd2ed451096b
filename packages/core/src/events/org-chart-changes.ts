import type { EventRecord } from './read-events.ts';

const always: ReadonlySet<string> = new Set([
  'USER_CREATED',
  'USER_REVIVED',
  'USER_ACTIVATED',
  'USER_DEACTIVATED',
  'USER_DEPROVISIONED',
]);

/** What a card of the chart shows, or decides where it stands. */
const shown: ReadonlySet<string> = new Set([
  'manager',
  'department',
  'title',
  'displayName',
  'userName',
  'photos',
]);

/** Does this event move or change somebody in the org chart? */
export const movesTheOrgChart = ({ type, changes }: EventRecord): boolean =>
  always.has(type) || (type === 'USER_UPDATED' && changes.some(({ field }) => shown.has(field)));
