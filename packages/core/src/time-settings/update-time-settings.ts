import { type RawBuilder, sql } from 'kysely';
import type { UserViewer } from '../authorization/viewer.ts';
import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { hold } from '../holds/hold.ts';
import type { TimeFormatName } from '../model/time-settings.entity.ts';
import { checkSize, MAX_TEXT_LENGTH } from '../text/text-rules.ts';
import { isTimeZone } from './time-zone.ts';

/** What is to be another: what is left out stays, null follows the directory again. */
export interface TimeSettingsChange {
  readonly timeZone?: string | null;
  readonly timeFormat?: TimeFormatName | null;
}

/** Changes how times are shown to whoever is signed in; no log tells it. @throws DomainError INVALID_INPUT */
export function updateTimeSettings(
  work: Work,
  viewer: UserViewer,
  { timeZone, timeFormat }: TimeSettingsChange,
): Promise<void> {
  if (timeZone != null) checkTimeZone(timeZone);
  const { accountId, userId } = viewer;
  return work.transaction(async (scope) => {
    await hold(scope, accountId, { viewer, people: [userId] });
    const statement: RawBuilder<unknown> = sql`
      INSERT INTO time_settings AS s (account_id, user_id, time_zone, time_format)
      VALUES (${accountId}::uuid, ${userId}::uuid, ${timeZone ?? null}::text, ${timeFormat ?? null}::text)
      ON CONFLICT (account_id, user_id) DO UPDATE SET
        time_zone = CASE WHEN ${timeZone === undefined}::boolean THEN s.time_zone ELSE excluded.time_zone END,
        time_format = CASE WHEN ${timeFormat === undefined}::boolean THEN s.time_format ELSE excluded.time_format END`;
    await statement.execute(scope.sql);
  });
}

function checkTimeZone(timeZone: string): void {
  checkSize(timeZone, 'timeZone', MAX_TEXT_LENGTH);
  if (isTimeZone(timeZone)) return;
  throw invalidInput(
    'timeZone',
    'is no zone of the IANA database. Send a name such as "Europe/Berlin", or null for what the directory says.',
  );
}
