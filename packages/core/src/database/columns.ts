import { type RawBuilder, type SelectType, sql } from 'kysely';
import type { Tables } from '../model/entities.ts';

/** A moment of a row: text where the row came as a record. */
export type Instant = Date | string;

/** What a row of the table says in these columns. */
export type Read<Table extends keyof Tables, Column extends keyof Tables[Table]> = {
  readonly [Name in Column]: Moments<SelectType<Tables[Table][Name]>>;
};

type Moments<Value> = Value extends Date ? Instant : Value;

/** The columns of the row `alias`, as a SELECT lists them; in one piece, for a reference of its own takes long to make. */
export const columnsOf = (alias: string, columns: readonly string[]): RawBuilder<unknown> =>
  sql.raw(columns.map((column) => `"${alias}"."${column}"`).join(', '));

/** Any of these ids: for comparing with `=`. The text of the statement stays one, however many they are. */
export const anyOfIds = (ids: readonly string[]): RawBuilder<string> => sql`ANY(${[...ids]}::uuid[])`;

/** How many rows there are, as a number. */
export const countOf = sql<number>`count(*)::int`.as('count');

/** For each id its row, undefined where there is none. */
export function inOrderOf<Row>(
  ids: readonly string[],
  rows: readonly Row[],
  idOf: (row: Row) => string | null,
): (Row | undefined)[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.map((id) => byId.get(id));
}

/** For each id its rows, in the order in which they came. */
export function groupedBy<Row>(
  ids: readonly string[],
  rows: readonly Row[],
  idOf: (row: Row) => string | null,
): Row[][] {
  const byId = Map.groupBy(rows, idOf);
  return ids.map((id) => byId.get(id) ?? []);
}
