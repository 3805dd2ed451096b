import type { Sql } from '../database/database.ts';
import type { User } from '../model/user.entity.ts';
import { type EndedNames, isEndedSince, nameOfPerson, namesOfSignIn } from '../sessions/ended-at-provider.ts';
import type { UsedConnection } from './find-used-connection.ts';
import type { Identity } from './identity.ts';
import { SignInRefused } from './refusals.ts';

/** By what a sign-in is ended before there is a session: what its provider ends, or what ends for the person. */
export const endingsOf = (
  { id: signInConnectionId }: UsedConnection,
  { issuer, subject, sid }: Identity,
  userId?: string,
): EndedNames => [
  ...namesOfSignIn({ signInConnectionId, issuer, subject, sid }),
  ...(userId === undefined ? [] : [nameOfPerson(userId)]),
];

interface UnderWay {
  readonly accountId: string;
  readonly names: EndedNames;
  readonly beganAt: Date;
  readonly person?: User;
}

/**
 * Throws SignInRefused where what a sign-in comes from was ended since it went to the provider. Whoever goes there later has
 * authenticated anew.
 */
export async function assertGoesOn(db: Sql, { accountId, names, beganAt, person }: UnderWay): Promise<void> {
  if (!(await isEndedSince(db, accountId, { names, beganAt }))) return;
  throw new SignInRefused({
    reason: 'ENDED',
    detail:
      'The provider, or a security event of it, has ended the session or subject since the sign-in went there.',
    person,
  });
}
