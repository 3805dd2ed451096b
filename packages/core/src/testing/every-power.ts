import type { CredentialPowers } from '../authorization/credential-powers.ts';
import { accountPermissions } from '../authorization/permissions.ts';

/** Whoever may do everything changes what anybody signs in with. */
export const everyPower: CredentialPowers = {
  limits: accountPermissions,
  setsPasswords: true,
  actsFor: null,
};
