import { defineEntity } from '@mikro-orm/core';

/** A mail that is still to be sent: written in the transaction of what it tells of, and gone once it is sent. */
export const QueuedMailSchema = defineEntity({
  name: 'QueuedMail',
  tableName: 'queued_mails',
  properties: (p) => ({
    accountId: p.uuid(),
    id: p.uuid().primary(),
    /** Whom it is about; also the log of a mail that can't be delivered names them. */
    userId: p.uuid(),
    /** All that it says, and to whom: a sealed secret. */
    sealed: p.text(),
    /** The id of the key that opens it: a server without that key leaves it to others. */
    keyId: p.text(),
    /** How often it was tried. */
    attempts: p.integer().default(0),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    /** When it is tried next; while it is being sent, when another process would take it for left behind. */
    nextAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});
