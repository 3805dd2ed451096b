import type { IDToken } from 'openid-client';
import { domainOfEmail } from '../email-domains/domain-name.ts';
import type { UsedConnection } from '../single-sign-on/find-used-connection.ts';
import type { Identity } from '../single-sign-on/identity.ts';
import { SignInRefused } from '../single-sign-on/refusals.ts';
import { isBlank } from '../text/text-rules.ts';
import { hasTooManyGroups, tooManyGroups } from './entra-groups.ts';

const MAX_TEXT = 1024;
const MAX_GROUPS = 2000;
/** OpenID Connect Core 1.0 §2. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;
const GOOGLE = 'https://accounts.google.com';
/** 9999-12-31; PostgreSQL and JavaScript know later ones, nobody means them. */
const MAX_SECONDS = 253_402_300_799;

/** Reads the claims of a token that was checked. @throws SignInRefused */
export function identityOf(claims: IDToken, { preset, groups_claim }: UsedConnection): Identity {
  const subject = text(claims.sub);
  if (subject === null || !SUBJECT.test(subject)) throw unreadable('sub');
  const email = text(claims.email);
  return {
    protocol: 'OIDC',
    issuer: claims.iss,
    subject,
    // Entra's `sub` differs from application to application; its directory's id is `oid`.
    externalId: (preset === 'ENTRA' ? text(claims.oid) : null) ?? subject,
    verifiedEmail: email !== null && isVerified(email, claims) ? email : undefined,
    names: {
      displayName: name(claims.name),
      givenName: name(claims.given_name),
      familyName: name(claims.family_name),
    },
    sid: text(claims.sid),
    signOutHint: null,
    acr: text(claims.acr),
    amr: texts(claims.amr).slice(0, 50),
    authTime: moment(claims.auth_time, 'auth_time'),
    sessionExpiry: moment(claims.session_expiry, 'session_expiry'),
    groups:
      groups_claim === null || claims[groups_claim] === undefined ? null : groupsIn(claims[groups_claim]),
    groupsProblem:
      groups_claim !== null && preset === 'ENTRA' && hasTooManyGroups(claims) ? tooManyGroups : null,
    claims,
  };
}

/** Google verifies addresses of any domain once and for all; in whose Workspace the account is now, `hd` says. */
function isVerified(email: string, { iss, email_verified, hd }: IDToken): boolean {
  if (email_verified !== true) return false;
  if (iss !== GOOGLE) return true;
  const workspace = text(hd);
  return workspace !== null && domainOfEmail(email) === domainOfEmail(`anybody@${workspace}`);
}

/** A name that nobody can see is none. */
function name(value: unknown): string | null {
  const found = text(value);
  return found === null || isBlank(found) ? null : found;
}

const text = (value: unknown): string | null =>
  typeof value === 'string' &&
  value !== '' &&
  value.length <= MAX_TEXT &&
  !value.includes('\0') &&
  value.isWellFormed()
    ? value
    : null;

const texts = (value: unknown): string[] => [value].flat().flatMap((each) => text(each) ?? []);

/** Some providers send a single group as a text. */
const groupsIn = (value: unknown): string[] => texts(value).slice(0, MAX_GROUPS);

function moment(value: unknown, claim: string): Date | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || value < 0 || value > MAX_SECONDS) throw unreadable(claim);
  return new Date(Math.floor(value) * 1000);
}

const unreadable = (claim: string): SignInRefused =>
  new SignInRefused({
    reason: 'PROVIDER_ANSWER',
    detail: `The claim ${claim} is not as the standard has it.`,
  });
