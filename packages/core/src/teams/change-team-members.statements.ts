import { type RawBuilder, sql } from 'kysely';
import { recordEvents } from '../events/record-events.ts';
import {
  andThen,
  type BegunFollowers,
  membersBegun,
  membersBegunAlready,
  membersFollowed,
} from '../followers/followed-members.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { memberEvents, memberWrites, movedPeople } from './member-writes.ts';
import { heldPeople } from './members.ts';
import { lockAllTeams, lockedFirst } from './team-locks.ts';
import { type MemberTypeName, type TeamRecord, teamColumns, visibleTeams } from './team-record.ts';

/** What a change of members touches, held until the transaction ends. */
export interface HeldDirectory {
  readonly teams: readonly TeamRecord[];
  /** Those of the wanted who are people in the directory, or teams that the viewer sees. */
  readonly candidates: readonly MemberCandidate[];
}

export interface MemberCandidate {
  readonly id: string;
  readonly type: MemberTypeName;
  readonly connection_id: string | null;
}

/** Somebody who joins, as what they are, or leaves. */
export interface MemberMove {
  readonly teamId: string;
  readonly memberId: string;
  readonly joinsAs: MemberTypeName | null;
}

/** The teams that change, and who is to join and to leave any of them. */
export interface MembersNamed {
  readonly teamIds: string;
  readonly memberIds: string;
  readonly leaverIds: string;
}

/** The ids come as `plainArray` has them. Held as by a change of one team: people before teams, in the order of their ids. */
export function holdStatement(
  { membersFollowers, permissions, credentialId }: FollowedWork,
  { accountId, connectionId }: Authorship,
  { teamIds, memberIds, leaverIds }: MembersNamed,
): RawBuilder<HeldDirectory> {
  const begin = membersBegun(membersFollowers, {
    accountId,
    teams: sql`${teamIds}::uuid[]`,
    comers: sql`${memberIds}::uuid[]`,
    leavers: sql`${leaverIds}::uuid[]`,
    connectionId,
    permissions,
    credentialId,
  });
  const visible = visibleTeams(accountId, connectionId);
  return sql`
    WITH locks AS MATERIALIZED (${lockedFirst(lockAllTeams(accountId), begin)}),
    people AS MATERIALIZED (${heldPeople(accountId, sql`${memberIds}::uuid[]`)}),
    changing AS MATERIALIZED (
      SELECT ${teamColumns('t')} FROM teams t WHERE ${visible} AND t.id = ANY(${teamIds}::uuid[])
        AND (SELECT count(*) FROM people) >= 0 AND keeps_order(t.xmin) ORDER BY t.id FOR NO KEY UPDATE OF t),
    nestable AS MATERIALIZED (
      SELECT t.id, t.connection_id FROM teams t WHERE ${visible} AND t.id = ANY(ARRAY(
          SELECT w FROM unnest(${memberIds}::uuid[]) AS w WHERE w NOT IN (SELECT p.id FROM people p)))
        ORDER BY t.id FOR KEY SHARE OF t)
    SELECT l.*, (SELECT coalesce(json_agg(c), '[]') FROM changing c) AS teams,
      (SELECT coalesce(json_agg(m), '[]') FROM (
        SELECT p.id, 'USER' AS type, NULL::uuid AS connection_id FROM people p
        UNION ALL SELECT n.id, 'TEAM', n.connection_id FROM nestable n) m) AS candidates FROM locks l`;
}

/** Writes the moves that differ something, raises the versions of their teams, and answers those teams. */
export function applyStatement(
  authorship: Authorship,
  moves: readonly MemberMove[],
  begun: BegunFollowers,
): RawBuilder<TeamRecord> {
  const account = sql`${authorship.accountId}::uuid`;
  return sql`
    WITH locks AS MATERIALIZED (SELECT ${membersBegunAlready(begun)}),
    wanted AS MATERIALIZED (
      SELECT * FROM unnest(${moves.map(({ teamId }) => teamId)}::uuid[], ${moves.map(({ memberId }) => memberId)}::uuid[],
        ${moves.map(({ joinsAs }) => joinsAs)}::text[]) AS w (team_id, id, joins_as)),
    ${memberWrites(authorship.accountId, begun.followers, {
      comers: ({ type }) =>
        sql`SELECT ${account}, w.team_id, w.id FROM wanted w WHERE w.joins_as = ${sql.lit(type)}`,
      leavers: ({ table, column, carried }) => sql`DELETE FROM ${table} m USING wanted w
        WHERE m.account_id = ${account} AND m.team_id = w.team_id AND m.${column} = w.id AND w.joins_as IS NULL
        RETURNING m.team_id, m.${column} AS id ${andThen(carried.map((each) => sql`m.${each}`))}`,
    })},
    after AS (
      UPDATE teams t SET version = t.version + 1, updated_at = now()
      WHERE t.account_id = ${account} AND t.id IN (SELECT m.team_id FROM moved m) RETURNING t.*),
    followed AS MATERIALIZED (${membersFollowed(begun.followers, authorship, { moved: movedPeople(begun.followers) })}),
    logged AS (${recordEvents(authorship, sql`${memberEvents} UNION ALL SELECT * FROM followed`)})
    SELECT ${teamColumns('a')} FROM after a`;
}
