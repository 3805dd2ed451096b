import { defineEntity } from '@mikro-orm/core';

/** Whom an identity provider means by a subject: a person, from their first sign-in on. */
export const IdentityLinkSchema = defineEntity({
  name: 'IdentityLink',
  tableName: 'identity_links',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    signInConnectionId: p.uuid().primary(),
    issuer: p.text().primary(),
    subject: p.text().primary(),
    id: p.uuid().defaultRaw('gen_random_uuid()'),
    userId: p.uuid(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});
