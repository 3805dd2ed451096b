import { checkDomain } from '../email-domains/domain-name.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { FetchRefused } from '../guarded-fetch/fetch-refused.ts';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import type { SignInConnection, SignInPreset, SignInProtocol } from '../model/sign-in-connection.entity.ts';
import { checkSize, checkText, isBlank, MAX_TEXT_LENGTH } from '../text/text-rules.ts';

/** What is asked for unless a connection says otherwise. */
export const presetScopes: Readonly<Record<SignInPreset, readonly string[]>> = {
  ENTRA: ['openid', 'profile', 'email'],
  GOOGLE: ['openid', 'profile', 'email'],
  JUMPCLOUD: ['openid', 'profile', 'email'],
  OKTA: ['openid', 'profile', 'email'],
  ONELOGIN: ['openid', 'profile', 'email'],
  PING: ['openid', 'profile', 'email'],
  GENERIC: ['openid', 'profile', 'email'],
};

/** A day is long, and 0 asks for the password each time. */
const MAX_MAX_AGE = 30 * 24 * 60 * 60;
const MAX_SCOPES = 50;
const MAX_ACR_VALUES = 20;
const MAX_DOMAINS = 100;
/** A scope of OAuth 2.0 (RFC 6749 §3.3). */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** @throws DomainError INVALID_INPUT */
export function checkIssuer(issuer: string | null | undefined, fetch: GuardedFetch): string {
  return checkAddress(issuer, 'issuer', fetch);
}

/** An address that the server is to fetch from. @throws DomainError INVALID_INPUT */
export function checkAddress(address: string | null | undefined, field: string, fetch: GuardedFetch): string {
  const example = 'Enter it as the provider writes it, such as https://login.example.com.';
  checkSize(address, field, MAX_TEXT_LENGTH);
  if (address == null || isBlank(address)) throw invalidInput(field, `is required. ${example}`);
  const url = URL.parse(address);
  if (url === null || url.search !== '' || url.hash !== '' || address.includes('?') || address.includes('#'))
    throw invalidInput(field, `is no address without a query. ${example}`);
  try {
    fetch.check(address);
  } catch (error) {
    if (error instanceof FetchRefused) throw invalidInput(field, error.message);
    throw error;
  }
  return address;
}

/** @throws DomainError INVALID_INPUT */
export function checkRequired(text: string | null | undefined, field: string): string {
  if (text == null || isBlank(text))
    throw invalidInput(field, 'is required. Copy it from the application at your identity provider.');
  checkText(text, field, MAX_TEXT_LENGTH);
  return text.trim();
}

/** @throws DomainError INVALID_INPUT */
export function checkScopes(scopes: readonly string[]): string[] {
  const all = [...new Set(scopes)];
  if (all.length > MAX_SCOPES) throw invalidInput('scopes', `are more than ${MAX_SCOPES}. Ask for fewer.`);
  const wrong = all.find((scope) => !SCOPE.test(scope));
  if (wrong !== undefined)
    throw invalidInput(
      'scopes',
      `has ${JSON.stringify(wrong.slice(0, 50))}, which is no scope: one has no spaces.`,
    );
  if (!all.includes('openid')) throw invalidInput('scopes', 'needs "openid" among them. Add it.');
  return all;
}

/** @throws DomainError INVALID_INPUT */
export function checkMaxAge(seconds: number | null): number | null {
  if (seconds !== null && (seconds < 0 || seconds > MAX_MAX_AGE))
    throw invalidInput('maxAge', `is from 0 to ${MAX_MAX_AGE} seconds, or null for any time.`);
  return seconds;
}

/** The domains that a connection vouches for, as the DNS has them; null for all of the account's. @throws DomainError INVALID_INPUT */
export function checkDomains(names: readonly string[] | null | undefined): string[] | null {
  if (names == null) return null;
  if (names.length === 0) throw invalidInput('domains', 'is empty. Name at least one, or send null for all.');
  if (names.length > MAX_DOMAINS) throw invalidInput('domains', `are more than ${MAX_DOMAINS}. Name fewer.`);
  return [...new Set(names.map((name) => checkDomain(name, 'domains')))].sort();
}

/** Authentication contexts; OpenID Connect sends them in one text with spaces between. @throws DomainError INVALID_INPUT */
export function checkAcrValues(values: readonly string[] | null | undefined): string[] {
  const all = [...new Set(values ?? [])];
  if (all.length > MAX_ACR_VALUES)
    throw invalidInput(
      'stepUpAcrValues',
      `are more than ${MAX_ACR_VALUES}. Name fewer: one of them is enough.`,
    );
  const wrong = all.find((value) => !SCOPE.test(value));
  if (wrong !== undefined)
    throw invalidInput(
      'stepUpAcrValues',
      `has ${JSON.stringify(wrong.slice(0, 50))}, which is no authentication context: one has 1 to 200 characters and no spaces.`,
    );
  return all;
}

/** What a connection by this protocol has no use for is a mistake. @throws DomainError INVALID_INPUT */
export function checkGoesWith(protocol: SignInProtocol, input: object): void {
  const others = protocol === 'SAML' ? ['clientId', 'clientSecret', 'scopes'] : ['saml'];
  const given = new Map<string, unknown>(Object.entries(input));
  const wrong = others.find((field) => given.get(field) != null);
  if (wrong === undefined) return;
  const other = protocol === 'SAML' ? 'OIDC' : 'SAML';
  throw invalidInput(wrong, `goes with the protocol ${other} alone. Leave it out, or choose that protocol.`);
}

/** What only the properties together can break. @throws DomainError INVALID_INPUT */
export function checkRules({
  linkRule,
  connectionId,
  jitPolicy,
  protocol,
  preset,
  fetchesGroups,
}: SignInConnection): void {
  if (fetchesGroups && (protocol !== 'OIDC' || preset !== 'ENTRA'))
    throw invalidInput(
      'fetchesGroups',
      'goes with the preset ENTRA and OIDC alone: groups are asked of Microsoft Graph.',
    );
  if (linkRule === 'EXTERNAL_ID' && connectionId == null)
    throw invalidInput(
      'connectionId',
      'is required for the rule EXTERNAL_ID: name the connection whose external ids are compared.',
    );
  if (jitPolicy === 'DOMAIN' && linkRule !== 'VERIFIED_EMAIL')
    throw invalidInput(
      'jitPolicy',
      'DOMAIN goes with the linkRule VERIFIED_EMAIL alone: who is created by their address is found by it. Set both.',
    );
}
