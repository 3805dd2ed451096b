import {
  findPermissionsOf,
  findSessionsOf,
  type PersonalPermissions,
  type SessionRecord,
} from '../../sessions/find-sessions.ts';
import type { Load } from '../request/loaders.ts';

export const sessionsOfUser: Load<readonly SessionRecord[]> = ({ db, accountId }, ids) =>
  findSessionsOf(db, accountId, ids);

export const permissionsOfUser: Load<PersonalPermissions> = ({ db, accountId }, ids) =>
  findPermissionsOf(db, accountId, ids);
