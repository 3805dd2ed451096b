import { defineEntity } from '@mikro-orm/core';
import type { ActorKindName, EventTypeName, PropertyChange, SubjectTypeName } from './event.ts';

/** One thing that happened. Rows are only ever added, in the transaction of what they tell of. */
export const EventSchema = defineEntity({
  name: 'Event',
  tableName: 'events',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    /** The history in whose cluster `xid` is a transaction; its default is the one that is written now. */
    epoch: p.integer().primary().default(0),
    xid: p.string().columnType('xid8').primary(),
    seq: p.bigint().$type<number>().primary(),
    type: p.text().$type<EventTypeName>(),
    occurredAt: p.datetime().$type<Date>().defaultRaw('now()'),
    subjectType: p.text().$type<SubjectTypeName>(),
    subjectId: p.uuid(),
    subjectLabel: p.text(),
    relatedType: p.text().$type<SubjectTypeName>().nullable(),
    relatedId: p.uuid().nullable(),
    relatedLabel: p.text().nullable(),
    changes: p.json().$type<PropertyChange[]>(),
    actorKind: p.text().$type<ActorKindName>(),
    actorId: p.uuid().nullable(),
    actorName: p.text(),
    connectionId: p.uuid().nullable(),
    requestId: p.text(),
  }),
});
