import { defineEntity } from '@mikro-orm/core';

/** What an identity provider said of the sign-in that a session began with. */
export const ProviderSessionSchema = defineEntity({
  name: 'ProviderSession',
  tableName: 'provider_sessions',
  properties: (p) => ({
    accountId: p.uuid(),
    sessionId: p.uuid().primary(),
    signInConnectionId: p.uuid().nullable(),
    issuer: p.text(),
    subject: p.text(),
    /** The provider's own session (`sid`), by which it can end this one. */
    providerSid: p.text().nullable(),
    /** By what the provider knows it when it is to end it, where whoever signs out is sent there; sealed. */
    signOutHint: p.text().nullable(),
    acr: p.text().nullable(),
    amr: p.array(),
    authTime: p.datetime().nullable(),
    /** The values of the groups claim; null where the connection keeps none, or the provider sent none. */
    groups: p.array().nullable(),
    /** Did the provider hold the groups back, since there are too many? Then nobody knows them, which is not none. */
    groupsWithheld: p.boolean().default(false),
  }),
});
