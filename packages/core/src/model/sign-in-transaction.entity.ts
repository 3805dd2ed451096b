import { defineEntity } from '@mikro-orm/core';

/** A sign-in that went to an identity provider and is not back yet. It is good once, in the browser that began it. */
export const SignInTransactionSchema = defineEntity({
  name: 'SignInTransaction',
  tableName: 'sign_in_transactions',
  properties: (p) => ({
    accountId: p.uuid(),
    id: p.uuid().primary(),
    signInConnectionId: p.uuid(),
    stateDigest: p.text(),
    browserDigest: p.text(),
    /** What the answer is checked with; sealed. */
    sealed: p.text(),
    expiresAt: p.datetime(),
  }),
});
