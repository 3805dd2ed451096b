import { defineEntity } from '@mikro-orm/core';

/** How dates and times are written. */
export const timeFormats = ['ISO', 'DAY_MONTH_24H', 'DAY_MONTH_12H', 'MONTH_DAY_12H'] as const;
export type TimeFormatName = (typeof timeFormats)[number];

/** How somebody wants times to be shown; NULL, as for who has no row, is what the directory says. */
export const TimeSettingsSchema = defineEntity({
  name: 'TimeSettings',
  tableName: 'time_settings',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    userId: p.uuid().primary(),
    timeZone: p.text().nullable(),
    timeFormat: p.text().$type<TimeFormatName>().nullable(),
  }),
});
