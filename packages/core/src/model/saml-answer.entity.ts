import { defineEntity } from '@mikro-orm/core';

/** What a provider posted and was verified, until the browser comes for it that it was posted by. It is good once. */
export const SamlAnswerSchema = defineEntity({
  name: 'SamlAnswer',
  tableName: 'saml_answers',
  properties: (p) => ({
    accountId: p.uuid(),
    id: p.uuid().primary(),
    signInConnectionId: p.uuid(),
    codeDigest: p.text(),
    /** Who it says somebody is; sealed. */
    sealed: p.text(),
    expiresAt: p.datetime(),
  }),
});
