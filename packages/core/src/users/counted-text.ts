import { sql } from 'kysely';
import type { Condition } from '../filters/scalar-filters.ts';

/** How much of a text an order looks at; a cursor carries it, and an address has no room for a book. */
const COUNTED_CHARACTERS = 256;

/** As much of a text as counts in an order; `exact` regards case. */
export const counted = (text: Condition, { exact }: { exact: boolean }): Condition =>
  sql`left(${exact ? text : sql`lower(${text})`}, ${sql.lit(COUNTED_CHARACTERS)})`;
