import { type RawBuilder, sql } from 'kysely';
import type { AuthorshipInSql } from '../events/record-events.ts';
import type { MembersChange, MembersFollower, MembersFollowers } from './members-follower.ts';

const begunOf = (place: number): string => `members_begun_${place}`;

/** What each follower begins with, as columns of `locks`, to the right of the locks of the teams. */
export const membersBegun = (followers: MembersFollowers, change: MembersChange): RawBuilder<unknown> =>
  sql.join(followers.map((follower, place) => sql`${follower.begin(change)} AS ${sql.ref(begunOf(place))}`));

/** Columns to the right of others; nothing where there are none. */
export const andThen = (columns: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  columns.length === 0 ? sql`` : sql`, ${sql.join(columns)}`;

/** What memberships carry for followers, of whoever joins a team; within `locks`. */
export const carriedInto = (
  followers: MembersFollowers,
  team: RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] =>
  followers.map(
    (follower, place) =>
      sql`(SELECT ${follower.carriedInto(team, sql.ref(`l.${begunOf(place)}`))} FROM locks l)`,
  );

/** The changes that the event of whoever joins this team tells; within `locks`. */
export const toldInto = (followers: MembersFollowers, team: RawBuilder<unknown>): RawBuilder<unknown> =>
  allChanges(
    followers,
    (follower, begun) =>
      sql`(SELECT ${follower.told(follower.carriedInto(team, begun), begun, true)} FROM locks l)`,
  );

/** The changes that the event of whoever leaves tells, of what the membership `left` carried; within `locks`. */
export const toldOutOf = (followers: MembersFollowers, left: string): RawBuilder<unknown> =>
  allChanges(followers, (follower, begun) => {
    const carried = sql`${sql.table(left)}.${follower.carried}`;
    return sql`CASE WHEN ${carried} IS NULL THEN '[]'::jsonb ELSE (SELECT ${follower.told(carried, begun, false)} FROM locks l) END`;
  });

const allChanges = (
  followers: MembersFollowers,
  changesOf: (follower: MembersFollower, begun: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<unknown> =>
  followers.length === 0
    ? sql`'[]'::jsonb`
    : sql.join(
        followers.map(
          (follower, place) => sql`coalesce(${changesOf(follower, sql.ref(`l.${begunOf(place)}`))}, '[]')`,
        ),
        sql` || `,
      );

/** Who joined and who left, as a statement has written it. */
export interface WrittenMembers {
  /** SELECT of user_id, and what the memberships carry or carried. */
  readonly moved: RawBuilder<unknown>;
  /** The teams that were made or got a name, a uuid[], once it is written who is in them; none when left out. */
  readonly named?: RawBuilder<unknown> | undefined;
}

/**
 * SELECT of the events of what follows; within `locks`. Of a statement it is a part that is MATERIALIZED: it writes. That
 * nobody begun is seen before anybody follows.
 */
export const membersFollowed = (
  followers: MembersFollowers,
  authorship: AuthorshipInSql,
  { moved, named }: WrittenMembers,
): RawBuilder<unknown> =>
  sql.join(
    followers.map((follower, place) => {
      const begun = sql.ref(`locks.${begunOf(place)}`);
      return sql`SELECT f.* FROM locks, LATERAL (${follower.follow({ authorship, begun, moved: sql`(${moved})`, named })}) AS f
          (type, subject_type, subject_id, subject_label, related_type, related_id, related_label, changes)
        WHERE ${begun} IS NOT NULL`;
    }),
    sql` UNION ALL `,
  );

/** Those who follow, and the row in which a statement before has answered what they begin with. */
export interface BegunFollowers {
  readonly followers: MembersFollowers;
  readonly begun: object | undefined;
}

/** SELECT of the events of what follows once teams are deleted; undefined where nothing has begun. */
export function membersSettled(
  { followers, begun }: BegunFollowers,
  accountId: string,
): RawBuilder<unknown> | undefined {
  const values = new Map(Object.entries(begun ?? {}));
  const following = followers.filter((_, place) => values.get(begunOf(place)) != null);
  return following.length === 0
    ? undefined
    : sql.join(
        following.map((follower) => follower.settle(accountId)),
        sql` UNION ALL `,
      );
}

/** The same columns in a later statement, as they were answered. */
export function membersBegunAlready({ followers, begun }: BegunFollowers): RawBuilder<unknown> {
  const values = new Map(Object.entries(begun ?? {}));
  const column = (_: unknown, place: number) => {
    const value: unknown = values.get(begunOf(place)) ?? null;
    return sql`${value === null ? null : JSON.stringify(value)}::jsonb AS ${sql.ref(begunOf(place))}`;
  };
  return sql.join(followers.map(column));
}
