import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  type ProtectedHeaderParameters,
} from 'jose';
import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';

/** Why a token that somebody signed is not taken. */
export type TokenFault =
  /** It is no token of this kind, or not of a kind that is taken. */
  | 'FORM'
  | 'ISSUER'
  | 'AUDIENCE'
  /** Too old, not yet good, or without what says when it is. */
  | 'TIME'
  | 'SIGNATURE'
  /** The keys of whoever signs can not be had just now. */
  | 'KEYS'
  | 'REPLAYED'
  /** Whoever brings it is not who may. */
  | 'AUTHENTICATION';

/** A token was not taken; the message says why, to whoever set it up. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly fault: TokenFault;
  constructor(fault: TokenFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** What a token has to be. Times are in seconds. */
export interface TokenRules {
  readonly algorithms: readonly string[];
  /** What `typ` may say, in small letters and without `application/`. */
  readonly types: readonly string[];
  /** May `typ` be left out? */
  readonly mayHaveNoType: boolean;
  readonly issuer: string;
  /** One of these is what `aud` says, or is in it. */
  readonly audiences: readonly string[];
  /** How long ago it may have been issued. */
  readonly maxAge: number;
  /** How far ahead `exp` may be; null where it may be left out, and counts where it is there. */
  readonly maxLifetime: number | null;
  /** May `iat` be left out? */
  readonly mayHaveNoIssueTime?: boolean;
}

/** A token that may be used once, as far as all of them are alike. */
export interface SignedToken {
  readonly claims: JWTPayload;
  readonly id: string;
  /** From when on it is refused for its age. */
  readonly refusedFrom: Date;
}

/** Signed with a key that only whoever signs has: never `none`, nor with a secret that both know. */
export const asymmetricAlgorithms: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const CLOCK_SKEW_SECONDS = 60;
const MAX_TOKEN_LENGTH = 16 * 1024;
const MAX_ID_LENGTH = 512;

/**
 * Reads a token and checks all that can be checked without a key, so that what strangers send costs neither a signature nor a
 * look at anybody's keys. What is read is believed only after `verifySignature`.
 *
 * @throws TokenRefused
 */
export function readToken(text: string, rules: TokenRules): SignedToken {
  const { header, claims } = decode(text);
  checkHeader(header, rules);
  const { iss, aud, jti } = claims;
  if (iss !== rules.issuer)
    throw new TokenRefused('ISSUER', `iss is ${shown(iss)}, and not ${shown(rules.issuer)}.`);
  if (![aud ?? []].flat().some((each) => rules.audiences.includes(each)))
    throw new TokenRefused(
      'AUDIENCE',
      `aud is ${shown(aud)}, and not ${rules.audiences.map(shown).join(' or ')}.`,
    );
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_ID_LENGTH)
    throw new TokenRefused('FORM', `jti is not a text of 1 to ${MAX_ID_LENGTH} characters.`);
  return { claims, id: jti, refusedFrom: checkTimes(claims, rules) };
}

/** @throws TokenRefused */
export async function verifySignature(
  text: string,
  keys: JWTVerifyGetKey,
  algorithms: readonly string[],
): Promise<void> {
  try {
    await jwtVerify(text, keys, { algorithms: [...algorithms], clockTolerance: CLOCK_SKEW_SECONDS });
  } catch (error) {
    if (error instanceof FetchRefused) throw new TokenRefused('KEYS', error.message, { cause: error });
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new TokenRefused('SIGNATURE', `It is not signed with a published key: ${error.message}.`, {
      cause: error,
    });
  }
}

function decode(text: string): { header: ProtectedHeaderParameters; claims: JWTPayload } {
  if (text.length > MAX_TOKEN_LENGTH)
    throw new TokenRefused('FORM', `It is longer than ${MAX_TOKEN_LENGTH} characters.`);
  try {
    return { header: decodeProtectedHeader(text), claims: decodeJwt(text) };
  } catch {
    throw new TokenRefused('FORM', 'It is no signed JWT.');
  }
}

function checkHeader(
  { alg, typ }: ProtectedHeaderParameters,
  { algorithms, types, mayHaveNoType }: TokenRules,
): void {
  if (typeof alg !== 'string' || !algorithms.includes(alg))
    throw new TokenRefused('FORM', `alg is ${shown(alg)}, and not one of ${algorithms.join(', ')}.`);
  if (typ === undefined && mayHaveNoType) return;
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;
  if (type === undefined || !types.includes(type))
    throw new TokenRefused('FORM', `typ is ${shown(typ)}, and not ${types.join(' or ')}.`);
}

/** From when on it is too old. */
function checkTimes(claims: JWTPayload, { maxAge, maxLifetime, mayHaveNoIssueTime }: TokenRules): Date {
  const now = Date.now() / 1000;
  const { exp, nbf, iat } = claims;
  if (!isMoment(iat) && !(iat === undefined && mayHaveNoIssueTime))
    throw new TokenRefused('TIME', 'iat is not a number of seconds.');
  if (iat !== undefined && iat > now + CLOCK_SKEW_SECONDS)
    throw new TokenRefused('TIME', 'iat is ahead of our clock.');
  // One that does not say when it was issued is taken, and so remembered, until it expires.
  const oldest = iat === undefined ? Number.POSITIVE_INFINITY : iat + maxAge + CLOCK_SKEW_SECONDS;
  if (oldest < now) throw new TokenRefused('TIME', `It was issued more than ${maxAge} seconds ago.`);
  if (nbf !== undefined && (!isMoment(nbf) || nbf > now + CLOCK_SKEW_SECONDS))
    throw new TokenRefused('TIME', 'nbf is ahead of our clock.');
  if (exp === undefined && maxLifetime === null && iat !== undefined) return new Date(oldest * 1000);
  if (!isMoment(exp)) throw new TokenRefused('TIME', 'exp is not a number of seconds.');
  if (exp <= now - CLOCK_SKEW_SECONDS) throw new TokenRefused('TIME', 'It has expired (exp).');
  if (maxLifetime !== null && exp > now + maxLifetime + CLOCK_SKEW_SECONDS)
    throw new TokenRefused('TIME', `exp is more than ${maxLifetime} seconds ahead.`);
  return new Date(Math.min(oldest, exp + CLOCK_SKEW_SECONDS) * 1000);
}

/** Up to the year 9999. */
const isMoment = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 253_402_300_799;

const MAX_SHOWN = 200;
const shown = (value: unknown): string =>
  value === undefined ? 'left out' : JSON.stringify(value).slice(0, MAX_SHOWN);
