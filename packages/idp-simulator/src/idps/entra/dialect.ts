import { guid } from '../../directory/identifiers.ts';
import { Random } from '../../directory/random.ts';
import type { Dialect } from '../dialect.ts';
import { entraGroups } from './group.ts';
import { entraUsers } from './user.ts';

/** Microsoft Entra ID without the `aadOptscim062020` flag, which is what a new application gets. */
export const entra: Dialect = {
  idp: 'entra',
  // Entra has been seen to send no User-Agent at all.
  headers: {},
  /** A user who can't exist must be answered with 200 and an empty list, never with 404. */
  connectionChecks: (seed) => [
    { request: entraUsers.findUser(guid(new Random(`${seed}:test-connection`))), wantsEmptyList: true },
  ],
  ...entraUsers,
  ...entraGroups,
};
