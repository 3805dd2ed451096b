import type { Work } from '../database/work.ts';
import { invalidInput, notFound, versionMismatch } from '../errors.ts';
import type { Authorship } from '../events/event.ts';
import { isUuid } from '../uuid.ts';
import { unknownMembers, type WantedMembers, wantedMembers } from './members.ts';
import type { TeamRecord } from './team-record.ts';
import { checkTeamProperties, type TeamProperties } from './team-rules.ts';
import { type MemberMode, teamProperties, updateStatement } from './update-team.statement.ts';

export interface TeamUpdate extends TeamProperties {
  readonly id: string;
  /** Refuse with VERSION_MISMATCH unless the team is at this version. */
  readonly ifVersion?: number | null;
  /** All members from now on; additions and removals apply on top. */
  readonly setMemberIds?: readonly string[] | null;
  readonly addMemberIds?: readonly string[] | null;
  readonly removeMemberIds?: readonly string[] | null;
}

export interface UpdatedTeam {
  readonly team: TeamRecord;
  readonly changed: boolean;
}

/**
 * Changes a team and its members in one statement whose cost is that of the change, whatever the team's size; writes
 * nothing when nothing differs. Throws NOT_FOUND, VERSION_MISMATCH, UNKNOWN_MEMBER, ALREADY_EXISTS, INVALID_INPUT.
 */
export async function updateTeam(
  work: Work,
  authorship: Authorship,
  update: TeamUpdate,
): Promise<UpdatedTeam> {
  const { id, ifVersion } = update;
  if (!isUuid(id)) throw notFound('team', id);
  checkTeamProperties(update);
  if (update.externalId !== undefined && authorship.connectionId === null) {
    throw invalidInput('externalId', "belongs to a connection: set it with that connection's SCIM token.");
  }
  if (update.parentId?.toLowerCase() === id.toLowerCase())
    throw invalidInput('parentId', 'is the team itself.');
  const members = netMembers(update);
  const [row] = await work.statement(
    updateStatement(
      {
        set: teamProperties.filter((field) => update[field] !== undefined),
        members: members.mode,
        connected: authorship.connectionId !== null,
      },
      {
        authorship,
        id,
        ifVersion: ifVersion ?? null,
        values: update,
        wanted: members.wanted,
        unwanted: members.unwanted,
      },
    ),
  );
  if (row === undefined) throw notFound('team', id);
  if (ifVersion != null && row.version_before !== ifVersion)
    throw versionMismatch('team', ifVersion, row.version_before);
  if (row.missing !== null) throw unknownMembers(members.wanted.texts, row.missing);
  return { team: row, changed: row.changed };
}

interface NetMembers {
  readonly mode: MemberMode;
  /** Who must exist and become a member. */
  readonly wanted: WantedMembers;
  readonly unwanted: readonly string[];
}

/** What the three lists come to: removals apply to what is set, additions to both. */
function netMembers({ setMemberIds, addMemberIds, removeMemberIds }: TeamUpdate): NetMembers {
  const added = new Set(wantedMembers(addMemberIds ?? []).texts);
  const removed = new Set(wantedMembers(removeMemberIds ?? []).texts).difference(added);
  if (setMemberIds != null) {
    const all = new Set(wantedMembers(setMemberIds).texts).difference(removed).union(added);
    return { mode: 'replaced', wanted: wantedMembers(all), unwanted: [] };
  }
  const mode = added.size + removed.size === 0 ? 'kept' : 'changed';
  return { mode, wanted: wantedMembers(added), unwanted: [...removed].filter(isUuid) };
}
