import { invalidInput } from '../errors/domain-error.ts';
import { type AttributeDefinition, type CustomAttributeTypeName, pathOf } from '../model/custom-attribute.ts';
import { checkText, MAX_TEXT_LENGTH } from '../text/text-rules.ts';

/** Most attributes that an account defines. */
export const MAX_CUSTOM_ATTRIBUTES = 100;
const MAX_NAME_LENGTH = 64;
const MAX_SCHEMA_LENGTH = 255;
const MAX_CANONICAL_VALUES = 200;

/** ATTRNAME of RFC 7643 §2.1. */
const NAME = /^[A-Za-z][A-Za-z0-9$_-]*$/;

/** A URN (RFC 8141) of the letters that a SCIM path can carry without escapes. */
const URN = /^urn:[a-z0-9][a-z0-9-]{1,31}(:[a-z0-9._-]+)+$/i;

/** What the RFCs have defined, or will. */
const RESERVED = /^urn:ietf:params:scim:(?:schemas:core:|schemas:extension:enterprise:|api:)/i;

/** Throws INVALID_INPUT unless an attribute can be called this. */
export function checkAttributeName(name: string | null | undefined): string {
  if (name == null || name === '') throw invalidInput('name', 'is required and can not be empty.');
  if (name.length > MAX_NAME_LENGTH)
    throw invalidInput('name', `is longer than ${MAX_NAME_LENGTH} characters. Shorten it.`);
  if (!NAME.test(name)) {
    throw invalidInput(
      'name',
      'must be a letter followed by letters, digits, $, - and _, as in badgeNumber (RFC 7643 §2.1).',
    );
  }
  return name;
}

/** Throws INVALID_INPUT unless an account can call its schema this. */
export function checkSchema(schema: string): string {
  if (schema.length > MAX_SCHEMA_LENGTH)
    throw invalidInput('schema', `is longer than ${MAX_SCHEMA_LENGTH} characters. Shorten it.`);
  if (!URN.test(schema)) {
    throw invalidInput(
      'schema',
      'must be a URN of letters, digits, ".", "_" and "-", as in urn:ietf:params:scim:schemas:extension:acme:2.0:User.',
    );
  }
  if (RESERVED.test(schema))
    throw invalidInput('schema', "belongs to the RFC's own schemas. Choose another.");
  return schema;
}

type Named = Pick<AttributeDefinition, 'schema' | 'name'>;

/**
 * Throws INVALID_INPUT where a SCIM path could mean two things: an attribute, or one of its sub-attributes, and the schema of
 * others (RFC 7644 §3.10).
 */
export function checkPaths(attribute: Named, others: readonly Named[]): void {
  const hidden = others.find((other) => hides(attribute.schema, other));
  if (hidden !== undefined)
    throw invalidInput('schema', `would hide the attribute ${pathOf(hidden)} in paths. Choose another.`);
  const hiding = others.find(({ schema }) => hides(schema, attribute));
  if (hiding !== undefined) {
    throw invalidInput(
      'name',
      `${pathOf(attribute)} would be hidden in paths by the schema ${hiding.schema} of other attributes. Choose another.`,
    );
  }
}

function hides(schema: string, attribute: Named): boolean {
  return `${schema.toLowerCase()}.`.startsWith(`${pathOf(attribute).toLowerCase()}.`);
}

export function checkCanonicalValues(
  values: readonly string[] | null | undefined,
  type: CustomAttributeTypeName,
): string[] {
  if (values == null || values.length === 0) return [];
  if (type !== 'STRING') throw invalidInput('canonicalValues', 'go with the type STRING alone.');
  if (values.length > MAX_CANONICAL_VALUES)
    throw invalidInput('canonicalValues', `are more than ${MAX_CANONICAL_VALUES}.`);
  for (const value of values) checkText(value, 'canonicalValues', MAX_TEXT_LENGTH);
  return [...new Set(values)];
}

/** Types whose values are found by an index; nobody looks for a picture by its bytes, or gains by an index of two values. */
const findable: ReadonlySet<CustomAttributeTypeName> = new Set([
  'STRING',
  'DECIMAL',
  'INTEGER',
  'DATE_TIME',
  'REFERENCE',
]);

/** Throws INVALID_INPUT where the characteristics don't go together (RFC 7643 §2.2, §2.3). */
export function checkCharacteristics(
  definition: Pick<AttributeDefinition, 'type' | 'indexed' | 'uniqueness'>,
): void {
  if (findable.has(definition.type)) return;
  if (definition.indexed) throw invalidInput('indexed', `is not possible for the type ${definition.type}.`);
  if (definition.uniqueness !== 'NONE')
    throw invalidInput('uniqueness', `SERVER is not possible for the type ${definition.type}.`);
}

/** References and binary values are compared with case whatever is said (RFC 7643 §2.3.6, §2.3.7). */
export const isCaseExact = (type: CustomAttributeTypeName, wanted: boolean): boolean =>
  type === 'REFERENCE' || type === 'BINARY' || (type === 'STRING' && wanted);
