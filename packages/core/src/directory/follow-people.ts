import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { type InSql, rowsOf } from '../database/statement.ts';
import { TakesMore } from '../errors/constraint-errors.ts';
import { authorshipIn, recordEvents } from '../events/record-events.ts';
import { begunColumns, defineFollowedStatements, followedEvents } from '../followers/followed-statement.ts';
import type { FollowedWork } from '../followers/follower.ts';
import { shareDefinitions } from '../holds/definitions-lock.ts';
import type { Authorship } from '../model/event.ts';
import { shareAllTeams } from '../teams/team-locks.ts';
import { lockManagers, type ManagersLock } from './manager.ts';

/** A change of people, from which something may have to follow. */
export interface PeopleChange<Result> {
  /**
   * The change in a single statement in which followers have their part, where that is possible; undefined when nothing was
   * written, because it takes more.
   */
  readonly statement?: () => Promise<Result | undefined>;
  /** The change in any number of statements. */
  readonly transaction: (db: Sql) => Promise<PeopleChanged<Result>>;
  /** Is it about one person, as far as can be foreseen? */
  readonly isOfOne: boolean;
  /** The attributes that it changes, where nothing else of it can have followers. */
  readonly attributes?: readonly string[] | undefined;
  /** Which lock it needs among those who name managers; none when it touches no name. */
  readonly managers?: ManagersLock | undefined;
  /** May it write custom attributes, or free them for others? */
  readonly values?: boolean | undefined;
  /** May it take people out of teams? */
  readonly teams?: boolean | undefined;
}

/** What a change of people came to. */
export interface PeopleChanged<Result> {
  readonly result: Result;
  /** Whom it changed. */
  readonly userIds: readonly string[];
  /** Reads the result anew once all has followed; left out where it shows nothing of that. */
  readonly afterwards?: (() => Promise<Result>) | undefined;
}

/**
 * Changes people, and in the same transaction what follows from that. Whatever can be done beside others is tried so first:
 * in a single statement, or in a transaction where that can't make it. What takes more, as a follower says of either, has the
 * account to itself.
 */
export function followPeople<Result>(
  work: FollowedWork,
  authorship: Authorship,
  change: PeopleChange<Result>,
): Promise<Result> {
  const exclusively = () => insteadOfOthers(work, authorship, change);
  return work.tryBesideOthers(async () => {
    const result = await change.statement?.();
    if (result !== undefined) return result;
    return change.isOfOne ? besideOthers(work, authorship, change) : exclusively();
  }, exclusively);
}

/** One person changes, and nobody waits but whoever changes the same people and teams. */
function besideOthers<Result>(
  work: FollowedWork,
  authorship: Authorship,
  change: PeopleChange<Result>,
): Promise<Result> {
  const { accountId } = authorship;
  const { followers } = work;
  return work.transaction(async ({ sql: db }) => {
    const begun = begunColumns(followers, accountId, change.attributes);
    const locks = sql<object>`SELECT ${begun}${otherLocks(accountId, change)}`;
    const [begins] = (await locks.execute(db)).rows;
    const { result, userIds, afterwards } = await change.transaction(db);
    const [id, ...others] = userIds;
    if (id === undefined || !isFollowed(begins)) return result;
    if (others.length > 0) throw new TakesMore('It is about several people.');
    const followed = await rowsOf(followStatement('one', followers, { authorship, id }), db);
    return followed.length === 0 || afterwards === undefined ? result : afterwards();
  });
}

/** Does a follower have something to do, by what each begins with? */
const isFollowed = (begun: object | undefined): boolean =>
  Object.entries(begun ?? {}).some(([column, value]) => column.startsWith('begun_') && value !== null);

/** Any number of people change, and nobody else of the account from whom something follows. */
function insteadOfOthers<Result>(
  work: FollowedWork,
  authorship: Authorship,
  change: PeopleChange<Result>,
): Promise<Result> {
  const { accountId } = authorship;
  return work.transaction(async ({ sql: db }) => {
    const held = work.followers.map((follower) => follower.hold(accountId));
    const locks: RawBuilder<{ follows: boolean[] }> = sql`
      SELECT ARRAY[${sql.join(held)}] AS follows${otherLocks(accountId, change)}`;
    const [row] = (await locks.execute(db)).rows;
    const following = work.followers.filter((_, place) => row?.follows[place] === true);
    const { result, userIds, afterwards } = await change.transaction(db);
    if (following.length === 0 || userIds.length === 0) return result;
    for (const follower of following) await follower.keep(db, authorship, userIds);
    return afterwards === undefined ? result : afterwards();
  });
}

/** What is waited for besides followers before anything is written, as more columns of the same statement. */
export function otherLocks(
  accountId: InSql<string>,
  { managers, values, teams }: Pick<PeopleChange<unknown>, 'managers' | 'values' | 'teams'>,
): RawBuilder<unknown> {
  const definitions = values === true ? sql`, (${shareDefinitions(accountId)})` : sql``;
  const names = managers === undefined ? sql`` : sql`, ${lockManagers(accountId, managers)}`;
  const shared = teams === true ? sql`, ${shareAllTeams(accountId)}` : sql``;
  return sql`${shared}${definitions}${names}`;
}

interface FollowValues {
  readonly authorship: Authorship;
  readonly id: string;
}

/** What follows from the change of somebody, in a statement of its own; a row for each event. */
const followStatement = defineFollowedStatements<'one', FollowValues, unknown>((_, followers, param) => {
  const authorship = authorshipIn(param);
  const { accountId } = authorship;
  return sql`
    WITH locks AS MATERIALIZED (SELECT ${begunColumns(followers, accountId)}),
    changed AS MATERIALIZED (SELECT ${param('id')}::uuid AS id),
    followed AS MATERIALIZED (${followedEvents(followers, authorship, 'changed')})
    ${recordEvents(authorship, sql`SELECT * FROM followed`)} RETURNING seq`;
});
