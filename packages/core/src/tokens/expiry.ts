import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../database/columns.ts';
import type { Condition } from '../filters/scalar-filters.ts';

/** How many days before its end it is told that a token expires soon. */
export const EXPIRES_SOON_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Is the end of a token that is good near? */
export const expiresSoon = (expiresAt: Instant | null): boolean =>
  expiresAt !== null && new Date(expiresAt).getTime() <= Date.now() + EXPIRES_SOON_DAYS * DAY_MS;

/** Whether the token `t` is good, and its time over within so many days; those of OAuth clients, renewed by the hour, aside. */
export const expiresWithin = (days: number): Condition => sql`t.client_id IS NULL AND t.revoked_at IS NULL
  AND t.expires_at > now() AND t.expires_at <= now() + make_interval(days => ${sql.lit(days)})`;

/** How near an end is that comes within 30 days: the last of the days that it is warned of before. */
export const nearnessOf = (expiresAt: RawBuilder<unknown>): RawBuilder<number> => sql`
  CASE WHEN ${expiresAt} <= now() + interval '1 day' THEN 1
  WHEN ${expiresAt} <= now() + interval '7 days' THEN 7 ELSE ${sql.lit(EXPIRES_SOON_DAYS)} END`;
