import { type EffectiveRoleRecord, effectiveRoles } from '../../roles/effective-roles.ts';
import { countHolders } from '../../roles/find-roles.ts';
import type { Load } from '../request/loaders.ts';

export const rolesOfUser: Load<readonly EffectiveRoleRecord[]> = ({ db, accountId }, ids) =>
  effectiveRoles(db, accountId, ids);

export const roleHolders: Load<number> = ({ db, accountId }, ids) => countHolders(db, accountId, ids);
