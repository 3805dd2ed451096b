import type { Sql } from '../database/database.ts';
import { checkPassword } from '../passwords/password-rules.ts';
import { findUser } from '../users/find-users.ts';
import { knownOf } from '../users/user-rules.ts';

/** Refuses a password that is what somebody is known by, or that breaks a rule for all; false when there is nobody. */
export async function checkPasswordOf(
  db: Sql,
  { accountId, userId }: { readonly accountId: string; readonly userId: string },
  { password, field }: { readonly password: string; readonly field: string },
): Promise<boolean> {
  const person = await findUser(db, accountId, userId, { connectionId: null, withTeams: false });
  if (person === undefined) return false;
  const name = {
    formatted: person.name_formatted,
    givenName: person.name_given_name,
    familyName: person.name_family_name,
  };
  const { user_name: userName, display_name: displayName, emails } = person;
  checkPassword(password, field, knownOf({ userName, displayName, name, emails }));
  return true;
}
