import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { defineStatements, type InSql, type Param } from '../database/statement.ts';
import type { AuthorshipInSql } from '../events/record-events.ts';
import type { Followers } from './follower.ts';

/** Statements of one family that followers have a part in: each text is made once for those who follow. */
export function defineFollowedStatements<
  Shape extends string | object,
  Values extends object,
  Row,
  Following extends object = Followers,
>(
  build: (shape: Shape, followers: Following, param: Param<Values>) => RawBuilder<Row>,
): (shape: Shape, followers: Following, values: Values) => CompiledQuery<Row> {
  const families = new WeakMap<Following, (shape: Shape, values: Values) => CompiledQuery<Row>>();
  return (shape, followers, values) => {
    let family = families.get(followers);
    if (family === undefined) {
      family = defineStatements<Shape, Values, Row>((each, param) => build(each, followers, param));
      families.set(followers, family);
    }
    return family(shape, values);
  };
}

const begunOf = (place: number): string => `begun_${place}`;

/** What each follower begins with, as columns of `locks`, with which the statement begins. */
export const begunColumns = (
  followers: Followers,
  accountId: InSql<string>,
  attributes?: readonly string[],
): RawBuilder<unknown> =>
  sql.join(
    followers.map(
      (follower, place) => sql`${follower.begin(accountId, attributes)} AS ${sql.ref(begunOf(place))}`,
    ),
  );

/**
 * SELECT of the events of what follows from the change of whoever is in the table `changed`; within `locks`. Of a statement it
 * is the part `followed`, which is MATERIALIZED: it writes.
 */
export const followedEvents = (
  followers: Followers,
  authorship: AuthorshipInSql,
  changed: string,
): RawBuilder<unknown> =>
  sql.join(
    followers.map((follower, place) => {
      const person = sql.ref(`${changed}.id`);
      const begun = sql.ref(`locks.${begunOf(place)}`);
      return sql`SELECT f.* FROM ${sql.table(changed)}, locks, LATERAL (${follower.follow({ authorship, id: person, begun })}) AS f
        (type, subject_type, subject_id, subject_label, related_type, related_id, related_label, changes)
        WHERE ${begun} IS NOT NULL`;
    }),
    sql` UNION ALL `,
  );
