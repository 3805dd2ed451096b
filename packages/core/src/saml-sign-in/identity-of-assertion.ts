import type { VerifiedAssertion } from '../saml/assertion.ts';
import { CLOCK_SKEW_MS } from '../saml/assertion.ts';
import { TRANSIENT } from '../saml/namespaces.ts';
import type { Identity } from '../single-sign-on/identity.ts';
import { SignInRefused } from '../single-sign-on/refusals.ts';
import { isEmailAddress } from '../text/email-address.ts';
import { isBlank } from '../text/text-rules.ts';
import type { SamlConnection } from './service-provider.ts';

const MAX_TEXT = 1024;
const MAX_GROUPS = 2000;

/** Reads who somebody is from an assertion that was verified. @throws SignInRefused */
export function identityOfAssertion(assertion: VerifiedAssertion, connection: SamlConnection): Identity {
  const { nameId, nameIdFormat, authenticatedAt, sessionEndsAt } = assertion;
  const { attributes: names } = connection.saml;
  const subject = text(nameId);
  if (subject === null)
    throw unreadable('The NameID is longer than 1024 characters, or has some that no text has.');
  if (nameIdFormat === TRANSIENT)
    throw unreadable(
      'The NameID is transient: it is another one each time. Have the provider send a persistent one.',
    );
  checkAge(authenticatedAt, connection.max_age);
  const email = names.email === null ? subject : theOne(assertion, names.email);
  return {
    protocol: 'SAML',
    issuer: assertion.issuer,
    subject,
    externalId: names.externalId === null ? subject : theOne(assertion, names.externalId),
    // SAML has no word for it: the account has proven the domain, and chosen this provider to speak for its people.
    verifiedEmail: email !== null && isEmailAddress(email) ? email : undefined,
    names: {
      displayName: nameIn(assertion, names.displayName),
      givenName: nameIn(assertion, names.givenName),
      familyName: nameIn(assertion, names.familyName),
    },
    sid: assertion.sessionIndex === null ? null : text(assertion.sessionIndex),
    signOutHint: JSON.stringify({ nameId, nameIdFormat, sessionIndex: assertion.sessionIndex }),
    acr: assertion.authnContext,
    amr: [],
    authTime: new Date(authenticatedAt),
    sessionExpiry: sessionEndsAt === null ? null : new Date(sessionEndsAt),
    groups: groupsIn(assertion, connection.groups_claim),
    groupsProblem:
      connection.groups_claim !== null && isWithheld(assertion, connection.groups_claim)
        ? tooManyGroups
        : null,
    claims: assertion.attributes,
  };
}

const valuesOf = ({ attributes }: VerifiedAssertion, name: string): readonly string[] | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

/** Of two values nobody can say which is meant. */
function theOne(assertion: VerifiedAssertion, name: string): string | null {
  const values = new Set(valuesOf(assertion, name));
  if (values.size > 1)
    throw unreadable(`The attribute ${name} has ${values.size} values, and is to say who it is.`);
  const [value = null] = values;
  return value === null ? null : text(value);
}

function nameIn(assertion: VerifiedAssertion, name: string | null): string | null {
  const [first] = name === null ? [] : (valuesOf(assertion, name) ?? []);
  const found = first === undefined ? null : text(first);
  return found === null || isBlank(found) ? null : found;
}

function groupsIn(assertion: VerifiedAssertion, name: string | null): string[] | null {
  const values = name === null ? undefined : valuesOf(assertion, name);
  return values?.flatMap((value) => text(value) ?? []).slice(0, MAX_GROUPS) ?? null;
}

/** Entra ID sends no groups where there are more than 150, but where to ask for them. */
const GROUPS_LINK = 'http://schemas.microsoft.com/claims/groups.link';

const tooManyGroups =
  'Entra ID sent no groups, for the person is in more than fit into an assertion. Send only groups that are assigned to the application.';

const isWithheld = (assertion: VerifiedAssertion, name: string): boolean =>
  valuesOf(assertion, name) === undefined && valuesOf(assertion, GROUPS_LINK) !== undefined;

/** Whoever proved themselves longer ago than the account wants has to do so anew. */
function checkAge(authenticatedAt: number, maxAge: number | null): void {
  if (maxAge === null || authenticatedAt + maxAge * 1000 + CLOCK_SKEW_MS >= Date.now()) return;
  throw unreadable(
    `AuthnInstant is ${new Date(authenticatedAt).toISOString()}, longer ago than the ${maxAge} seconds of maxAge.`,
  );
}

const text = (value: string): string | null =>
  value !== '' && value.length <= MAX_TEXT && !value.includes('\0') && value.isWellFormed() ? value : null;

const unreadable = (detail: string): SignInRefused =>
  new SignInRefused({ reason: 'PROVIDER_ANSWER', detail });
