import { clientsOfConnections, type OAuthClientRecord } from '../../oauth-clients/find-oauth-clients.ts';
import type { Load } from '../request/loaders.ts';

export const clientsOfConnection: Load<readonly OAuthClientRecord[]> = ({ db, accountId }, ids) =>
  clientsOfConnections(db, accountId, ids);
