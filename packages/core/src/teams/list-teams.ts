import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { always } from '../filters/scalar-filters.ts';
import { type ListOrder, type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type RecordOptions, recordSelection, type UserRecord } from '../users/user-record.ts';
import { type TeamFilter, teamCondition } from './team-filter.ts';
import { type TeamRecord, teamColumns, visibleTeams } from './team-record.ts';

export const teamOrderFields = ['ID', 'DISPLAY_NAME', 'CREATED_AT', 'UPDATED_AT'] as const;
export type TeamOrderFieldName = (typeof teamOrderFields)[number];

export interface TeamListRequest extends PageRequest {
  filter?: TeamFilter | null;
  orderBy?: { field: TeamOrderFieldName; direction: 'ASC' | 'DESC' } | null;
}

const expressions: Record<TeamOrderFieldName, Pick<ListOrder, 'expression' | 'type'>> = {
  ID: { type: 'text' },
  DISPLAY_NAME: { expression: sql`lower(t.display_name)`, type: 'text' },
  CREATED_AT: { expression: sql`t.created_at`, type: 'timestamptz' },
  UPDATED_AT: { expression: sql`t.updated_at`, type: 'timestamptz' },
};

/** A page of the teams that the viewer's connection sees. */
export function listTeams(
  db: Sql,
  accountId: string,
  connectionId: string | null,
  { filter, orderBy, ...page }: TeamListRequest,
): Promise<Page<TeamRecord>> {
  const { field, direction } = orderBy ?? { field: 'ID', direction: 'ASC' };
  return readPage<TeamRecord>(
    db,
    {
      from: sql`teams t`,
      scope: visibleTeams(accountId, connectionId),
      where: filter == null ? always : teamCondition(filter),
      id: sql`t.id`,
      selection: teamColumns('t'),
    },
    { name: field, descending: direction === 'DESC', ...expressions[field] },
    page,
  );
}

/** A page of a team's members, by id. */
export function listMembers(
  db: Sql,
  accountId: string,
  teamId: string,
  page: PageRequest,
  options: RecordOptions,
): Promise<Page<UserRecord>> {
  const membership = sql`memberships m WHERE m.account_id = u.account_id AND m.team_id = ${teamId}::uuid AND m.user_id = u.id`;
  return readPage<UserRecord>(
    db,
    {
      from: sql`users u`,
      scope: sql`u.account_id = ${accountId}::uuid`,
      where: sql`EXISTS (SELECT FROM ${membership})`,
      id: sql`u.id`,
      selection: recordSelection('u', options),
    },
    { name: 'ID', descending: false, type: 'text' },
    page,
  );
}
