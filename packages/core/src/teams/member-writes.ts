import { type RawBuilder, sql } from 'kysely';
import type { InSql } from '../database/statement.ts';
import type { MemberTypeName } from './team-record.ts';

/** People and teams are members by tables of their own. */
export interface MemberKind {
  readonly type: MemberTypeName;
  readonly plural: 'members' | 'teams';
  readonly table: RawBuilder<unknown>;
  readonly column: RawBuilder<unknown>;
  /** All that there are, id and label. */
  readonly labels: (account: RawBuilder<unknown>) => RawBuilder<unknown>;
}

const kinds: readonly MemberKind[] = [
  {
    type: 'USER',
    plural: 'members',
    table: sql`memberships`,
    column: sql`user_id`,
    labels: (account) =>
      sql`(SELECT u.id, coalesce(u.display_name, u.user_name) AS label FROM users u WHERE u.account_id = ${account})`,
  },
  {
    type: 'TEAM',
    plural: 'teams',
    table: sql`nested_teams`,
    column: sql`nested_id`,
    labels: (account) =>
      sql`(SELECT t.id, t.display_name AS label FROM teams t WHERE t.account_id = ${account})`,
  },
];

type OfKind = (kind: MemberKind) => RawBuilder<unknown>;

/** Who comes and who goes; left out where nobody does. */
export interface MemberSources {
  /** Selects account, team and id. */
  readonly comers?: OfKind | undefined;
  /** Where the labels of those who come are at hand. */
  readonly labels?: OfKind;
  /** Takes them out, and answers `team_id` and `id`. */
  readonly leavers?: OfKind | undefined;
}

/** The parts of a statement that write who comes and who goes; `moved` has those for whom that is something new. */
export function memberWrites(
  accountId: InSql<string>,
  { comers, labels, leavers }: MemberSources,
): RawBuilder<unknown> {
  const all: OfKind = (kind) => kind.labels(sql`${accountId}::uuid`);
  const join: OfKind = (
    kind,
  ) => sql`INSERT INTO ${kind.table} (account_id, team_id, ${kind.column}) ${comers?.(kind)}
    ON CONFLICT DO NOTHING RETURNING team_id, ${kind.column} AS id`;
  const writes = [
    ...(leavers === undefined ? [] : [{ verb: 'removed', write: leavers, named: all }]),
    ...(comers === undefined ? [] : [{ verb: 'added', write: join, named: labels ?? all }]),
  ].flatMap(({ verb, write, named }) =>
    kinds.map((kind) => {
      const name = sql.raw(`${verb}_${kind.plural}`);
      const event = sql.lit(`TEAM_MEMBER_${verb.toUpperCase()}`);
      return {
        written: sql`${name} AS MATERIALIZED (${write(kind)})`,
        moved: sql`SELECT ${event} AS event, w.team_id, ${sql.lit(kind.type)} AS type, n.id, n.label
          FROM ${name} w JOIN ${named(kind)} n ON n.id = w.id`,
      };
    }),
  );
  return sql`${sql.join(writes.map(({ written }) => written))},
    moved AS (${sql.join(
      writes.map(({ moved }) => moved),
      sql` UNION ALL `,
    )})`;
}

/** Within `moved` and `after`, the teams that they are members of: the events that tell of it. */
export const memberEvents = sql`SELECT m.event, 'TEAM', a.id, a.display_name, m.type, m.id, m.label, '[]'::jsonb
  FROM moved m JOIN after a ON a.id = m.team_id`;
