import { type RawBuilder, sql } from 'kysely';
import { endAccessOf } from '../authorization/end-access.ts';
import type { Sql } from '../database/database.ts';
import { asRecord, type Recorded } from '../database/record.ts';
import { type DomainError, notFound, versionMismatch } from '../errors/domain-error.ts';
import { changesOf, recordEvents, unrelated } from '../events/record-events.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { isMadeByHand } from '../teams/team-record.ts';
import { isUuid } from '../text/uuid.ts';
import { activeAdminsIfAmong, lastAdmin, newestAdmins } from '../users/last-admin.ts';
import { recordSelection, type UserRecord } from '../users/user-record.ts';
import { followPeople } from './follow-people.ts';
import { managerAsJson } from './manager.ts';

export type DeprovisionOutcome = { readonly user: UserRecord } | { readonly error: DomainError };

export interface Deprovisioning {
  readonly ids: readonly string[];
  /** With a single id: refuse with VERSION_MISMATCH unless the user is at this version. */
  readonly ifVersion?: number | null;
}

/**
 * Takes people out of the directory: their memberships, roles, external ids, sessions and tokens go, and what they led has
 * no lead; the person and their history stay, and those who reported to them wait for their return: an identity provider
 * names managers, while nobody but people names leads. The same number of statements for any number.
 * An unknown id, a version that moved on and the last admin are refused one by one.
 */
export async function deprovisionUsers(
  work: FollowedWork,
  authorship: Authorship,
  { ids, ifVersion }: Deprovisioning,
): Promise<DeprovisionOutcome[]> {
  const wanted = [...new Set(ids.filter(isUuid).map((id) => id.toLowerCase()))];
  const outcomes = await followPeople(work, authorship, {
    values: true,
    teams: true,
    isOfOne: wanted.length === 1,
    async transaction(db) {
      const locked = await lockUsers(db, authorship.accountId, wanted);
      const refusals = refuse(locked, ifVersion);
      const leaving = locked.filter(({ id }) => !refusals.has(id)).map(({ id }) => id);
      const gone =
        leaving.length === 0 ? [] : (await deprovisionStatement(authorship, leaving).execute(db)).rows;
      return {
        result: { refusals, gone: new Map(gone.map(({ record }) => [record.id, record])) },
        userIds: leaving,
      };
    },
  });
  return ids.map((id) => {
    const key = id.toLowerCase();
    const user = outcomes.gone.get(key);
    return user === undefined ? { error: outcomes.refusals.get(key) ?? notFound('user', id) } : { user };
  });
}

interface LockedUser {
  readonly id: string;
  readonly version: number;
  readonly is_admin: boolean;
  readonly active_admins: number;
}

/**
 * Holds, in the order of their ids, everybody whose row may be written: those who leave, who reports to them, and the
 * admins where one leaves. FOR UPDATE also holds off whoever is adding these people to a team, so that no membership slips through.
 */
async function lockUsers(db: Sql, accountId: string, ids: readonly string[]): Promise<LockedUser[]> {
  const leaving = sql`${[...ids]}::uuid[]`;
  const statement: RawBuilder<LockedUser> = sql`
    WITH held AS MATERIALIZED (
      SELECT u.id, u.version FROM users u WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(ARRAY(
          SELECT unnest(${leaving}) UNION ALL ${activeAdminsIfAmong(accountId, leaving)} UNION ALL
          SELECT r.id FROM users r WHERE r.account_id = ${accountId}::uuid AND r.manager_id ${among(ids)}))
        AND u.status <> 'DEPROVISIONED' AND keeps_order(u.xmin) ORDER BY u.id FOR UPDATE OF u),
    newest AS MATERIALIZED (SELECT ${newestAdmins(accountId, leaving, 'held')} AS admins)
    SELECT h.id, h.version, h.id = ANY(n.admins) AS is_admin, cardinality(n.admins) AS active_admins
    FROM held h, newest n WHERE h.id ${among(ids)} ORDER BY h.id`;
  return (await statement.execute(db)).rows;
}

function refuse(
  locked: readonly LockedUser[],
  ifVersion: number | null | undefined,
): Map<string, DomainError> {
  const refusals = new Map<string, DomainError>();
  let adminsLeft = locked[0]?.active_admins ?? 0;
  for (const { id, version, is_admin } of locked) {
    if (ifVersion != null && version !== ifVersion)
      refusals.set(id, versionMismatch('user', ifVersion, version));
    else if (is_admin && adminsLeft === 1) refusals.set(id, lastAdmin(id));
    else if (is_admin) adminsLeft -= 1;
  }
  return refusals;
}

