import { parseInstant } from '../text/instant.ts';
import { BEARER, SAML } from './namespaces.ts';
import { SamlRefused } from './saml-refused.ts';
import { attributeOf, child, children, elementsIn, isNamed, isText, onlyChild, textOf } from './xml.ts';

/** What a provider said of somebody, verified; of plain values, so that it can be sealed. */
export interface VerifiedAssertion {
  readonly id: string;
  readonly issuer: string;
  readonly nameId: string;
  readonly nameIdFormat: string | null;
  /** The request that it answers; null where the provider began. */
  readonly inResponseTo: string | null;
  readonly sessionIndex: string | null;
  readonly authnContext: string | null;
  /** Milliseconds since 1970, as all moments here. */
  readonly authenticatedAt: number;
  readonly sessionEndsAt: number | null;
  /** Until when it could be presented once more. */
  readonly expiresAt: number;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** Whom an assertion has to be from, and for whom. */
export interface Expected {
  readonly issuer: string;
  readonly entityId: string;
  readonly acsUrl: string;
  readonly now: number;
}

export const CLOCK_SKEW_MS = 60_000;
const MAX_TEXT = 1024;

/** Reads an assertion whose signature was verified, and checks what else the profile asks (SAML 2.0 Profiles §4.1.4.3). @throws SamlRefused */
export function readAssertion(assertion: Element, expected: Expected): VerifiedAssertion {
  if (!isNamed(assertion, SAML, 'Assertion') || attributeOf(assertion, 'Version') !== '2.0')
    throw new SamlRefused('What is signed is no assertion of SAML 2.0.');
  const id = attributeOf(assertion, 'ID');
  if (id === null || id === '') throw new SamlRefused('The assertion has no ID.');
  checkSender(onlyChild(assertion, SAML, 'Issuer'), expected.issuer);
  const conditionsEnd = checkConditions(onlyChild(assertion, SAML, 'Conditions'), expected);
  const subject = onlyChild(assertion, SAML, 'Subject');
  const nameId = onlyChild(subject, SAML, 'NameID');
  const confirmed = confirmation(children(subject, SAML, 'SubjectConfirmation'), expected);
  const statement = onlyChild(assertion, SAML, 'AuthnStatement');
  const context = child(statement, SAML, 'AuthnContext');
  const contextClass = context && child(context, SAML, 'AuthnContextClassRef');
  const sessionEndsAt = momentOf(statement, 'SessionNotOnOrAfter');
  if (sessionEndsAt !== null && sessionEndsAt <= expected.now)
    throw new SamlRefused('SessionNotOnOrAfter is over already, so the provider wants no session.');
  return {
    id,
    issuer: expected.issuer,
    nameId: shortText(nameId),
    nameIdFormat: attributeOf(nameId, 'Format'),
    inResponseTo: confirmed.inResponseTo,
    sessionIndex: attributeOf(statement, 'SessionIndex'),
    authnContext: contextClass === undefined ? null : shortText(contextClass),
    authenticatedAt: requiredMoment(statement, 'AuthnInstant'),
    sessionEndsAt,
    expiresAt: Math.min(confirmed.expiresAt, conditionsEnd) + CLOCK_SKEW_MS,
    attributes: attributesIn(assertion),
  };
}

/** @throws SamlRefused */
export function checkSender(issuer: Element, expected: string): void {
  const said = textOf(issuer);
  if (said !== expected) throw new SamlRefused(`It is from ${said}, and not from ${expected}.`);
}

/** When the conditions end. */
function checkConditions(conditions: Element, { entityId, now }: Expected): number {
  const [unknown] = [...elementsIn(conditions)].filter(
    (each) => each.parentNode === conditions && !isKnownCondition(each),
  );
  if (unknown !== undefined) throw new SamlRefused(`The condition ${unknown.localName} is not known here.`);
  const end = checkWindow(conditions, now);
  const restrictions = children(conditions, SAML, 'AudienceRestriction');
  if (restrictions.length === 0) throw new SamlRefused('The assertion is for no audience.');
  for (const restriction of restrictions) {
    const audiences = children(restriction, SAML, 'Audience').map(textOf);
    if (!audiences.includes(entityId))
      throw new SamlRefused(`The assertion is for ${audiences.join(', ')}, and not for ${entityId}.`);
  }
  return end ?? Number.POSITIVE_INFINITY;
}

const isKnownCondition = (element: Element): boolean =>
  ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'].some((name) => isNamed(element, SAML, name));

/** Whoever brings the assertion may sign in with it here and now (SAML 2.0 Profiles §3.3). */
function confirmation(
  confirmations: readonly Element[],
  expected: Expected,
): { readonly inResponseTo: string | null; readonly expiresAt: number } {
  let wrong = new SamlRefused('The assertion has no SubjectConfirmation of the method bearer.');
  for (const each of confirmations.filter((one) => attributeOf(one, 'Method') === BEARER)) {
    try {
      const data = onlyChild(each, SAML, 'SubjectConfirmationData');
      const recipient = attributeOf(data, 'Recipient');
      if (recipient !== expected.acsUrl)
        throw new SamlRefused(`The Recipient is ${recipient}, and not ${expected.acsUrl}.`);
      const expiresAt = checkWindow(data, expected.now);
      if (expiresAt === null) throw new SamlRefused('The SubjectConfirmationData never ends.');
      return { inResponseTo: attributeOf(data, 'InResponseTo'), expiresAt };
    } catch (error) {
      if (!(error instanceof SamlRefused)) throw error;
      wrong = error;
    }
  }
  throw wrong;
}

/** NotBefore and NotOnOrAfter, with the tolerance; answers the latter. */
function checkWindow(element: Element, now: number): number | null {
  const [from, until] = [momentOf(element, 'NotBefore'), momentOf(element, 'NotOnOrAfter')];
  if (from !== null && now + CLOCK_SKEW_MS < from)
    throw new SamlRefused(
      `The assertion is not valid yet: NotBefore is ${attributeOf(element, 'NotBefore')}.`,
    );
  if (until !== null && now - CLOCK_SKEW_MS >= until)
    throw new SamlRefused(
      `The assertion is valid no more: NotOnOrAfter is ${attributeOf(element, 'NotOnOrAfter')}.`,
    );
  return until;
}

function attributesIn(assertion: Element): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (const statement of children(assertion, SAML, 'AttributeStatement'))
    for (const attribute of children(statement, SAML, 'Attribute')) {
      const name = attributeOf(attribute, 'Name') ?? '';
      const values = children(attribute, SAML, 'AttributeValue').filter(isText).map(textOf);
      found.set(name, [...(found.get(name) ?? []), ...values]);
    }
  return Object.fromEntries(found);
}

function shortText(element: Element): string {
  const text = textOf(element);
  if (text === '' || text.length > MAX_TEXT)
    throw new SamlRefused(`${element.localName} is empty, or longer than ${MAX_TEXT} characters.`);
  return text;
}

function momentOf(element: Element, name: string): number | null {
  const text = attributeOf(element, name);
  if (text === null) return null;
  const moment = parseInstant(text)?.getTime();
  if (moment === undefined) throw new SamlRefused(`${name} is no moment: ${text}`);
  return moment;
}

function requiredMoment(element: Element, name: string): number {
  const moment = momentOf(element, name);
  if (moment === null) throw new SamlRefused(`${element.localName} has no ${name}.`);
  return moment;
}
