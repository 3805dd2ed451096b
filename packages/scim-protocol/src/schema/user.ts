import { type AttributeDefinition, attribute, complexAttribute, type SchemaDefinition } from './attribute.ts';
import { pluralAttribute, primarySubAttribute, typeSubAttribute } from './plural-attribute.ts';
import { USER_SCHEMA } from './urns.ts';

const name = complexAttribute('name', "The parts of the user's real name.", [
  attribute('formatted', 'The full name, formatted for display.'),
  attribute('familyName', 'Family name, or last name in most Western languages.'),
  attribute('givenName', 'Given name, or first name in most Western languages.'),
  attribute('middleName', 'Middle name or names.'),
  attribute('honorificPrefix', "Title before the name, such as 'Ms.'."),
  attribute('honorificSuffix', "Suffix after the name, such as 'III'."),
]);

/** The single-valued attributes of RFC 7643 §4.1.1. */
const singularAttributes: readonly AttributeDefinition[] = [
  attribute('userName', 'Identifier that the user signs in with; unique, whatever its case.', {
    required: true,
    uniqueness: 'server',
  }),
  name,
  attribute('displayName', 'Name to show to people.'),
  attribute('nickName', 'Casual way to address the user.'),
  attribute('profileUrl', "Address of the user's online profile.", {
    type: 'reference',
    referenceTypes: ['external'],
  }),
  attribute('title', "Job title, such as 'Vice President'."),
  attribute('userType', "Relationship to the organization, such as 'Employee' or 'Contractor'."),
  attribute('preferredLanguage', 'Preferred language, as in an Accept-Language header.'),
  attribute('locale', "Locale for dates and currency, such as 'en-US'."),
  attribute('timezone', "Time zone in IANA form, such as 'America/Los_Angeles'."),
  attribute('active', 'Whether the user may use the service.', { type: 'boolean' }),
  attribute('password', 'Clear text password; accepted, never returned.', {
    mutability: 'writeOnly',
    returned: 'never',
  }),
];

const addresses = complexAttribute(
  'addresses',
  'Physical mailing addresses.',
  [
    attribute('formatted', 'The full address, formatted for display.'),
    attribute('streetAddress', 'Street, house number, P.O. box.'),
    attribute('locality', 'City or locality.'),
    attribute('region', 'State or region.'),
    attribute('postalCode', 'Postal code.'),
    attribute('country', 'Country, as an ISO 3166-1 alpha-2 code.'),
    typeSubAttribute(['work', 'home', 'other']),
    primarySubAttribute(),
  ],
  { multiValued: true },
);

/** Maintained through Group.members alone (RFC 7643 §4.1.2); $ref leads to groups only (erratum 8471). */
const groups = complexAttribute(
  'groups',
  'Groups that the user belongs to; change them through the Group resource.',
  [
    attribute('value', 'Identifier of the group.', { mutability: 'readOnly', caseExact: true }),
    attribute('$ref', 'URI of the group.', {
      type: 'reference',
      referenceTypes: ['Group'],
      mutability: 'readOnly',
    }),
    attribute('display', 'Name of the group.', { mutability: 'readOnly' }),
    attribute('type', 'Whether the membership is direct or comes from a nested group.', {
      mutability: 'readOnly',
      canonicalValues: ['direct', 'indirect'],
    }),
  ],
  { multiValued: true, mutability: 'readOnly' },
);

/** The multi-valued attributes of RFC 7643 §4.1.2. */
const pluralAttributes: readonly AttributeDefinition[] = [
  pluralAttribute('emails', 'E-mail addresses.', { types: ['work', 'home', 'other'] }),
  pluralAttribute('phoneNumbers', 'Phone numbers.', {
    types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
  }),
  pluralAttribute('ims', 'Instant messaging addresses.', {
    types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
  }),
  pluralAttribute('photos', 'Addresses of photos.', {
    value: { type: 'reference', referenceTypes: ['external'] },
    types: ['photo', 'thumbnail'],
  }),
  addresses,
  groups,
  pluralAttribute('entitlements', 'Entitlements: things that the user has.'),
  pluralAttribute('roles', 'Roles: what the user is, as the directory says it.'),
  pluralAttribute('x509Certificates', 'Certificates issued to the user, DER in base64.', {
    value: { type: 'binary', caseExact: true },
  }),
];

/** The core User schema (RFC 7643 §4.1 and §8.7.1). */
export const userSchema: SchemaDefinition = {
  id: USER_SCHEMA,
  name: 'User',
  description: 'User Account',
  attributes: [...singularAttributes, ...pluralAttributes],
};
