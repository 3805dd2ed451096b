import type { Work } from '../database/work.ts';
import { DomainError, notFound, versionMismatch } from '../errors/domain-error.ts';
import type { Authorship } from '../model/event.ts';
import { followsFromPeople } from '../model/team.entity.ts';
import { isUuid } from '../text/uuid.ts';
import {
  applyStatement,
  type HeldDirectory,
  holdStatement,
  type MemberMove,
} from './change-team-members.statements.ts';
import { checkNotItself, distinctIds, unknownMembers, wantedMembers } from './members.ts';
import { lockAllTeams } from './team-locks.ts';
import type { TeamOutcome } from './team-outcome.ts';
import type { TeamRecord } from './team-record.ts';

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
  work: Work,
  authorship: Authorship,
  changes: readonly TeamMembersChange[],
): Promise<TeamOutcome[]> {
  const { accountId } = authorship;
  return work.transaction(async ({ sql: db }) => {
    await lockAllTeams(accountId).execute(db);
    const added = wantedMembers(distinctIds(changes.flatMap(({ addMemberIds }) => addMemberIds ?? [])));
    const teams = wantedMembers(distinctIds(changes.map(({ id }) => id)));
    const [held] = (await holdStatement(authorship, teams.uuids, added.uuids).execute(db)).rows;
    const plan = planMoves(changes, new Directory(held));
    const { rows } = await applyStatement(authorship, plan.moves).execute(db);
    const changed = new Map(rows.map((team) => [team.id, team]));
    return plan.outcomes.map((outcome) =>
      'error' in outcome ? outcome : { team: changed.get(outcome.team.id) ?? outcome.team },
    );
  });
}

/** What is held of the directory, by id. */
class Directory {
  readonly teams: ReadonlyMap<string, TeamRecord>;
  readonly #people: ReadonlySet<string>;
  readonly #nestable: ReadonlyMap<string, string | null>;
  constructor(held: HeldDirectory | undefined) {
    this.teams = new Map(held?.teams.map((team) => [team.id, team]));
    this.#people = new Set(held?.people);
    this.#nestable = new Map(held?.nestable.map(({ id, connection_id }) => [id, connection_id]));
  }

  /** Can this be a member of the team? Of an identity provider's team only what the same connection pushed. */
  canJoin(team: TeamRecord, id: string): boolean {
    if (this.#people.has(id)) return true;
    const connectionId = this.#nestable.get(id);
    if (connectionId === undefined) return false;
    return team.connection_id === null || team.connection_id === connectionId;
  }
}

interface Plan {
  readonly outcomes: readonly TeamOutcome[];
  readonly moves: readonly MemberMove[];
}

/** Who moves in the end, of the changes that are not refused. */
function planMoves(changes: readonly TeamMembersChange[], directory: Directory): Plan {
  const moves = new Map<string, MemberMove>();
  const outcomes = changes.map((change): TeamOutcome => {
    try {
      const { team, members } = resolve(change, directory);
      for (const { id, joins } of members)
        moves.set(`${team.id} ${id}`, { teamId: team.id, memberId: id, joins });
      return { team };
    } catch (error) {
      if (error instanceof DomainError) return { error };
      throw error;
    }
  });
  return { outcomes, moves: [...moves.values()] };
}

/** Throws what the change is refused for. */
function resolve({ id, addMemberIds, removeMemberIds, ifVersion }: TeamMembersChange, directory: Directory) {
  const team = directory.teams.get(id.toLowerCase());
  if (team === undefined) throw notFound('team', id);
  if (ifVersion != null && team.version !== ifVersion) throw versionMismatch('team', ifVersion, team.version);
  const added = distinctIds(addMemberIds ?? []);
  if (team.origin === 'ORG_STRUCTURE') throw followsFromPeople();
  checkNotItself('addMemberIds', team.id, added);
  const missing = [...added].filter((member) => !directory.canJoin(team, member));
  if (missing.length > 0)
    throw unknownMembers('addMemberIds', added.size, { count: missing.length, first: missing });
  const removed = [...distinctIds(removeMemberIds ?? [])].filter(isUuid);
  return {
    team,
    members: [
      ...removed.map((member) => ({ id: member, joins: false })),
      ...[...added].map((member) => ({ id: member, joins: true })),
    ],
  };
}
