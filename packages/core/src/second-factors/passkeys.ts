import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { isoBase64URL, isoUint8Array } from '@simplewebauthn/server/helpers';
import type { Sql } from '../database/database.ts';
import type { User } from '../model/user.entity.ts';
import type { RelyingParty } from './relying-party.ts';
import { secondFactorLimits } from './second-factor-limits.ts';

/** EdDSA, ES256 and RS256 (COSE), which all authenticators of today have one of. */
const supportedAlgorithmIDs = [-8, -7, -257];
const timeout = secondFactorLimits.challengeSeconds * 1000;

/** A credential as a passkey is known by to browsers. */
interface KnownCredential {
  readonly credential_id: string;
  readonly transports: string[];
}

const credentialsOf = (db: Sql, accountId: string, userId: string): Promise<KnownCredential[]> =>
  db
    .selectFrom('passkeys')
    .select(['credential_id', 'transports'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute();

const described = ({ credential_id: id, transports }: KnownCredential) => ({ id, transports });

/** By what an authenticator tells people apart: the id, which says nothing of them. */
const userHandleOf = (userId: string) => isoUint8Array.fromHex(userId.replaceAll('-', ''));

/** What a browser needs to make a passkey for somebody, who has to have none of this authenticator yet. */
export async function registrationOptions(
  db: Sql,
  { id: rpID, name: rpName }: RelyingParty,
  { accountId, id, userName, displayName }: User,
) {
  return generateRegistrationOptions({
    rpID,
    rpName,
    userID: userHandleOf(id),
    userName,
    userDisplayName: displayName ?? userName,
    timeout,
    supportedAlgorithmIDs,
    excludeCredentials: (await credentialsOf(db, accountId, id)).map(described),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
}

/** What a browser needs to have a passkey of somebody sign, or of anybody where nobody is named. */
export async function authenticationOptions(
  db: Sql,
  { id: rpID }: RelyingParty,
  person: { readonly accountId: string; readonly userId: string } | undefined,
) {
  if (person === undefined)
    return generateAuthenticationOptions({ rpID, timeout, userVerification: 'required' });
  const known = await credentialsOf(db, person.accountId, person.userId);
  return generateAuthenticationOptions({
    rpID,
    timeout,
    userVerification: 'preferred',
    allowCredentials: known.map(described),
  });
}

/** A passkey that was made, as it is kept. */
export interface NewPasskey {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: string[];
}

/** The passkey of an answer to this challenge; undefined when it is none. */
export async function newPasskeyOf(
  { id: expectedRPID, origin: expectedOrigin }: RelyingParty,
  answer: unknown,
  expectedChallenge: string,
): Promise<NewPasskey | undefined> {
  const verified = await orNone(
    verifyRegistrationResponse({
      // The library looks at each field before it reads it.
      response: answer as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin,
      expectedRPID,
      supportedAlgorithmIDs,
      requireUserVerification: false,
    }),
  );
  if (verified?.verified !== true) return undefined;
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  return {
    credentialId: id,
    publicKey: isoBase64URL.fromBuffer(publicKey),
    counter,
    transports: transports
      .filter((each) => typeof each === 'string' && /^[\w-]{1,32}$/.test(each))
      .slice(0, 8),
  };
}

/** A passkey to check an answer with. */
export interface KeptPasskey extends KnownCredential {
  readonly public_key: string;
  readonly user_id: string;
}

/** The counter of an answer that this passkey signed; undefined when it did not. */
export async function counterOfAnswer(
  { id: expectedRPID, origin: expectedOrigin }: RelyingParty,
  { credential_id: id, public_key: publicKey, user_id: userId }: KeptPasskey,
  answer: unknown,
  {
    challenge: expectedChallenge,
    verifiesUser: requireUserVerification,
  }: { readonly challenge: string; readonly verifiesUser: boolean },
): Promise<number | undefined> {
  const response = answer as AuthenticationResponseJSON;
  const verified = await orNone(
    verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification,
      // The counter is compared by whoever holds the passkey, and where the signature is right.
      credential: { id, publicKey: isoBase64URL.toBuffer(publicKey), counter: 0 },
    }),
  );
  if (verified?.verified !== true) return undefined;
  const { userHandle } = response.response;
  if (userHandle !== undefined && userHandle !== isoBase64URL.fromBuffer(userHandleOf(userId)))
    return undefined;
  return verified.authenticationInfo.newCounter;
}

/** The library throws whatever is wrong with an answer, and asks nobody. */
const orNone = <Verified>(verified: Promise<Verified>): Promise<Verified | undefined> =>
  verified.catch(() => undefined);
