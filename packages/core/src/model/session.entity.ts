import { defineEntity } from '@mikro-orm/core';

/** How somebody can sign in. */
export type SignInMethodName = 'PASSWORD' | 'OIDC' | 'SAML';

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
    /** As the browser said when it began. */
    userAgent: p.text().nullable(),
    /** From where it was last used. */
    address: p.text().nullable(),
    method: p.text().$type<SignInMethodName>(),
    /** Written at most once a minute. */
    lastUsedAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** A person is signed in, in one browser. The secret is kept as a digest only. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
