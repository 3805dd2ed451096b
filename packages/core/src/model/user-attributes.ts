/** A property whose changes are told by events: `field` is what clients call it, `column` where it is kept. */
export interface TrackedProperty {
  readonly field: string;
  readonly column: string;
}

/** How an attribute is kept: `text` compares without regard to case, `exact` with it (RFC 7643 §2.2, §2.3.7). */
export type AttributeKind = 'text' | 'exact' | 'values' | 'addresses';

export interface UserAttribute extends TrackedProperty {
  readonly kind: AttributeKind;
  readonly description: string;
}

const attribute = <const Field extends string, const Column extends string>(
  field: Field,
  column: Column,
  kind: AttributeKind,
  description: string,
): UserAttribute & { readonly field: Field; readonly column: Column } => ({
  field,
  column,
  kind,
  description,
});

/** The parts of a name (RFC 7643 §4.1.1), as fields of `name`. */
export const nameParts = [
  attribute('formatted', 'name_formatted', 'text', 'The full name as it is to be shown.'),
  attribute('familyName', 'name_family_name', 'text', 'The family name, or last name.'),
  attribute('givenName', 'name_given_name', 'text', 'The given name, or first name.'),
  attribute('middleName', 'name_middle_name', 'text', 'The middle names.'),
  attribute('honorificPrefix', 'name_honorific_prefix', 'text', 'A title before the name, as in "Ms.".'),
  attribute('honorificSuffix', 'name_honorific_suffix', 'text', 'A suffix after the name, as in "III".'),
] as const satisfies readonly UserAttribute[];

/**
 * Single-valued attributes that are text and nothing more. A line here, and the column in a migration, is all that core needs
 * of a new one: its place in the table, in GraphQL's type, inputs, filters and orders, and in events follow.
 */
export const textAttributes = [
  attribute('displayName', 'display_name', 'text', 'The name shown to others.'),
  attribute('nickName', 'nick_name', 'text', 'What the person is casually called.'),
  attribute('profileUrl', 'profile_url', 'exact', 'The address of a page about the person.'),
  attribute('title', 'title', 'text', 'The job title, as in "Vice President".'),
  attribute('userType', 'user_type', 'text', 'The relation to the organization, as in "Contractor".'),
  attribute(
    'preferredLanguage',
    'preferred_language',
    'text',
    'The preferred languages, as in an Accept-Language header.',
  ),
  attribute('locale', 'locale', 'text', 'For dates, numbers and currency, as in "en-US".'),
  attribute('timezone', 'timezone', 'text', 'In the form of the IANA database, as in "Europe/Berlin".'),
  attribute(
    'employeeNumber',
    'employee_number',
    'text',
    'The number or code the organization gave the person.',
  ),
  attribute('costCenter', 'cost_center', 'text', 'The cost center.'),
  attribute('organization', 'organization', 'text', 'The organization.'),
  attribute('division', 'division', 'text', 'The division.'),
  attribute('department', 'department', 'text', 'The department.'),
] as const satisfies readonly UserAttribute[];

/** Multi-valued attributes (RFC 7643 §4.1.2); `value` of photos and certificates is compared exactly. */
export const listAttributes = [
  attribute('emails', 'emails', 'values', 'E-mail addresses.'),
  attribute('phoneNumbers', 'phone_numbers', 'values', 'Telephone numbers.'),
  attribute('ims', 'ims', 'values', 'Instant messaging addresses.'),
  attribute('photos', 'photos', 'values', 'Addresses of pictures of the person.'),
  attribute('addresses', 'addresses', 'addresses', 'Physical mailing addresses.'),
  attribute(
    'entitlements',
    'entitlements',
    'values',
    'What the person is entitled to, in the words of the identity provider.',
  ),
  attribute(
    'directoryRoles',
    'directory_roles',
    'values',
    'Roles in the words of the identity provider (the SCIM attribute `roles`). They give those that its connection may assign: see `setAssignableRoles`.',
  ),
  attribute('x509Certificates', 'x509_certificates', 'values', 'Certificates, DER in Base64.'),
] as const satisfies readonly UserAttribute[];

export const userName = attribute(
  'userName',
  'user_name',
  'text',
  'The name the person is known by to the identity provider; unique in the account, whatever its case and normal form.',
);

/** How the events name the parts of a name. */
const trackedNameParts = nameParts.map((part) => ({ ...part, field: `name.${part.field}` }));

/** Every property whose change an event tells, by column. */
export const trackedProperties: readonly TrackedProperty[] = [
  userName,
  { field: 'status', column: 'status' },
  ...trackedNameParts,
  ...textAttributes,
  ...listAttributes,
];

type Field<Attribute extends UserAttribute> = Attribute['field'];
type Column<Attribute extends UserAttribute> = Attribute['column'];

export type TextAttribute = (typeof textAttributes)[number];
export type NamePart = (typeof nameParts)[number];

/** Something for each of these attributes, by its field. */
export const byField = <const Attributes extends readonly UserAttribute[], Value>(
  attributes: Attributes,
  value: () => Value,
) =>
  Object.fromEntries(attributes.map(({ field }) => [field, value()])) as Record<
    Field<Attributes[number]>,
    Value
  >;

/** The columns that keep these attributes. */
export const columnsIn = <const Attributes extends readonly UserAttribute[]>(attributes: Attributes) =>
  attributes.map(({ column }) => column) as Column<Attributes[number]>[];
