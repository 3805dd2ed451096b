import {
  type ConnectionCounts,
  type ConnectionRecord,
  countByConnection,
  findConnections,
} from '../../connections/find-connections.ts';
import type { Load } from '../request/loaders.ts';

export const connectionById: Load<ConnectionRecord | undefined> = ({ db, accountId }, ids) =>
  findConnections(db, accountId, ids);

export const connectionCounts: Load<ConnectionCounts> = ({ db, accountId }, ids) =>
  countByConnection(db, accountId, ids);
