import { type RawBuilder, sql } from 'kysely';
import type { InSql } from '../database/statement.ts';
import { andThen, carriedInto, toldInto, toldOutOf } from '../followers/followed-members.ts';
import type { MembersFollowers } from '../followers/members-follower.ts';
import type { MemberTypeName } from './team-record.ts';

/** People and teams are members by tables of their own. */
export interface MemberKind {
  readonly type: MemberTypeName;
  readonly plural: 'members' | 'teams';
  readonly table: RawBuilder<unknown>;
  readonly column: RawBuilder<unknown>;
  /** All that there are, with a label each. */
  readonly all: RawBuilder<unknown>;
  /** What the memberships carry for followers. */
  readonly carried: readonly RawBuilder<unknown>[];
}

const kindsOf = (followers: MembersFollowers): readonly MemberKind[] => [
  {
    type: 'USER',
    plural: 'members',
    table: sql`memberships`,
    column: sql`user_id`,
    all: sql`(SELECT u.account_id, u.id, coalesce(u.display_name, u.user_name) AS label FROM users u)`,
    carried: followers.map(({ carried }) => carried),
  },
  {
    type: 'TEAM',
    plural: 'teams',
    table: sql`nested_teams`,
    column: sql`nested_id`,
    all: sql`(SELECT t.account_id, t.id, t.display_name AS label FROM teams t)`,
    carried: [],
  },
];

type OfKind = (kind: MemberKind) => RawBuilder<unknown>;

/** Who comes and who goes; left out where nobody does. */
export interface MemberSources {
  /** Selects account, team and id. */
  readonly comers?: OfKind | undefined;
  /** Where the labels of those who come are at hand. */
  readonly labels?: OfKind;
  /** The team that they come to, where it is one. */
  readonly team?: RawBuilder<unknown>;
  /** Takes them out, and answers `team_id`, `id` and what their memberships carried. */
  readonly leavers?: OfKind | undefined;
}

/** The parts of a statement that write who comes and who goes; `moved` has those for whom that is something new. */
export function memberWrites(
  accountId: InSql<string>,
  followers: MembersFollowers,
  { comers, labels, team, leavers }: MemberSources,
): RawBuilder<unknown> {
  const kinds = kindsOf(followers);
  const writes: RawBuilder<unknown>[] = [];
  const moved: RawBuilder<unknown>[] = [];
  const teamOf = (alias: string) => team ?? sql.ref(`${alias}.team_id`);
  const toldOf = (verb: 'removed' | 'added', { type }: MemberKind) => {
    if (type === 'TEAM') return sql`'[]'::jsonb`;
    return verb === 'added' ? toldInto(followers, teamOf('w')) : toldOutOf(followers, 'w');
  };
  const write = (verb: 'removed' | 'added', change: OfKind, labels?: OfKind) => {
    const event = sql.lit(`TEAM_MEMBER_${verb.toUpperCase()}`);
    for (const kind of kinds) {
      const name = sql.raw(`${verb}_${kind.plural}`);
      const labelled =
        labels?.(kind) ?? sql`(SELECT * FROM ${kind.all} k WHERE k.account_id = ${accountId}::uuid)`;
      writes.push(sql`${name} AS MATERIALIZED (${change(kind)})`);
      moved.push(sql`SELECT ${event} AS event, w.team_id, ${sql.lit(kind.type)} AS type, l.id, l.label, ${toldOf(verb, kind)} AS changes ${andThen(followers.map(({ carried }) => (kind.type === 'USER' ? sql`w.${carried}` : sql`NULL`)))}
        FROM ${name} w JOIN ${labelled} l ON l.id = w.id`);
    }
  };
  if (leavers !== undefined) write('removed', leavers);
  const join: OfKind = (
    kind,
  ) => sql`INSERT INTO ${kind.table} (account_id, team_id, ${kind.column} ${andThen(kind.carried)})
    SELECT c.* ${andThen(kind.type === 'USER' ? carriedInto(followers, teamOf('c')) : [])} FROM (${comers?.(kind)}) AS c (account_id, team_id, id)
    ON CONFLICT DO NOTHING RETURNING team_id, ${kind.column} AS id ${andThen(kind.carried)}`;
  if (comers !== undefined) write('added', join, labels);
  return sql`${sql.join(writes)}, moved AS (${sql.join(moved, sql` UNION ALL `)})`;
}

/** Within `moved`: the people among them, as followers are told of them. */
export const movedPeople = (followers: MembersFollowers): RawBuilder<unknown> =>
  sql`SELECT m.id AS user_id ${andThen(followers.map(({ carried }) => sql`m.${carried}`))} FROM moved m WHERE m.type = 'USER'`;

/** The same where nobody moves. */
export const noPeople = (followers: MembersFollowers): RawBuilder<unknown> =>
  sql`SELECT m.user_id ${andThen(followers.map(({ carried }) => sql`m.${carried}`))}
    FROM memberships m WHERE false`;

/** Within `moved` and `after`, the teams that they are members of: the events that tell of it. */
export const memberEvents = sql`SELECT m.event, 'TEAM', a.id, a.display_name, m.type, m.id, m.label, m.changes
  FROM moved m JOIN after a ON a.id = m.team_id`;
