import type { FeedEvent } from './event-fragment.ts';

/** The users and teams that an event is about. */
export interface Touched {
  userIds: Set<string>;
  teamIds: Set<string>;
}

/** Gathers whom a batch of events touched, each once. */
export function touchedBy(events: readonly FeedEvent[]): Touched {
  const touched: Touched = { userIds: new Set(), teamIds: new Set() };
  for (const event of events) {
    for (const reference of [event.subject, event.related]) {
      if (reference?.type === 'USER') touched.userIds.add(reference.id);
      if (reference?.type === 'TEAM') touched.teamIds.add(reference.id);
    }
  }
  return touched;
}

const membershipTypes: readonly FeedEvent['type'][] = [
  'USER_CREATED',
  'USER_DEPROVISIONED',
  'USER_REVIVED',
  'TEAM_CREATED',
  'TEAM_DELETED',
];

/** Whether an event adds to a list or takes from it, so that the list itself must be read again. */
export function changesLists(event: FeedEvent): boolean {
  return membershipTypes.includes(event.type);
}

/** Whether an event changes roles, what gives them or who has them. */
export function changesRoles({ type }: FeedEvent): boolean {
  return type.startsWith('ROLE_') || type === 'DEFAULT_ROLES_CHANGED' || type === 'USER_ROLES_ERASED';
}
