import type { SchemaType } from '@rollcall/graphql-client';
import {
  type AttributeDefinition,
  ENTERPRISE_USER_SCHEMA,
  enterpriseUserSchema,
  type JsonObject,
  type JsonValue,
  type SchemaDefinition,
  userSchema,
} from '@rollcall/scim-protocol';

export type UserFilter = SchemaType<'UserFilter'>;

type Settable = SchemaType<'UpdateUserInput'>;

/** The texts of GraphQL's user that are texts and nothing more. */
export type TextName = Exclude<
  {
    [Name in keyof Settable]-?: Settable[Name] extends string | null | undefined ? Name : never;
  }[keyof Settable],
  'id' | 'userName' | 'externalId' | 'password' | 'manager'
>;
type NamePart = keyof SchemaType<'PersonNameInput'>;

/** Attributes that stand in GraphQL under other names, or are handled by themselves. */
const SPECIAL: ReadonlySet<string> = new Set(['userName', 'password']);

const isText = ({ name, type, multiValued }: AttributeDefinition): boolean =>
  !multiValued && (type === 'string' || type === 'reference') && !SPECIAL.has(name);

// That GraphQL has each of them is what a test says.
const textsOf = ({ attributes }: SchemaDefinition) =>
  attributes.filter(isText).map(({ name }) => name as TextName);

/**
 * The single-valued texts of the core schema, and of the enterprise extension: GraphQL calls each of them as SCIM does. The
 * schemas are their only list: what is in them is read, written, filtered and sorted by.
 */
export const coreTexts: readonly TextName[] = textsOf(userSchema);
export const enterpriseTexts: readonly TextName[] = textsOf(enterpriseUserSchema);

/** The parts of a complex attribute of the core schema. */
export const partsOf = (attribute: string): string[] =>
  (userSchema.attributes.find(({ name }) => name === attribute)?.subAttributes ?? []).map(({ name }) => name);

/** The parts of `name`. */
export const nameParts = partsOf('name') as readonly NamePart[];

/** The multi-valued attributes with the default sub-attributes, by their field in GraphQL; SCIM's roles are what the identity provider says, from which the account's follow. */
export const valueLists = {
  emails: 'emails',
  phoneNumbers: 'phoneNumbers',
  ims: 'ims',
  photos: 'photos',
  entitlements: 'entitlements',
  roles: 'directoryRoles',
  x509Certificates: 'x509Certificates',
} as const;

/** Is it a multi-valued attribute with the default sub-attributes? */
export const isValueList = (name: string): name is keyof typeof valueLists => Object.hasOwn(valueLists, name);

/** The paths of the texts: those of an extension stand under its URN. */
export const textPaths: readonly (readonly [path: string, field: TextName])[] = [
  ...coreTexts.map((name) => [name, name] as const),
  ...enterpriseTexts.map((name) => [`${ENTERPRISE_USER_SCHEMA}:${name}`, name] as const),
];

/** A text, or null for what is unassigned. */
export const toText = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? value : null;

/** These texts of a resource, each under its name, null for what is unassigned. */
export function toTexts<Name extends string>(
  resource: JsonObject,
  names: readonly Name[],
): Record<Name, string | null> {
  const texts: Partial<Record<Name, string | null>> = {};
  for (const name of names) texts[name] = toText(resource[name]);
  return texts as Record<Name, string | null>;
}
