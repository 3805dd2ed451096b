import { defineEntity } from '@mikro-orm/core';
import type { SecondFactorName } from './second-factor.entities.ts';

/** How somebody can sign in. */
export type SignInMethodName = 'PASSWORD' | 'PASSKEY' | 'OIDC' | 'SAML';

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
    /** What was shown beside the password. */
    secondFactor: p.text().$type<SecondFactorName>().nullable(),
    /** When the person last proved who they are; not known of some who signed in at a provider. */
    provenAt: p.datetime().nullable(),
    /** Written at most once a minute. */
    lastUsedAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** A person is signed in, in one browser. The secret is kept as a digest only. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
