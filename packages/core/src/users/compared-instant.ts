import { sql } from 'kysely';
import type { Condition } from '../filters/scalar-filters.ts';

/** The instant that a text names, as finely as filters and orders tell instants apart: to the millisecond. */
export const comparedInstant = (text: Condition): Condition =>
  sql`date_trunc('milliseconds', ${text}::timestamptz)`;
