import { credentialPowersOf, exceedsPowers, type SignInField } from '../authorization/credential-powers.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { TransactionScope } from '../database/work.ts';
import type { Held } from '../holds/held.ts';
import type { User } from '../model/user.entity.ts';
import { firstPermissionBeyond } from './sign-in-change.ts';

/** Throws FORBIDDEN where somebody who is held may do more than whoever acts on them. Answers the limits that were kept to. */
export async function assertWithinPowers(
  { sql: db }: TransactionScope,
  {
    held,
    viewer,
    field,
  }: { readonly held: Held; readonly viewer: SignedInViewer; readonly field: SignInField },
  { accountId, id: userId }: User,
): Promise<readonly string[] | null> {
  const powers = credentialPowersOf({ ...viewer, permissions: held.own });
  const beyond = await firstPermissionBeyond(db, { accountId, userId, limits: powers.limits });
  if (beyond !== null) throw exceedsPowers(powers, field, beyond);
  return powers.limits;
}
