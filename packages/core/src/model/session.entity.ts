import { defineEntity } from '@mikro-orm/core';

export const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: (p) => ({
    accountId: p.uuid(),
    id: p.uuid().primary(),
    userId: p.uuid(),
    digest: p.text(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    expiresAt: p.datetime(),
  }),
});

/** A person is signed in, in one browser. The secret is kept as a digest only. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
