import { type TokenRecord, tokensOfConnections, tokensOfPeople } from '../../tokens/find-tokens.ts';
import type { Load } from '../request/loaders.ts';

export const tokensOfConnection: Load<readonly TokenRecord[]> = ({ db, accountId }, ids) =>
  tokensOfConnections(db, accountId, ids);

export const tokensOfUser: Load<readonly TokenRecord[]> = ({ db, accountId }, ids) =>
  tokensOfPeople(db, accountId, ids);
