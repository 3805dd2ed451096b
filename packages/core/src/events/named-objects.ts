import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { EventParty, PropertyChange } from '../model/event.ts';
import { isUuid } from '../text/uuid.ts';

/** The properties whose values are ids of something, or have one. */
const naming: ReadonlySet<string> = new Set(['manager', 'leadId', 'parentId', 'connectionId']);

function idIn(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  return typeof id === 'string' && isUuid(id) ? id : undefined;
}

/** The ids by which a change names people, teams and connections. */
export const idsNamedIn = ({ field, before, after }: PropertyChange): string[] =>
  naming.has(field) ? [idIn(before), idIn(after)].filter((id) => id !== undefined) : [];

/** The people, teams and connections of these ids, as they are called now; undefined for what is gone. One statement. */
export async function findNamedObjects(
  db: Sql,
  accountId: string,
  ids: readonly string[],
): Promise<(EventParty | undefined)[]> {
  const of = (alias: string) =>
    sql`WHERE ${sql.ref(`${alias}.account_id`)} = ${accountId}::uuid AND ${sql.ref(`${alias}.id`)} = ANY(${[...ids]}::uuid[])`;
  const statement: RawBuilder<EventParty> = sql`
    SELECT 'USER' AS type, u.id, coalesce(u.display_name, u.user_name) AS label FROM users u ${of('u')}
    UNION ALL SELECT 'TEAM', t.id, t.display_name FROM teams t ${of('t')}
    UNION ALL SELECT 'CONNECTION', c.id, c.name FROM connections c ${of('c')}`;
  const found = new Map((await statement.execute(db)).rows.map((named) => [named.id, named]));
  return ids.map((id) => found.get(id));
}
