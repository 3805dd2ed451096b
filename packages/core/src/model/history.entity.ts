import { defineEntity } from '@mikro-orm/core';

/** A stretch of the event log whose transaction numbers are of one cluster, and so can be compared. */
export const HistorySchema = defineEntity({
  name: 'History',
  tableName: 'histories',
  properties: (p) => ({
    epoch: p.integer().primary(),
    /** What cursors name it by. */
    id: p.text(),
    /** Where the database was while it was written. */
    place: p.text(),
    beganAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});
