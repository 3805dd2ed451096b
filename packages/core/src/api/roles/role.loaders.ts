import { sql } from 'kysely';
import { isErased } from '../../role-source/erasure.ts';
import { type EffectiveRoleRecord, effectiveRoles } from '../../roles/effective-roles.ts';
import { countByMapping } from '../../roles/find-role-mappings.ts';
import {
  assignableByConnection,
  connectionsByRole,
  countHolders,
  findRolesById,
} from '../../roles/find-roles.ts';
import type { RoleRecord } from '../../roles/role-record.ts';
import { type UnmetRole, unmetByConnection } from '../../roles/unmet-roles.ts';
import { countBySsoMapping } from '../../sso-roles/find-sso-mappings.ts';
import type { Load } from '../request/loaders.ts';

export const rolesOfUser: Load<readonly EffectiveRoleRecord[]> = ({ db, accountId }, ids) =>
  effectiveRoles(db, accountId, ids);

/** As they would be if roles came from SCIM alone. */
export const rolesWithoutErased: Load<readonly EffectiveRoleRecord[]> = ({ db, accountId }, ids) =>
  effectiveRoles(db, accountId, ids, sql`NOT ${isErased}`);

export const roleHolders: Load<number> = ({ db, accountId }, ids) => countHolders(db, accountId, ids);

export const roleById: Load<RoleRecord | undefined> = ({ db, accountId }, ids) =>
  findRolesById(db, accountId, ids);

export const mappingHolders: Load<number> = ({ db, accountId }, ids) => countByMapping(db, accountId, ids);

export const assignableRolesOf: Load<readonly RoleRecord[]> = ({ db, accountId }, ids) =>
  assignableByConnection(db, accountId, ids);

export const unmetRolesOf: Load<readonly UnmetRole[]> = ({ db, accountId }, ids) =>
  unmetByConnection(db, accountId, ids);

export const connectionsOfRole: Load<readonly string[]> = ({ db, accountId }, ids) =>
  connectionsByRole(db, accountId, ids);

export const ssoMappingHolders: Load<number> = ({ db, accountId }, ids) =>
  countBySsoMapping(db, accountId, ids);
