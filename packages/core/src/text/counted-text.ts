import { type RawBuilder, sql } from 'kysely';

/** How much of a text an order looks at; a cursor carries it, and an address has no room for a book. */
const COUNTED_CHARACTERS = 256;

/**
 * As much of a text as counts in an order: by the alphabet of Unicode, where É comes with E and case decides last; or
 * `exact`, character by character. Either is the same whatever the database's own locale is.
 */
export const counted = (text: RawBuilder<unknown>, { exact }: { exact: boolean }): RawBuilder<unknown> =>
  sql`left(${text}, ${sql.lit(COUNTED_CHARACTERS)}) COLLATE ${exact ? sql`"C"` : sql`"und-x-icu"`}`;
