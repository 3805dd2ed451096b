import { notFound } from '../errors/domain-error.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { circularParent, unknownLead } from '../model/team.entity.ts';
import { assertUnmanaged } from '../strict-profile/managed-by.ts';
import { isUuid } from '../text/uuid.ts';
import type { TeamMembersChange } from './change-team-members.ts';
import { checkNotItself, distinctIds, unknownMembers, type WantedMembers, wantedMembers } from './members.ts';
import type { TeamRecord } from './team-record.ts';
import {
  changeable,
  checkExternalId,
  checkTeamProperties,
  type TeamProperties,
  withoutEmptyTeamTexts,
} from './team-rules.ts';
import { teamProperties, updateTeamStatement } from './update-team.statement.ts';

export interface TeamUpdate extends TeamProperties, TeamMembersChange {
  /** All members from now on; additions and removals apply on top. */
  readonly setMemberIds?: readonly string[] | null;
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

/** What a change names first, as the caller calls it. */
function changedField({ id: _id, ifVersion: _version, ...changes }: TeamUpdate, names: UpdateNames): string {
  const [first] = Object.entries(changes).find(([, value]) => value !== undefined) ?? [];
  return first === undefined ? names.id : first === 'addMemberIds' ? names.addMemberIds : first;
}

/**
 * Changes a team and its members in one statement whose cost is that of the change, whatever the team's size; writes
 * nothing when nothing differs. Throws NOT_FOUND, VERSION_MISMATCH, UNKNOWN_MEMBER, ALREADY_EXISTS, INVALID_INPUT.
 */
export async function updateTeam(
  work: FollowedWork,
  authorship: Authorship,
  given: TeamUpdate,
  names: UpdateNames = ownNames,
): Promise<UpdatedTeam> {
  const update = withoutEmptyTeamTexts(given);
  const { id, ifVersion } = update;
  if (!isUuid(id)) throw notFound('team', id, names.id);
  checkTeamProperties(update);
  await assertUnmanaged(work.db, authorship, 'teams', { id, field: changedField(update, names) });
  checkExternalId(authorship.connectionId, update.externalId);
  const members = netMembers(update);
  checkNotItself(names.addMemberIds, id, members.added);
  checkNotItself('setMemberIds', id, members.set);
  const [row] = await work.statement(
    updateTeamStatement(
      {
        set: teamProperties.filter((field) => update[field] !== undefined),
        adds: members.wanted.texts.length > 0,
        drops: update.setMemberIds != null ? 'others' : members.unwanted.length > 0 ? 'named' : null,
        connected: authorship.connectionId !== null,
      },
      work.membersFollowers,
      {
        authorship,
        id,
        ifVersion: ifVersion ?? null,
        values: update,
        wanted: members.wanted,
        unwanted: members.unwanted,
        permissions: work.permissions,
        credentialId: work.credentialId,
      },
    ),
  );
  const team = changeable(row, update, names.id);
  if (team.missing !== null) {
    const field = team.missing.first.some((id) => members.added.has(id))
      ? names.addMemberIds
      : 'setMemberIds';
    throw unknownMembers(field, members.wanted.texts.length, team.missing);
  }
  if (team.circular) throw circularParent();
  if (!team.has_lead) throw unknownLead();
  return { team, changed: team.changed };
}

interface NetMembers {
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
  const set = distinctIds(setMemberIds ?? []).difference(removed);
  return { wanted: wantedMembers(set.union(added)), unwanted: [...removed].filter(isUuid), added, set };
}