function deprovisionStatement(
  authorship: Authorship,
  ids: readonly string[],
): RawBuilder<Recorded<UserRecord>> {
  const { accountId } = authorship;
  const account = sql`${accountId}::uuid`;
  const leaving = among(ids);
  return sql<Recorded<UserRecord>>`
    WITH before AS MATERIALIZED (
      SELECT * FROM users WHERE account_id = ${account} AND id ${leaving} AND told_in_order(${account}, ARRAY[id])),
    after AS (
      UPDATE users u SET status = 'DEPROVISIONED', password_digest = NULL, version = version + 1, updated_at = now()
      WHERE u.account_id = ${account} AND u.id IN (SELECT id FROM before) RETURNING u.*),
    their_teams AS MATERIALIZED (${lockTeamsOf(accountId, ids)}),
    left_teams AS (
      DELETE FROM memberships m USING their_teams t WHERE m.account_id = ${account} AND m.user_id ${leaving}
        AND t.id = m.team_id RETURNING m.user_id, t.id AS team_id, t.display_name),
    led_teams AS MATERIALIZED (SELECT t.* FROM their_teams t WHERE t.lead_id ${leaving} AND ${isLedByHand}),
    touched AS (
      UPDATE teams t SET version = version + 1, updated_at = now(),
        lead_id = CASE WHEN t.id NOT IN (SELECT id FROM led_teams) THEN t.lead_id END
      WHERE t.account_id = ${account} AND t.id IN (SELECT team_id FROM left_teams UNION ALL SELECT id FROM led_teams)),
    unlinked AS (DELETE FROM user_external_ids WHERE account_id = ${account} AND user_id ${leaving}),
    orphaned AS (
      UPDATE users r SET manager_id = NULL, manager_value = r.manager_id::text, version = version + 1, updated_at = now()
      WHERE r.account_id = ${account} AND r.manager_id ${leaving} AND NOT r.id ${leaving} AND r.status <> 'DEPROVISIONED'
        AND keeps_order(r.xmin)
      RETURNING r.*),
    orphaned_before AS (SELECT u.* FROM users u WHERE u.account_id = ${account} AND u.id IN (SELECT id FROM orphaned)),
    revoked AS (
      DELETE FROM role_grants g USING roles r WHERE g.account_id = ${account} AND g.user_id ${leaving}
        AND r.account_id = g.account_id AND r.id = g.role_id RETURNING g.user_id, r.id AS role_id, r.name),
    ${endAccessOf(accountId, sql`SELECT id FROM after`)},
    logged AS (${recordEvents(
      authorship,
      sql`SELECT 'TEAM_MEMBER_REMOVED', 'TEAM', l.team_id, l.display_name, 'USER', l.user_id,
          coalesce(b.display_name, b.user_name), '[]'::jsonb FROM left_teams l JOIN before b ON b.id = l.user_id
        UNION ALL SELECT 'TEAM_UPDATED', 'TEAM', l.id, l.display_name, 'USER', b.id, coalesce(b.display_name, b.user_name),
          ${changesOf([{ field: 'leadId', before: sql`to_jsonb(l.lead_id)`, after: sql`NULL::jsonb` }])}
          FROM led_teams l JOIN before b ON b.id = l.lead_id
        UNION ALL SELECT DISTINCT 'ROLE_REVOKED', 'USER', b.id, coalesce(b.display_name, b.user_name), 'ROLE', v.role_id, v.name,
          '[]'::jsonb FROM revoked v JOIN before b ON b.id = v.user_id
        UNION ALL SELECT 'USER_UPDATED', 'USER', o.id, coalesce(o.display_name, o.user_name), ${unrelated},
          ${changesOf([{ field: 'manager', before: managerAsJson('w'), after: managerAsJson('o') }])}
          FROM orphaned o JOIN orphaned_before w ON w.id = o.id
        UNION ALL SELECT 'USER_DEPROVISIONED', 'USER', a.id, coalesce(a.display_name, a.user_name), ${unrelated},
          ${changesOf([{ field: 'status', before: sql`to_jsonb(b.status)`, after: sql`to_jsonb(a.status)` }])}
          FROM after a JOIN before b ON b.id = a.id`,
    )})
    SELECT ${asRecord(sql`${recordSelection('a', { connectionId: null, withTeams: false })}, '[]'::json AS teams`)}, (SELECT count(*) FROM told) AS told
    FROM after a`;
}

// For one person PostgreSQL keeps a plan; for a list it would make one anew each time, which takes longer than the work.
const among = (ids: readonly string[]): RawBuilder<unknown> =>
  ids.length === 1 ? sql`= ${ids[0]}::uuid` : sql`= ANY(${[...ids]}::uuid[])`;

// A team's row is locked before its memberships, as by whoever changes its members, so that neither waits for ever. Of a team
// that follows from people, who comes and goes beside each other can be told in any order.
const lockTeamsOf = (accountId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT t.account_id, t.id, t.display_name, t.lead_id FROM teams t WHERE t.account_id = ${accountId}::uuid AND t.id = ANY(ARRAY(
      SELECT m.team_id FROM memberships m WHERE m.account_id = ${accountId}::uuid AND m.user_id ${among(ids)}
      UNION SELECT l.id FROM teams l WHERE l.account_id = ${accountId}::uuid AND l.lead_id ${among(ids)}))
      AND (NOT ${isMadeByHand('t')} OR keeps_order(t.xmin)) ORDER BY t.id FOR NO KEY UPDATE OF t`;

/** Within teams t: is it no manager's team? Those follow from who reports to them, in the same transaction. */
const isLedByHand = sql`NOT EXISTS (
  SELECT FROM org_teams o WHERE o.account_id = t.account_id AND o.team_id = t.id AND o.manager_id = t.lead_id)`;
