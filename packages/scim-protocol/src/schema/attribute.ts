/** The data types of RFC 7643 §2.3. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex';

/** When a client may write the attribute (RFC 7643 §7). */
export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';

/** When the attribute is part of an answer (RFC 7643 §7). */
export type Returned = 'always' | 'never' | 'default' | 'request';

/** How far the service provider keeps values apart (RFC 7643 §7). */
export type Uniqueness = 'none' | 'server' | 'global';

/** One attribute and its characteristics (RFC 7643 §2.2 and §7). */
export interface AttributeDefinition {
  readonly name: string;
  readonly description: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly AttributeDefinition[];
}

/** A schema: a URN and the attributes it defines (RFC 7643 §7). */
export interface SchemaDefinition {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
}

/** What differs from the characteristics that RFC 7643 §2.2 gives when nothing is said. */
export type Characteristics = Partial<Omit<AttributeDefinition, 'name' | 'description'>>;

/**
 * Defines an attribute: a string, single-valued, optional, case-insensitive, readWrite unless told otherwise.
 * References and binary values are case exact by their type (RFC 7643 §2.3.6, §2.3.7).
 */
export function attribute(
  name: string,
  description: string,
  characteristics: Characteristics = {},
): AttributeDefinition {
  return {
    name,
    description,
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: characteristics.type === 'reference' || characteristics.type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...characteristics,
  };
}

/** Defines a complex attribute with its sub-attributes (RFC 7643 §2.3.8). */
export function complexAttribute(
  name: string,
  description: string,
  subAttributes: readonly AttributeDefinition[],
  characteristics: Characteristics = {},
): AttributeDefinition {
  return attribute(name, description, { type: 'complex', subAttributes, ...characteristics });
}

const indexes = new WeakMap<readonly AttributeDefinition[], ReadonlyMap<string, AttributeDefinition>>();

/** Finds an attribute among others by name, without regard to case (RFC 7643 §2.1). */
export function findAttribute(
  attributes: readonly AttributeDefinition[] | undefined,
  name: string,
): AttributeDefinition | undefined {
  if (attributes === undefined) return undefined;
  let index = indexes.get(attributes);
  if (index === undefined) {
    index = new Map(attributes.map((definition) => [definition.name.toLowerCase(), definition]));
    indexes.set(attributes, index);
  }
  return index.get(name.toLowerCase());
}

/** The `value` sub-attribute that stands for a complex attribute when it is compared as a whole (RFC 7643 §2.4). */
export function valueSubAttribute(definition: AttributeDefinition): AttributeDefinition | undefined {
  return findAttribute(definition.subAttributes, 'value');
}
