import { type RawBuilder, sql } from 'kysely';

/** A row whose columns came as one. */
export interface Recorded<Row> {
  readonly record: Row;
}

/**
 * The columns of `selection` as one, named `record`, in JSON: PostgreSQL describes every column of every answer and
 * Node decodes each by itself, which for a wide row costs both of them more than to write and read the JSON. `from` tells which
 * row it is, where that is none of the statement's own.
 */
export const asRecord = (selection: RawBuilder<unknown>, from = sql``): RawBuilder<unknown> =>
  sql`(SELECT row_to_json(r) FROM (SELECT ${selection} ${from}) AS r) AS record`;
