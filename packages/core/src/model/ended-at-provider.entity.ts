import { defineEntity } from '@mikro-orm/core';

/** What an identity provider has ended, for as long as a sign-in may be under way that came from it. */
export const EndedAtProviderSchema = defineEntity({
  name: 'EndedAtProvider',
  tableName: 'ended_at_provider',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    /** Of what was ended: a session of the provider, a subject, a person. */
    digest: p.text().primary(),
    endedAt: p.datetime(),
  }),
});
