import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import { checkAskedTexts } from '../filters/asked-texts.ts';
import { always } from '../filters/scalar-filters.ts';
import type { ListOrder } from '../pages/list-order.ts';
import { type Page, type PageRequest, readPage } from '../pages/page.ts';
import { type TeamFilter, teamCondition } from './team-filter.ts';
import { type TeamOrder, teamOrderFields } from './team-order.ts';
import { type TeamRecord, teamColumns, visibleTeams } from './team-record.ts';

export interface TeamListRequest extends PageRequest {
  filter?: TeamFilter | null;
  orderBy?: TeamOrder | null;
}

/** A page of the teams that the viewer's connection sees. */
export function listTeams(
  db: Sql,
  accountId: string,
  connectionId: string | null,
  { filter, orderBy, ...page }: TeamListRequest,
): Promise<Page<TeamRecord>> {
  checkAskedTexts(filter, 'filter');
  return readPage<TeamRecord>(
    db,
    {
      from: sql`teams t`,
      scope: visibleTeams(accountId, connectionId),
      where: filter == null ? always : teamCondition(filter, accountId),
      id: sql`t.id`,
      selection: teamColumns('t'),
    },
    listOrder(orderBy ?? { field: 'ID', direction: 'ASC' }),
    page,
  );
}

function listOrder({ field, direction }: TeamOrder): ListOrder {
  const order = teamOrderFields[field];
  if (order === undefined) throw new Error(`the schema lets through the unknown order ${field}`);
  return { name: field, descending: direction === 'DESC', ...order };
}
