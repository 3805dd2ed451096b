import type { Sql } from '../database/database.ts';
import { createUsers } from '../directory/create-users.ts';
import type { FollowedWork } from '../followers/follower.ts';
import { findMeantPerson, findNamesake, type MeantPerson, provenEmailOf } from './find-linked-person.ts';
import type { UsedConnection } from './find-used-connection.ts';
import type { Identity } from './identity.ts';
import { SignInRefused } from './refusals.ts';
import { signInAuthorship } from './sign-in-authorship.ts';

interface CreateScope {
  readonly db: Sql;
  readonly work: FollowedWork;
  readonly requestId: string;
  /** @throws SignInRefused where nobody would come in anyway */
  readonly admit: () => Promise<void>;
}

/**
 * Creates somebody of a proven domain, where the connection does so; the rule of the connection then finds them.
 *
 * @throws SignInRefused
 */
export async function createPerson(
  { db, work, requestId, admit }: CreateScope,
  connection: UsedConnection,
  identity: Identity,
): Promise<MeantPerson | undefined> {
  const email =
    connection.jit_policy === 'DOMAIN' ? await provenEmailOf(db, connection, identity) : undefined;
  if (email === undefined) return undefined;
  // Creating who has left would bring them back, and who folds to the same may be another mailbox: the rule decides.
  if ((await findNamesake(db, connection.account_id, email)) !== undefined)
    return findMeantPerson(db, connection, identity);
  await admit();
  const { displayName, givenName, familyName } = identity.names;
  const [created] = await createUsers(work, signInAuthorship(connection.account_id, requestId), [
    {
      userName: email,
      displayName,
      name: { givenName, familyName },
      emails: [{ value: email, type: 'work', primary: true }],
    },
  ]);
  if (created !== undefined && 'error' in created && created.error.code !== 'ALREADY_EXISTS')
    throw new SignInRefused({
      reason: 'NOBODY',
      detail: `Nobody can be created for this subject: ${created.error.message}`,
    });
  return findMeantPerson(db, connection, identity);
}
