import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../database/record.ts';
import type { TeamOriginName } from '../model/team.entity.ts';

/** A team as read. */
export interface TeamRecord {
  readonly id: string;
  readonly origin: TeamOriginName;
  readonly connection_id: string | null;
  readonly external_id: string | null;
  readonly display_name: string;
  readonly parent_id: string | null;
  readonly lead_id: string | null;
  readonly version: number;
  readonly created_at: Instant;
  readonly updated_at: Instant;
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
];

/** The columns of `alias` that make a record. */
export const teamColumns = (alias: string): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(`${alias}.${column}`)));

/** May clients change the team `alias`? The others follow from people. */
export const isMadeByHand = (alias: string): RawBuilder<unknown> =>
  sql`${sql.ref(`${alias}.origin`)} <> 'ORG_STRUCTURE'`;

/** Within `teams t`: what a viewer sees. An identity provider sees only what its connection pushed. */
export const visibleTeams = (accountId: string, connectionId: string | null): RawBuilder<unknown> =>
  connectionId === null
    ? sql`t.account_id = ${accountId}::uuid`
    : sql`t.account_id = ${accountId}::uuid AND t.connection_id = ${connectionId}::uuid`;
