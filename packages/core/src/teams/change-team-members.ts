import { refusedOr } from '../errors/domain-error.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { refusalsOf } from '../strict-profile/managed-by.ts';
import { isUuid } from '../text/uuid.ts';
import {
  applyStatement,
  holdStatement,
  type MemberCandidate,
  type MemberMove,
} from './change-team-members.statements.ts';
import { checkNotItself, distinctIds, unknownMembers, wantedMembers } from './members.ts';
import type { TeamOutcome } from './team-outcome.ts';
import type { TeamRecord } from './team-record.ts';
import { changeable } from './team-rules.ts';

/** Who joins and who leaves a team; whoever is in both lists joins. */
export interface TeamMembersChange {
  readonly id: string;
  readonly addMemberIds?: readonly string[] | null;
  readonly removeMemberIds?: readonly string[] | null;
  /** Refuse with VERSION_MISMATCH unless the team is at this version before the batch. */
  readonly ifVersion?: number | null;
}

/**
 * Changes the members of many teams; the same number of statements for any number. Answers in the order asked; each is
 * done or refused by itself: NOT_FOUND, VERSION_MISMATCH, ORG_STRUCTURE_TEAM, UNKNOWN_MEMBER, INVALID_INPUT. What is said of one team several
 * times is applied in order, as one change.
 */
export async function changeTeamMembers(
  work: FollowedWork,
  authorship: Authorship,
  changes: readonly TeamMembersChange[],
): Promise<TeamOutcome[]> {
  const wanted = wantedMembers(distinctIds(changes.flatMap(({ addMemberIds }) => addMemberIds ?? [])));
  const unwanted = wantedMembers(
    distinctIds(changes.flatMap(({ removeMemberIds }) => removeMemberIds ?? [])),
  );
  const asked = wantedMembers(distinctIds(changes.map(({ id }) => id)));
  const refusalOf = await refusalsOf(
    work.db,
    authorship,
    'teams',
    changes.map(({ id }) => id),
  );
  const named = { teamIds: asked.uuids, memberIds: wanted.uuids, leaverIds: unwanted.uuids };
  return work.transaction(async ({ sql: db }) => {
    const [held] = (await holdStatement(work, authorship, named).execute(db)).rows;
    const teams = new Map(held?.teams.map((team) => [team.id, team]));
    const candidates = new Map(held?.candidates.map((candidate) => [candidate.id, candidate]));
    const moves = new Map<string, MemberMove>();
    const outcomes = changes.map((change) =>
      refusedOr(() => {
        const refusal = refusalOf(change.id, 'id');
        if (refusal !== undefined) throw refusal;
        const team = changeable(teams.get(change.id.toLowerCase()), change);
        for (const move of movesOf(change, team, candidates)) moves.set(`${team.id} ${move.memberId}`, move);
        return { team };
      }),
    );
    const { rows } = await applyStatement(authorship, [...moves.values()], {
      followers: work.membersFollowers,
      begun: held,
    }).execute(db);
    const changed = new Map(rows.map((team) => [team.id, team]));
    return outcomes.map((outcome) =>
      'error' in outcome ? outcome : { team: changed.get(outcome.team.id) ?? outcome.team },
    );
  });
}

/** Who moves. Throws what the change is refused for. */
function movesOf(
  { addMemberIds, removeMemberIds }: TeamMembersChange,
  team: TeamRecord,
  candidates: ReadonlyMap<string, MemberCandidate>,
): MemberMove[] {
  const added = distinctIds(addMemberIds ?? []);
  checkNotItself('addMemberIds', team.id, added);
  const removed = [...distinctIds(removeMemberIds ?? [])].filter(isUuid);
  const moves = removed.map((memberId): MemberMove => ({ teamId: team.id, memberId, joinsAs: null }));
  const missing: string[] = [];
  for (const memberId of added) {
    const candidate = candidates.get(memberId);
    if (candidate !== undefined && canJoin(team, candidate))
      moves.push({ teamId: team.id, memberId, joinsAs: candidate.type });
    else missing.push(memberId);
  }
  if (missing.length > 0)
    throw unknownMembers('addMemberIds', added.size, { count: missing.length, first: missing });
  return moves;
}

/** Of teams, those that an identity provider pushed have as members only what the same connection pushed. */
const canJoin = (team: TeamRecord, { type, connection_id }: MemberCandidate): boolean =>
  type === 'USER' || team.connection_id === null || team.connection_id === connection_id;
