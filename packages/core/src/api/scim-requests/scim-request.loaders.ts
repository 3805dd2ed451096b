import type { EventRecord } from '../../events/read-events.ts';
import { eventsOfRequests } from '../../scim-requests/find-requests.ts';
import type { Load } from '../request/loaders.ts';

export const eventsOfRequest: Load<EventRecord[]> = ({ db, accountId }, ids) =>
  eventsOfRequests(db, accountId, ids);
