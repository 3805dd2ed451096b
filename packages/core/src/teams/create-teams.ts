import { invalidInput, refusedOr } from '../errors/domain-error.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import { type TeamOriginName, teamNameTaken, unknownLead, unknownParent } from '../model/team.entity.ts';
import { isUuid, newId } from '../text/uuid.ts';
import { type CreatedTeamRow, type CreateTeamsValues, createStatement } from './create-teams.statement.ts';
import { distinctIds, plainArray, unknownMembers } from './members.ts';
import type { TeamOutcome } from './team-outcome.ts';
import type { TeamRecord } from './team-record.ts';
import {
  checkExternalId,
  checkTeamProperties,
  type TeamProperties,
  withoutEmptyTeamTexts,
} from './team-rules.ts';

export interface NewTeam extends TeamProperties {
  displayName: string;
  memberIds?: readonly string[] | null;
}

/**
 * Creates teams with their members, people and teams, in one statement whatever their number; a connection's token pushes
 * teams of origin DIRECTORY. Answers in the order asked; each is created or refused by itself: ALREADY_EXISTS,
 * UNKNOWN_MEMBER, INVALID_INPUT.
 */
export async function createTeams(
  work: FollowedWork,
  authorship: Authorship,
  given: readonly NewTeam[],
): Promise<TeamOutcome[]> {
  const teams = given.map(withoutEmptyTeamTexts);
  const outcomes = teams.map((team): TeamOutcome | undefined => refusalOf(authorship, team));
  const sound = teams.flatMap((team, position) =>
    outcomes[position] === undefined ? [{ team, position }] : [],
  );
  const { membersFollowers: followers, permissions, credentialId } = work;
  const values = { ...valuesOf(authorship, sound), permissions, credentialId };
  const rows = sound.length === 0 ? [] : await work.statement(createStatement('all', followers, values));
  for (const row of rows) outcomes[row.position] = toOutcome(row, teams[row.position]);
  return outcomes.map((outcome) => outcome ?? { error: teamNameTaken() });
}

/** What is wrong with a team whatever the directory has. */
const refusalOf = ({ connectionId }: Authorship, team: NewTeam): TeamOutcome | undefined =>
  refusedOr(() => {
    checkTeamProperties(team);
    checkExternalId(connectionId, team.externalId ?? undefined);
    return undefined;
  });

interface Placed {
  readonly team: NewTeam;
  readonly position: number;
}

function valuesOf(
  authorship: Authorship,
  placed: readonly Placed[],
): Omit<CreateTeamsValues, 'permissions' | 'credentialId'> {
  const origin: TeamOriginName = authorship.connectionId === null ? 'MANUAL' : 'DIRECTORY';
  const rows = placed.map(({ team: { displayName, externalId, parentId, leadId, memberIds }, position }) => ({
    row: {
      position,
      id: newId(),
      display_name: displayName,
      external_id: externalId,
      parent_id: parentId,
      lead_id: leadId,
      changes: creationChanges({ displayName, origin, externalId, parentId, leadId }),
    },
    texts: [...distinctIds(memberIds ?? [])],
  }));
  const texts = rows.flatMap((row) => row.texts);
  return {
    authorship,
    teams: JSON.stringify(rows.map(({ row }) => row)),
    positions: plainArray(rows.flatMap(({ row, texts }) => texts.map(() => row.position))),
    texts,
    uuids: plainArray(texts.map((text) => (isUuid(text) ? text : 'NULL'))),
  };
}

const creationChanges = (properties: TeamProperties & { origin: TeamOriginName }): PropertyChange[] =>
  Object.entries(properties).flatMap(([field, after]) =>
    after == null ? [] : [{ field, before: null, after }],
  );

function toOutcome(row: CreatedTeamRow, team: NewTeam | undefined): TeamOutcome {
  if (isCreated(row)) return { team: row };
  if (row.missing !== null)
    return { error: unknownMembers('memberIds', distinctIds(team?.memberIds ?? []).size, row.missing) };
  if (!row.has_parent) return { error: unknownParent() };
  if (!row.has_lead) return { error: unknownLead() };
  return { error: teamNameTaken() };
}

const isCreated = (row: CreatedTeamRow): row is CreatedTeamRow & TeamRecord => row.id !== null;

/** Creates one team. Throws ALREADY_EXISTS, UNKNOWN_MEMBER, INVALID_INPUT. */
export async function createTeam(
  work: FollowedWork,
  authorship: Authorship,
  team: NewTeam,
): Promise<TeamRecord> {
  const [outcome] = await createTeams(work, authorship, [team]);
  if (outcome === undefined) throw invalidInput('displayName', 'is required.');
  if ('error' in outcome) throw outcome.error;
  return outcome.team;
}
