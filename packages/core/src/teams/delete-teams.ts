import { type RawBuilder, sql } from 'kysely';
import type { TransactionScope } from '../database/work.ts';
import { type DomainError, refusedOr } from '../errors/domain-error.ts';
import { recordEvents } from '../events/record-events.ts';
import {
  andThen,
  type BegunFollowers,
  membersBegun,
  membersBegunAlready,
  membersFollowed,
  membersSettled,
  toldOutOf,
} from '../followers/followed-members.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { refusalsOf } from '../strict-profile/managed-by.ts';
import { isUuid } from '../text/uuid.ts';
import { lockAllTeams, lockedFirst } from './team-locks.ts';
import { isMadeByHand, visibleTeams } from './team-record.ts';
import { changeable } from './team-rules.ts';

export interface TeamDeletion {
  readonly id: string;
  /** Refuse with VERSION_MISMATCH unless the team is at this version. */
  readonly ifVersion?: number | null;
}

export type DeleteOutcome = { readonly deletedTeamId: string } | { readonly error: DomainError };

/**
 * Deletes teams with their memberships, also those in other teams; their members stay, and teams below them have no parent
 * any more. The same number of statements for any number. Answers in the order asked; each goes or is refused by itself: NOT_FOUND,
 * VERSION_MISMATCH, ORG_STRUCTURE_TEAM.
 */
export async function deleteTeams(
  work: FollowedWork,
  authorship: Authorship,
  deletions: readonly TeamDeletion[],
): Promise<DeleteOutcome[]> {
  // Of several deletions of one team the first counts.
  const first = new Map<string, TeamDeletion>();
  for (const deletion of deletions) {
    const id = deletion.id.toLowerCase();
    if (isUuid(id) && !first.has(id)) first.set(id, deletion);
  }
  const refusalOf = await refusalsOf(work.db, authorship, 'teams', [...first.keys()]);
  for (const id of first.keys()) if (refusalOf(id, 'id') !== undefined) first.delete(id);
  const rows = await work.transaction((scope) => deleteRows(scope, work, authorship, first));
  const found = new Map(rows.map((row) => [row.id, row]));
  return deletions.map((deletion) =>
    refusedOr(() => {
      const id = deletion.id.toLowerCase();
      const refusal = refusalOf(id, 'id');
      if (refusal !== undefined) throw refusal;
      changeable(first.get(id) === deletion ? found.get(id) : undefined, deletion);
      return { deletedTeamId: deletion.id };
    }),
  );
}

/** Deletes teams as a part of a change that has the lock of all, and has decided that they go. */
export const deleteTeamsOf = async (
  scope: TransactionScope,
  work: FollowedWork,
  authorship: Authorship,
  ids: readonly string[],
): Promise<void> => {
  await deleteRows(scope, work, authorship, new Map(ids.map((id) => [id, { id }])));
};

async function deleteRows(
  { sql: db }: TransactionScope,
  work: FollowedWork,
  authorship: Authorship,
  deletions: ReadonlyMap<string, TeamDeletion>,
): Promise<DeletedRow[]> {
  const [begun] = (await holdStatement(work, authorship, [...deletions.keys()]).execute(db)).rows;
  const following = { followers: work.membersFollowers, begun };
  const { rows } = await deleteStatement(authorship, deletions, following).execute(db);
  const settled = membersSettled(following, authorship.accountId);
  if (settled !== undefined) await recordEvents(authorship, settled).execute(db);
  return rows;
}

interface DeletedRow {
  readonly id: string;
  readonly version: number;
  readonly origin: string;
}

/** Deletes one team. Throws NOT_FOUND, VERSION_MISMATCH, ORG_STRUCTURE_TEAM. */
export async function deleteTeam(
  work: FollowedWork,
  authorship: Authorship,
  deletion: TeamDeletion,
): Promise<void> {
  const [outcome] = await deleteTeams(work, authorship, [deletion]);
  if (outcome !== undefined && 'error' in outcome) throw outcome.error;
}

/** Whoever makes a team below one of these waits from now on; whoever already did is seen by the next statement. */
function holdStatement(
  { membersFollowers, permissions, credentialId }: FollowedWork,
  { accountId, connectionId }: Authorship,
  ids: readonly string[],
): RawBuilder<object> {
  const teams = sql`${[...ids]}::uuid[]`;
  const change = { accountId, teams, everybody: true, connectionId, permissions, credentialId };
  const lock = lockedFirst(lockAllTeams(accountId), membersBegun(membersFollowers, change));
  return sql`WITH locks AS MATERIALIZED (${lock})
    SELECT l.*, t.id FROM locks l, teams t WHERE t.account_id = ${accountId}::uuid
      AND t.id = ANY(${idsConcerned(accountId, teams)})
      AND (SELECT count(*) FROM locks) = 1 ORDER BY t.id FOR UPDATE OF t`;
}

