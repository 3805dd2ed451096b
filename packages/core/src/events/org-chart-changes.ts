import type { EventRecord } from './read-events.ts';

const always: ReadonlySet<string> = new Set([
  'USER_CREATED',
  'USER_REVIVED',
  'USER_ACTIVATED',
  'USER_DEACTIVATED',
  'USER_DEPROVISIONED',
  'TEAM_CREATED',
  'TEAM_DELETED',
  'TEAM_MEMBER_ADDED',
  'TEAM_MEMBER_REMOVED',
]);

/** What a card of the chart shows, or decides where it stands. */
const shown: Readonly<Record<string, ReadonlySet<string>>> = {
  USER_UPDATED: new Set(['manager', 'department', 'title', 'displayName', 'userName', 'photos']),
  TEAM_UPDATED: new Set(['displayName', 'parentId', 'leadId', 'origin']),
};

/** Does this event change the org chart? Also what happens to pushed groups is told, though the chart shows none. */
export const movesTheOrgChart = ({ type, changes }: EventRecord): boolean =>
  always.has(type) || changes.some(({ field }) => shown[type]?.has(field) === true);
