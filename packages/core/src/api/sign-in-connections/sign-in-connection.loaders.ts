import { countLinks } from '../../identity-links/find-identity-links.ts';
import {
  findSignInConnections,
  type SignInConnectionRecord,
} from '../../sign-in-connections/find-sign-in-connections.ts';
import type { Load } from '../request/loaders.ts';

export const signInConnectionById: Load<SignInConnectionRecord | undefined> = ({ db, accountId }, ids) =>
  findSignInConnections(db, accountId, ids);

export const linkCount: Load<number> = ({ db, accountId }, ids) => countLinks(db, accountId, ids);
