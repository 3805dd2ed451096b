import { invalidInput, notFound, versionMismatch } from '../errors/domain-error.ts';
import { followsFromPeople } from '../model/team.entity.ts';
import { externalIdWithoutConnection } from '../text/external-id.ts';
import { checkKey, checkName, orNone } from '../text/text-rules.ts';
import { isUuid } from '../text/uuid.ts';

/** What a client can say of a team. Left out = leave as it is, null = clear. */
export interface TeamProperties {
  displayName?: string | null;
  externalId?: string | null;
  parentId?: string | null;
  leadId?: string | null;
}

/** The properties with an empty external id, parent or lead as none; a name can not be none. */
export const withoutEmptyTeamTexts = <Properties extends TeamProperties>(team: Properties): Properties => ({
  ...team,
  externalId: orNone(team.externalId),
  parentId: orNone(team.parentId),
  leadId: orNone(team.leadId),
});

/** Throws INVALID_INPUT at the first value that breaks a rule. */
export function checkTeamProperties({ displayName, externalId, parentId, leadId }: TeamProperties): void {
  if (displayName !== undefined) checkName(displayName, 'displayName');
  checkKey(externalId, 'externalId');
  if (parentId != null && !isUuid(parentId)) throw invalidInput('parentId', 'is not the id of a team.');
  if (leadId != null && !isUuid(leadId)) throw invalidInput('leadId', 'is not the id of a user.');
}

/** Throws INVALID_INPUT when an external id is said, be it null, by somebody who speaks for no connection. */
export function checkExternalId(connectionId: string | null, externalId: string | null | undefined): void {
  if (externalId !== undefined && connectionId === null) {
    throw externalIdWithoutConnection();
  }
}

interface ChangingTeam {
  readonly origin: string;
  readonly version: number;
  /** Where it is changed already. */
  readonly version_before?: number;
}

/** The team, when it may be changed as asked. Throws NOT_FOUND, VERSION_MISMATCH, ORG_STRUCTURE_TEAM. */
export function changeable<Team extends ChangingTeam>(
  team: Team | undefined,
  { id, ifVersion }: { readonly id: string; readonly ifVersion?: number | null },
  field = 'id',
): Team {
  if (team === undefined) throw notFound('team', id, field);
  const { origin, version, version_before = version } = team;
  if (ifVersion != null && version_before !== ifVersion)
    throw versionMismatch('team', ifVersion, version_before);
  if (origin === 'ORG_STRUCTURE') throw followsFromPeople();
  return team;
}
