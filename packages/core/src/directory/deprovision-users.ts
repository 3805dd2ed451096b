import { sql } from 'kysely';
import { endAccessOf } from '../authorization/end-access.ts';
import { asRecord, type Recorded } from '../database/record.ts';
import { rowsOf } from '../database/statement.ts';
import { type DomainError, notFound, versionMismatch } from '../errors/domain-error.ts';
import { authorshipIn, recordEvents } from '../events/record-events.ts';
import { begunColumns, defineFollowedStatements, followedEvents } from '../followers/followed-statement.ts';
import type { FollowedWork } from '../followers/follower.ts';
import type { Authorship } from '../model/event.ts';
import { lastAdmin } from '../model/role.entity.ts';
import { refusalsOf } from '../strict-profile/managed-by.ts';
import { isUuid } from '../text/uuid.ts';
import { externalIdOf, recordWith, type UserRecord } from '../users/user-record.ts';
import { followPeople, otherLocks } from './follow-people.ts';

/** What a departure touches besides people: it frees unique values, and takes people out of teams. */
const touched = { values: true, teams: true };

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
 * An unknown id, a version that moved on, the last admin and whom an identity provider manages are refused one by one.
 */
export async function deprovisionUsers(
  work: FollowedWork,
  authorship: Authorship,
  { ids, ifVersion }: Deprovisioning,
): Promise<DeprovisionOutcome[]> {
  const refusalOf = await refusalsOf(work.db, authorship, 'people', ids);
  const free = ids.filter((id) => isUuid(id) && refusalOf(id, 'id') === undefined);
  const wanted = [...new Set(free.map((id) => id.toLowerCase()))];
  const departure = { authorship, ids: wanted, ifVersion: ifVersion ?? null };
  const rows = await followPeople<DepartureRow[]>(work, authorship, {
    ...touched,
    isOfOne: false,
    async transaction(db) {
      const result = await rowsOf(departureStatement('held', work.followers, departure), db);
      return { result, userIds: result.flatMap(({ id, refusal }) => (refusal === null ? id : [])) };
    },
    ...(wanted.length === 1 && {
      statement: () => work.statement(departureStatement('single', work.followers, departure)),
    }),
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id.toLowerCase());
    return row === undefined
      ? { error: refusalOf(id, 'id') ?? notFound('user', id) }
      : outcomeOf(row, ifVersion);
  });
}

function outcomeOf(row: DepartureRow, ifVersion: number | null | undefined): DeprovisionOutcome {
  switch (row.refusal) {
    case 'VERSION_MISMATCH':
      return { error: versionMismatch('user', ifVersion ?? row.version, row.version) };
    case 'LAST_ADMIN':
      return { error: lastAdmin(row.id) };
    case null:
      return { user: row.record };
  }
}

interface Departure {
  readonly authorship: Authorship;
  readonly ids: readonly string[];
  readonly ifVersion: number | null;
}

/** What became of somebody who is there; the record is empty of whoever stays. */
export interface DepartureRow extends Recorded<UserRecord> {
  readonly id: string;
  readonly version: number;
  readonly refusal: 'VERSION_MISMATCH' | 'LAST_ADMIN' | null;
  /** Nobody reads it; that it is selected has PostgreSQL tell that access has ended. */
  readonly told: number;
}

/** People leave: a single one with what follows from it, or as many as there are where `followPeople` holds and follows. */
const departureStatement = defineFollowedStatements<'single' | 'held', Departure, DepartureRow>(
  (shape, followers, param) => {
    const authorship = authorshipIn(param);
    const { accountId } = authorship;
    const isSingle = shape === 'single';
    const account = sql`(SELECT t.account FROM locks t)`;
    return sql`
      WITH locks AS MATERIALIZED (SELECT ${accountId}::uuid AS account${
        isSingle ? sql`, ${begunColumns(followers, accountId)}${otherLocks(accountId, touched)}` : sql``
      }),
      held AS MATERIALIZED (SELECT h.* FROM hold_leaving(${account}, ${param('ids')}::uuid[], ${param('ifVersion')}::int) h),
      departed AS MATERIALIZED (SELECT d.* FROM
        leave_directory(${account}, ARRAY(SELECT h.id FROM held h WHERE h.refusal IS NULL)) d),
      gone AS MATERIALIZED (
        SELECT h.id FROM held h WHERE h.refusal IS NULL AND (SELECT count(*) FROM departed) > 0),
      ${isSingle ? sql`followed AS MATERIALIZED (${followedEvents(followers, authorship, 'gone')}),` : sql``}
      ${endAccessOf(accountId, sql`SELECT id FROM gone`)},
      logged AS (${recordEvents(
        authorship,
        isSingle ? sql`SELECT * FROM departed UNION ALL SELECT * FROM followed` : sql`SELECT * FROM departed`,
      )})
      SELECT h.id, h.version, h.refusal, ${asRecord(
        recordWith('u', { externalId: externalIdOf('u', null), teams: sql`'[]'::json` }),
      )}, (SELECT count(*) FROM told) AS told
      FROM held h LEFT JOIN newest_users(${account}, ARRAY(SELECT id FROM gone)) u ON u.id = h.id`;
  },
);
