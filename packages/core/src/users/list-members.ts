import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type RecordOptions, recordSelection, type UserRecord } from './user-record.ts';

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
