import { type RawBuilder, sql } from 'kysely';
import type { AuthorshipInSql } from '../events/record-events.ts';
import type { MembersChange, MembersFollowers } from './members-follower.ts';

const begunOf = (place: number): string => `members_begun_${place}`;

/** What each follower begins with, as columns of `locks`, to the right of the locks of the teams. */
export const membersBegun = (followers: MembersFollowers, change: MembersChange): RawBuilder<unknown> =>
  sql.join(followers.map((follower, place) => sql`${follower.begin(change)} AS ${sql.ref(begunOf(place))}`));

/** Who joined and who left, as a statement has written it. */
export interface WrittenMembers {
  /** SELECT of team_id and user_id. */
  readonly moved: RawBuilder<unknown>;
  /** The teams that were made or got a name, a uuid[]; none when left out. */
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
      const followed = follower.follow({
        authorship,
        teams: sql`c.teams`,
        people: sql`c.people`,
        named: named && sql`c.named`,
      });
      return sql`SELECT f.* FROM (
          SELECT array_agg(m.team_id) FILTER (WHERE m.team_id IS NOT NULL) AS teams,
            array_agg(m.user_id) FILTER (WHERE m.team_id IS NOT NULL) AS people, ${named ?? sql`'{}'::uuid[]`} AS named
          FROM locks LEFT JOIN (${moved}) AS m (team_id, user_id) ON true
          WHERE locks.${sql.ref(begunOf(place))} IS NOT NULL HAVING count(*) > 0) c,
        LATERAL (${followed}) AS f
          (type, subject_type, subject_id, subject_label, related_type, related_id, related_label, changes)`;
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

/** The same columns in a later statement: only whether there is anything to follow. */
export function membersBegunAlready({ followers, begun }: BegunFollowers): RawBuilder<unknown> {
  const values = new Map(Object.entries(begun ?? {}));
  const column = (_: unknown, place: number) => {
    const value = values.get(begunOf(place)) == null ? sql`NULL` : sql`true`;
    return sql`${value}::boolean AS ${sql.ref(begunOf(place))}`;
  };
  return sql.join(followers.map(column));
}
