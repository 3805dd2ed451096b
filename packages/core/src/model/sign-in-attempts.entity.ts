import { defineEntity } from '@mikro-orm/core';

/** How often somebody of a name tried to sign in of late. Of all accounts, and of names that nobody has. */
export const SignInAttemptsSchema = defineEntity({
  name: 'SignInAttempts',
  tableName: 'sign_in_attempts',
  properties: (p) => ({
    /** The digest of a name, or of a name and an address from which its bearer signed in before to an account, or to several. */
    bucket: p.text().primary(),
    count: p.integer(),
    /** When the next attempt is heard. */
    nextAt: p.datetime(),
    forgetAt: p.datetime(),
  }),
});
