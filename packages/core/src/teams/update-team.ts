import type { Work } from '../database/work.ts';
import { notFound, versionMismatch } from '../errors/domain-error.ts';
import type { Authorship } from '../model/event.ts';
import { circularParent, followsFromPeople, unknownLead } from '../model/team.entity.ts';
import { isUuid } from '../text/uuid.ts';
import { checkNotItself, distinctIds, unknownMembers, type WantedMembers, wantedMembers } from './members.ts';
import type { TeamRecord } from './team-record.ts';
import {
  checkExternalId,
  checkTeamProperties,
  type TeamProperties,
  withoutEmptyTeamTexts,
} from './team-rules.ts';
import { type MemberMode, teamProperties, updateTeamStatement } from './update-team.statement.ts';

export interface TeamUpdate extends TeamProperties {
  readonly id: string;
  /** Refuse with VERSION_MISMATCH unless the team is at this version. */
  readonly ifVersion?: number | null;
  /** All members from now on; additions and removals apply on top. */
  readonly setMemberIds?: readonly string[] | null;
  readonly addMemberIds?: readonly string[] | null;
  readonly removeMemberIds?: readonly string[] | null;
}

/** What the caller calls the team's id and those who join, so that a refusal names what was sent. */
export interface UpdateNames {
  readonly id: string;
  readonly addMemberIds: string;
}

const ownNames: UpdateNames = { id: 'id', addMemberIds: 'addMemberIds' };

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
  given: TeamUpdate,
  names: UpdateNames = ownNames,
): Promise<UpdatedTeam> {
  const update = withoutEmptyTeamTexts(given);
  const { id, ifVersion } = update;
  if (!isUuid(id)) throw notFound('team', id, names.id);
  checkTeamProperties(update);
  checkExternalId(authorship.connectionId, update.externalId);
  const members = netMembers(update);
  checkNotItself(names.addMemberIds, id, members.added);
  checkNotItself('setMemberIds', id, members.set);
  const [row] = await work.statement(
    updateTeamStatement(
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
  if (row === undefined) throw notFound('team', id, names.id);
  if (ifVersion != null && row.version_before !== ifVersion)
    throw versionMismatch('team', ifVersion, row.version_before);
  if (row.origin === 'ORG_STRUCTURE') throw followsFromPeople();
  if (row.missing !== null) {
    const field = row.missing.first.some((id) => members.added.has(id)) ? names.addMemberIds : 'setMemberIds';
    throw unknownMembers(field, members.wanted.texts.length, row.missing);
  }
  if (row.circular) throw circularParent();
  if (!row.has_lead) throw unknownLead();
  return { team: row, changed: row.changed };
}

interface NetMembers {
  readonly mode: MemberMode;
  /** Who must exist and become a member. */
  readonly wanted: WantedMembers;
  readonly unwanted: readonly string[];
  /** Whom each list wants, of whom a refusal names the list. */
  readonly added: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
}

/** What the three lists come to: removals apply to what is set, additions to both. */
function netMembers({ setMemberIds, addMemberIds, removeMemberIds }: TeamUpdate): NetMembers {
  const added = distinctIds(addMemberIds ?? []);
  const removed = distinctIds(removeMemberIds ?? []).difference(added);
  if (setMemberIds != null) {
    const set = distinctIds(setMemberIds).difference(removed);
    return { mode: 'replaced', wanted: wantedMembers(set.union(added)), unwanted: [], added, set };
  }
  const unwanted = [...removed].filter(isUuid);
  const mode = modeOf(added.size > 0, unwanted.length > 0);
  return { mode, wanted: wantedMembers(added), unwanted, added, set: new Set() };
}

function modeOf(adds: boolean, removes: boolean): MemberMode {
  if (adds) return removes ? 'changed' : 'added';
  return removes ? 'removed' : 'kept';
}
