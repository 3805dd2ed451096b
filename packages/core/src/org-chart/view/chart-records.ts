import { type RawBuilder, sql } from 'kysely';
import type { Condition } from '../../filters/scalar-filters.ts';
import type { TeamOriginName } from '../../model/team.entity.ts';
import type { UserStatusName } from '../../model/user.ts';
import { counted } from '../../text/counted-text.ts';

/** A person as the chart shows them. */
export interface PersonRecord {
  readonly id: string;
  readonly user_name: string;
  readonly display_name: string | null;
  readonly title: string | null;
  readonly department: string | null;
  readonly photo: string | null;
  readonly status: UserStatusName;
  readonly manager_id: string | null;
  readonly on_cycle: boolean;
}

/** A team as the chart shows it. */
export interface TeamRecord {
  readonly id: string;
  readonly display_name: string;
  readonly origin: TeamOriginName;
  readonly parent_id: string | null;
  readonly lead_id: string | null;
}

/** Stands where nobody is above: people and teams at the top are on the level of this id. */
export const TOP = '00000000-0000-0000-0000-000000000000';

/** The name a person is shown by. */
export const labelOf = ({ display_name, user_name }: PersonRecord): string => display_name ?? user_name;

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
] as const satisfies readonly (keyof PersonRecord)[];
export const teamFields = [
  'display_name',
  'origin',
  'parent_id',
  'lead_id',
] as const satisfies readonly (keyof TeamRecord)[];

const columnsOf = (alias: string, fields: readonly string[]) =>
  sql.raw(fields.map((field) => `${alias}.${field}`).join(', '));

/** The columns of `org_chart_people p` that make a record. */
export const personColumns = sql`p.user_id AS id, ${columnsOf('p', personFields)}`;

/** The columns of `org_chart_teams t` that make a record. */
export const teamColumns = sql`t.team_id AS id, ${columnsOf('t', teamFields)}`;

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
