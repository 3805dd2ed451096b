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
    /** The groups that the provider sent last, and when; null where it never sent any. */
    groups: p.array().nullable(),
    groupsAt: p.datetime().nullable(),
    /** Did the provider hold them back at the last sign-in, since there are too many? */
    groupsWithheld: p.boolean().default(false),
    /** When somebody last signed in by it; null where nobody has since it is kept. */
    lastUsedAt: p.datetime().nullable(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});
