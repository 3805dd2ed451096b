import {
  countMembers,
  findMemberReferences,
  findNestedTeams,
  findOuterTeams,
  findTeamsById,
  findTeamsOfUsers,
} from '../../teams/find-teams.ts';
import type { MemberReferenceRecord, TeamRecord } from '../../teams/team-record.ts';
import type { Load } from '../request/loaders.ts';

type References = Load<readonly MemberReferenceRecord[]>;
type Teams = Load<readonly TeamRecord[]>;

export const teamById: Load<TeamRecord | undefined> = ({ db, accountId }, ids) =>
  findTeamsById(db, accountId, ids);

export const teamsOfUser: Teams = ({ db, accountId, connectionId }, ids) =>
  findTeamsOfUsers(db, accountId, ids, connectionId);

export const memberCount: Load<number> = ({ db, accountId }, ids) => countMembers(db, accountId, ids);

export const memberReferences: References = ({ db, accountId }, ids) =>
  findMemberReferences(db, accountId, ids);

export const personReferences: References = ({ db, accountId }, ids) =>
  findMemberReferences(db, accountId, ids, 'USER');

export const nestedReferences: References = ({ db, accountId }, ids) =>
  findMemberReferences(db, accountId, ids, 'TEAM');

export const nestedTeams: Teams = ({ db, accountId }, ids) => findNestedTeams(db, accountId, ids);

export const outerTeams: Teams = ({ db, accountId, connectionId }, ids) =>
  findOuterTeams(db, accountId, ids, connectionId);
