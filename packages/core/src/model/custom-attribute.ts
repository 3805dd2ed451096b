/** The data types of RFC 7643 §2.3, but complex ones. */
export const customAttributeTypes = [
  'STRING',
  'BOOLEAN',
  'DECIMAL',
  'INTEGER',
  'DATE_TIME',
  'REFERENCE',
  'BINARY',
] as const;
export type CustomAttributeTypeName = (typeof customAttributeTypes)[number];

export const uniquenessNames = ['NONE', 'SERVER'] as const;
export type UniquenessName = (typeof uniquenessNames)[number];

/** An attribute that an account defines for its people (RFC 7643 §2.2, §3.3). */
export interface AttributeDefinition {
  readonly account_id: string;
  readonly id: string;
  /** The URN of the extension that it belongs to. */
  readonly schema: string;
  readonly name: string;
  readonly type: CustomAttributeTypeName;
  readonly multi_valued: boolean;
  /** Who has any attribute of the schema has this one (RFC 7643 §6: the extension as a whole may be absent). */
  readonly required: boolean;
  readonly case_exact: boolean;
  /** Suggestions; other values are taken too (RFC 7643 §7). */
  readonly canonical_values: readonly string[];
  readonly uniqueness: UniquenessName;
  /** Do filters find it by an index? A unique one is found by that index anyway. */
  readonly indexed: boolean;
  readonly description: string | null;
}

/** The URN of attributes whose account names none, in the form that Entra ID asks for. */
export const DEFAULT_SCHEMA = 'urn:ietf:params:scim:schemas:extension:custom:2.0:User';

/** The name that is the attribute's alone, as SCIM paths, events and errors have it. */
export const pathOf = ({ schema, name }: Pick<AttributeDefinition, 'schema' | 'name'>): string =>
  `${schema}:${name}`;

/** A value of one attribute: a text, number or boolean, or a list of such. */
export type CustomValue = string | number | boolean | readonly (string | number | boolean)[];

/** What a client says of one attribute of a person; null clears it. */
export interface AttributeInput {
  readonly schema?: string | null;
  readonly name: string;
  readonly value?: unknown;
}
