import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { TimeFormatName } from '../model/time-settings.entity.ts';
import { formatOfLocale } from './format-of-locale.ts';
import { isTimeZone } from './time-zone.ts';

/** How times are shown to somebody: what they chose, and what counts. */
export interface TimeSettings {
  readonly timeZone: string | null;
  readonly timeFormat: TimeFormatName | null;
  readonly chosenTimeZone: string | null;
  readonly chosenTimeFormat: TimeFormatName | null;
}

interface SettingsRow {
  readonly time_zone: string | null;
  readonly time_format: TimeFormatName | null;
  readonly timezone: string | null;
  readonly locale: string | null;
}

/** How times are shown to a person: as they chose, or else as the directory says by its `timezone` and `locale`. */
export async function findTimeSettings(db: Sql, accountId: string, userId: string): Promise<TimeSettings> {
  const statement: RawBuilder<SettingsRow> = sql`
    SELECT s.time_zone, s.time_format, u.timezone, u.locale
    FROM users u LEFT JOIN time_settings s ON s.account_id = u.account_id AND s.user_id = u.id
    WHERE u.account_id = ${accountId}::uuid AND u.id = ${userId}::uuid`;
  const [row] = (await statement.execute(db)).rows;
  const { time_zone: chosenTimeZone = null, time_format: chosenTimeFormat = null } = row ?? {};
  const zone = row?.timezone?.trim() ?? '';
  return {
    timeZone: chosenTimeZone ?? (isTimeZone(zone) ? zone : null),
    timeFormat: chosenTimeFormat ?? formatOfLocale(row?.locale ?? '') ?? null,
    chosenTimeZone,
    chosenTimeFormat,
  };
}
