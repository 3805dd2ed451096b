import { countReports, findUsersById } from '../../users/find-users.ts';
import type { UserRecord } from '../../users/user-record.ts';
import type { Load } from '../request/loaders.ts';

export const userById: Load<UserRecord | undefined> = ({ db, accountId, connectionId }, ids) =>
  findUsersById(db, accountId, ids, { connectionId, withTeams: false });

export const reportCount: Load<number> = ({ db, accountId }, ids) => countReports(db, accountId, ids);
