import { type RawBuilder, sql } from 'kysely';
import { columnsOf, type Read } from '../database/columns.ts';
import type { InSql } from '../database/statement.ts';

const columns = [
  'account_id',
  'id',
  'origin',
  'connection_id',
  'external_id',
  'display_name',
  'parent_id',
  'lead_id',
  'version',
  'created_at',
  'updated_at',
] as const;

/** A team as read. */
export interface TeamRecord extends Read<'teams', (typeof columns)[number]> {
  /** The teams among its members, where the statement that read it has them at hand. */
  readonly nested?: readonly MemberReferenceRecord[];
}

export type MemberTypeName = 'USER' | 'TEAM';

/** A member of a team, as much as a list of members shows. */
export interface MemberReferenceRecord {
  readonly id: string;
  readonly displayName: string | null;
  readonly type: MemberTypeName;
}

/** The columns of `alias` that make a record. */
export const teamColumns = (alias: string): RawBuilder<unknown> => columnsOf(alias, columns);

/** May clients change the team `alias`? The others follow from people. */
export const isMadeByHand = (alias: string): RawBuilder<unknown> =>
  sql`${sql.ref(`${alias}.origin`)} <> 'ORG_STRUCTURE'`;

/** Within `teams t`: what a viewer sees. An identity provider sees only what its connection pushed. */
export const visibleTeams = (
  accountId: InSql<string>,
  connectionId: InSql<string | null>,
): RawBuilder<unknown> =>
  connectionId === null
    ? sql`t.account_id = ${accountId}::uuid`
    : sql`t.account_id = ${accountId}::uuid AND t.connection_id = ${connectionId}::uuid`;
