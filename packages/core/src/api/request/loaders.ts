import DataLoader from 'dataloader';
import {
  type ConnectionCounts,
  type ConnectionRecord,
  countByConnection,
  findConnections,
} from '../../connections/find-connections.ts';
import type { Sql } from '../../database/database.ts';
import { type EffectiveRoleRecord, effectiveRoles } from '../../roles/effective-roles.ts';
import { countHolders } from '../../roles/find-roles.ts';
import {
  countMembers,
  findNestedTeams,
  findOuterTeams,
  findTeamsById,
  findTeamsOfUsers,
  memberReferences,
} from '../../teams/find-teams.ts';
import type { MemberReferenceRecord, TeamRecord } from '../../teams/team-record.ts';
import { type TokenRecord, tokensOfConnections } from '../../tokens/find-tokens.ts';
import { countReports, findUsersById } from '../../users/find-users.ts';
import type { UserRecord } from '../../users/user-record.ts';

/** Reads that a request makes for many objects at once: one statement each, however many objects ask. */
export interface Loaders {
  readonly userById: DataLoader<string, UserRecord | undefined>;
  readonly reportCount: DataLoader<string, number>;
  readonly rolesOfUser: DataLoader<string, readonly EffectiveRoleRecord[]>;
  readonly teamById: DataLoader<string, TeamRecord | undefined>;
  readonly teamsOfUser: DataLoader<string, readonly TeamRecord[]>;
  readonly memberCount: DataLoader<string, number>;
  readonly memberReferences: DataLoader<string, readonly MemberReferenceRecord[]>;
  readonly personReferences: DataLoader<string, readonly MemberReferenceRecord[]>;
  readonly nestedReferences: DataLoader<string, readonly MemberReferenceRecord[]>;
  readonly nestedTeams: DataLoader<string, readonly TeamRecord[]>;
  readonly outerTeams: DataLoader<string, readonly TeamRecord[]>;
  readonly connectionById: DataLoader<string, ConnectionRecord | undefined>;
  readonly connectionCounts: DataLoader<string, ConnectionCounts>;
  readonly tokensOfConnection: DataLoader<string, readonly TokenRecord[]>;
  readonly roleHolders: DataLoader<string, number>;
}

/** Loaders for one request, within one account; an identity provider's see what its connection does. */
export function createLoaders(db: Sql, accountId: string, connectionId: string | null): Loaders {
  const loader = <Value>(load: (ids: readonly string[]) => Promise<readonly Value[]>) =>
    new DataLoader<string, Value>((ids) => load(ids));
  return {
    userById: loader((ids) => findUsersById(db, accountId, ids, { connectionId, withTeams: false })),
    reportCount: loader((ids) => countReports(db, accountId, ids)),
    rolesOfUser: loader((ids) => effectiveRoles(db, accountId, ids)),
    teamById: loader((ids) => findTeamsById(db, accountId, ids)),
    teamsOfUser: loader((ids) => findTeamsOfUsers(db, accountId, ids, connectionId)),
    memberCount: loader((ids) => countMembers(db, accountId, ids)),
    memberReferences: loader((ids) => memberReferences(db, accountId, ids)),
    personReferences: loader((ids) => memberReferences(db, accountId, ids, 'USER')),
    nestedReferences: loader((ids) => memberReferences(db, accountId, ids, 'TEAM')),
    nestedTeams: loader((ids) => findNestedTeams(db, accountId, ids)),
    outerTeams: loader((ids) => findOuterTeams(db, accountId, ids, connectionId)),
    connectionById: loader((ids) => findConnections(db, accountId, ids)),
    connectionCounts: loader((ids) => countByConnection(db, accountId, ids)),
    tokensOfConnection: loader((ids) => tokensOfConnections(db, accountId, ids)),
    roleHolders: loader((ids) => countHolders(db, accountId, ids)),
  };
}
