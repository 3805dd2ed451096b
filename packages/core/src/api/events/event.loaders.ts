import { findNamedObjects } from '../../events/named-objects.ts';
import type { EventParty } from '../../model/event.ts';
import type { Load } from '../request/loaders.ts';

export const namedObject: Load<EventParty | undefined> = ({ db, accountId }, ids) =>
  findNamedObjects(db, accountId, ids);
