import { type CredentialPowers, exceedsPowers, setsNoPasswords } from '../authorization/credential-powers.ts';
import type { Sql } from '../database/database.ts';
import type { DomainError } from '../errors/domain-error.ts';
import type { NewUser } from '../users/user-properties.ts';
import { firstPermissionBeyond } from './sign-in-change.ts';

/**
 * Why none of these new people may get a password from whoever has such powers; undefined when they may. New people have
 * the account's default roles, revived ones too, so an identity provider's powers always suffice.
 */
export async function refusalOfPasswords(
  db: Sql,
  accountId: string,
  powers: CredentialPowers,
  users: readonly NewUser[],
): Promise<DomainError | undefined> {
  if (users.every(({ password }) => password == null)) return undefined;
  if (!powers.setsPasswords) return setsNoPasswords();
  if (powers.limits === null) return undefined;
  const beyond = await firstPermissionBeyond(db, { accountId, userId: null, limits: powers.limits });
  return beyond === null ? undefined : exceedsPowers(powers, 'password', beyond);
}
