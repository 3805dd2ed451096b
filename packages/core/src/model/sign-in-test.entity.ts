import { defineEntity } from '@mikro-orm/core';

/** What a test of a sign-in connection came to, for whoever began it, for some minutes. */
export const SignInTestSchema = defineEntity({
  name: 'SignInTest',
  tableName: 'sign_in_tests',
  properties: (p) => ({
    accountId: p.uuid(),
    id: p.uuid().primary(),
    signInConnectionId: p.uuid(),
    userId: p.uuid(),
    /** What arrived and what it would come to; sealed. */
    sealed: p.text(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    expiresAt: p.datetime(),
  }),
});