/** Those of a uuid[], those that they are members of, and those below them. */
const idsConcerned = (accountId: string, ids: RawBuilder<unknown>): RawBuilder<unknown> => sql`ARRAY(
  SELECT unnest(${ids}) UNION SELECT n.team_id FROM nested_teams n WHERE n.account_id = ${accountId}::uuid AND n.nested_id = ANY(${ids})
  UNION SELECT c.id FROM teams c WHERE c.account_id = ${accountId}::uuid AND c.parent_id = ANY(${ids}))`;

/**
 * The teams that go, those below them and those they were members of, whose versions move on, are locked together in the
 * order of their ids.
 */
function deleteStatement(
  authorship: Authorship,
  deletions: ReadonlyMap<string, TeamDeletion>,
  begun: BegunFollowers,
): RawBuilder<DeletedRow> {
  const { accountId, connectionId } = authorship;
  const account = sql`${accountId}::uuid`;
  const ids = sql`${[...deletions.keys()]}::uuid[]`;
  const carried = begun.followers.map((follower) => follower.carried);
  const versions = sql`${[...deletions.values()].map(({ ifVersion }) => ifVersion ?? null)}::int[]`;
  return sql`
    WITH locks AS MATERIALIZED (SELECT ${membersBegunAlready(begun)}),
    asked AS MATERIALIZED (SELECT * FROM unnest(${ids}, ${versions}) AS a (id, version)),
    held AS MATERIALIZED (
      SELECT t.id, t.version, t.display_name, t.parent_id, t.origin, ${visibleTeams(accountId, connectionId)} AS is_visible FROM teams t
      WHERE t.account_id = ${account} AND t.id = ANY(${idsConcerned(accountId, ids)}) AND keeps_order(t.xmin) ORDER BY t.id FOR UPDATE OF t),
    found AS MATERIALIZED (
      SELECT h.id, h.version, h.display_name, h.origin, ${isMadeByHand('h')} AND (a.version IS NULL OR a.version = h.version) AS goes
      FROM asked a JOIN held h ON h.id = a.id AND h.is_visible),
    doomed AS MATERIALIZED (SELECT * FROM found f WHERE f.goes),
    bereft AS MATERIALIZED (
      SELECT h.* FROM held h WHERE h.parent_id IN (SELECT id FROM doomed) AND h.id NOT IN (SELECT id FROM doomed)),
    left_people AS (
      DELETE FROM memberships m USING doomed d WHERE m.account_id = ${account} AND m.team_id = d.id
      RETURNING m.team_id, m.user_id AS id ${andThen(carried.map((each) => sql`m.${each}`))}),
    emptied AS (
      DELETE FROM nested_teams n USING doomed d WHERE n.account_id = ${account} AND n.team_id = d.id
      RETURNING n.team_id, n.nested_id AS id),
    taken_out AS (
      DELETE FROM nested_teams n USING doomed d WHERE n.account_id = ${account} AND n.nested_id = d.id
        AND n.team_id NOT IN (SELECT id FROM doomed) RETURNING n.team_id, n.nested_id AS id),
    touched AS (
      UPDATE teams t SET version = t.version + 1, updated_at = now(),
        parent_id = CASE WHEN t.parent_id IN (SELECT id FROM doomed) THEN NULL ELSE t.parent_id END
      WHERE t.account_id = ${account} AND t.id IN (SELECT o.team_id FROM taken_out o UNION SELECT b.id FROM bereft b)),
    deleted AS (DELETE FROM teams t USING doomed d WHERE t.account_id = ${account} AND t.id = d.id),
    followed AS MATERIALIZED (${membersFollowed(begun.followers, authorship, {
      moved: sql`SELECT l.id AS user_id ${andThen(carried.map((each) => sql`l.${each}`))} FROM left_people l`,
    })}),
    logged AS (${recordEvents(
      authorship,
      sql`SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', d.id, d.display_name, 'USER', u.id, coalesce(u.display_name, u.user_name),
          ${toldOutOf(begun.followers, 'p')} FROM left_people p JOIN doomed d ON d.id = p.team_id JOIN users u ON u.account_id = ${account} AND u.id = p.id
        UNION ALL SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', h.id, h.display_name, 'TEAM', n.id, n.display_name, '[]'::jsonb
          FROM (SELECT * FROM emptied UNION ALL SELECT * FROM taken_out) o JOIN held h ON h.id = o.team_id
          JOIN teams n ON n.account_id = ${account} AND n.id = o.id
        UNION ALL SELECT * FROM followed
        UNION ALL SELECT 'TEAM_UPDATED', 'TEAM', b.id, b.display_name, NULL, NULL, NULL, jsonb_build_array(
          jsonb_build_object('field', 'parentId', 'before', b.parent_id, 'after', NULL)) FROM bereft b
        UNION ALL SELECT 'TEAM_DELETED', 'TEAM', d.id, d.display_name, NULL, NULL, NULL, '[]'::jsonb FROM doomed d`,
    )})
    SELECT f.id, f.version, f.origin FROM found f`;
}
