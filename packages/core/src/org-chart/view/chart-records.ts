import { type RawBuilder, sql } from 'kysely';
import { columnsOf, type Read } from '../../database/columns.ts';
import type { Condition } from '../../filters/scalar-filters.ts';
import { counted } from '../../text/counted-text.ts';

/** What a record says of a person, and of a team, besides the id. */
export const personFields = [
  'user_name',
  'display_name',
  'title',
  'department',
  'photo',
  'status',
  'manager_id',
  'on_cycle',
] as const;
export const teamFields = ['display_name', 'origin', 'parent_id', 'lead_id'] as const;

/** A person as the chart shows them. */
export interface ChartPersonRecord extends Read<'org_chart_people', (typeof personFields)[number]> {
  readonly id: string;
}

/** A team as the chart shows it. */
export interface ChartTeamRecord extends Read<'org_chart_teams', (typeof teamFields)[number]> {
  readonly id: string;
}

/** Stands where nobody is above: people and teams at the top are on the level of this id. */
export const TOP = '00000000-0000-0000-0000-000000000000';

/** The name a person is shown by. */
export const labelOf = ({ display_name, user_name }: ChartPersonRecord): string => display_name ?? user_name;

/** The columns of `org_chart_people p` that make a record. */
export const chartPersonColumns = sql`p.user_id AS id, ${columnsOf('p', personFields)}`;

/** The columns of `org_chart_teams t` that make a record. */
export const chartTeamColumns = sql`t.team_id AS id, ${columnsOf('t', teamFields)}`;

/** What people and teams are ordered by, as the indexes have it. */
export const personLabel = counted(sql`coalesce(p.display_name, p.user_name)`, { exact: false });
export const teamLabel = counted(sql`t.display_name`, { exact: false });

/** The level on which a person or a team stands: the id of who or what is above. */
export const personLevel = sql`coalesce(p.manager_id, ${sql.lit(TOP)})`;
export const teamLevel = sql`coalesce(t.parent_id, ${sql.lit(TOP)})`;

/** A chart of an account: the newest where there is no moment. */
export interface ChartMoment {
  readonly accountId: string;
  readonly at: Date | null;
}

/** The spans of `alias` that the chart shows. */
export function shownIn({ accountId, at }: ChartMoment, alias: 'p' | 't' | 'm' | 'a' | 'b'): Condition {
  const column = (name: string): RawBuilder<unknown> => sql.raw(`${alias}.${name}`);
  const account = sql`${column('account_id')} = ${accountId}::uuid`;
  if (at === null) return sql`${account} AND ${column('ended')} = 'infinity'`;
  return sql`${account} AND ${column('began')} <= ${at}::timestamptz AND ${column('ended')} > ${at}::timestamptz`;
}
