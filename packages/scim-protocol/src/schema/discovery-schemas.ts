import {
  type AttributeDefinition,
  attribute,
  type Characteristics,
  complexAttribute,
  type SchemaDefinition,
} from './attribute.ts';
import { RESOURCE_TYPE_SCHEMA, SCHEMA_SCHEMA } from './urns.ts';

const readOnly: Characteristics = { mutability: 'readOnly' };
const exact: Characteristics = { mutability: 'readOnly', caseExact: true };
const required: Characteristics = { mutability: 'readOnly', required: true };
const flag: Characteristics = { mutability: 'readOnly', type: 'boolean' };
const uri: Characteristics = {
  type: 'reference',
  referenceTypes: ['uri'],
  caseExact: true,
  mutability: 'readOnly',
  required: true,
};

/** The schema of /ResourceTypes (RFC 7643 §6 and §8.7.2; schemaExtensions is multi-valued by erratum 7522). */
export const resourceTypeSchema: SchemaDefinition = {
  id: RESOURCE_TYPE_SCHEMA,
  name: 'ResourceType',
  description: 'Specifies the schema that describes a SCIM resource type',
  attributes: [
    attribute('id', "The resource type's identifier.", readOnly),
    attribute('name', "The resource type's name.", required),
    attribute('description', "The resource type's description.", readOnly),
    attribute('endpoint', 'The endpoint, relative to the base URL.', uri),
    attribute('schema', 'URN of the primary schema.', uri),
    complexAttribute(
      'schemaExtensions',
      'Extensions of the primary schema.',
      [
        attribute('schema', 'URN of the extension.', uri),
        attribute('required', 'Whether every resource must have it.', {
          type: 'boolean',
          mutability: 'readOnly',
          required: true,
        }),
      ],
      { multiValued: true, mutability: 'readOnly', required: true },
    ),
  ],
};

/** Characteristics of an attribute as attributes; `complex` is not a type of sub-attributes (erratum 8415). */
function characteristics(types: readonly string[]): readonly AttributeDefinition[] {
  return [
    attribute('name', "The attribute's name.", { ...required, caseExact: true }),
    attribute('type', "The attribute's data type.", { ...required, canonicalValues: types }),
    attribute('multiValued', 'Whether it holds several values.', { ...flag, required: true }),
    attribute('description', 'What it means.', exact),
    attribute('required', 'Whether a value is required.', flag),
    attribute('canonicalValues', 'Suggested values.', { ...exact, multiValued: true }),
    attribute('caseExact', 'Whether letter case matters.', flag),
    attribute('mutability', 'When it can be written.', {
      ...exact,
      canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
    }),
    attribute('returned', 'When it is returned.', {
      ...exact,
      canonicalValues: ['always', 'never', 'default', 'request'],
    }),
    attribute('uniqueness', 'How far values are kept apart.', {
      ...exact,
      canonicalValues: ['none', 'server', 'global'],
    }),
    attribute('referenceTypes', 'What a reference may lead to.', { ...exact, multiValued: true }),
  ];
}

const simpleTypes = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'];

/** The schema of /Schemas (RFC 7643 §7 and §8.7.2). */
export const schemaSchema: SchemaDefinition = {
  id: SCHEMA_SCHEMA,
  name: 'Schema',
  description: 'Specifies the schema that describes a SCIM schema',
  attributes: [
    attribute('id', 'URN of the schema.', { ...required, caseExact: true }),
    attribute('name', 'Name for people to read.', required),
    attribute('description', 'What the schema is for.', readOnly),
    complexAttribute(
      'attributes',
      'The attributes that the schema defines.',
      [
        ...characteristics([...simpleTypes, 'complex']),
        complexAttribute('subAttributes', 'The parts of a complex attribute.', characteristics(simpleTypes), {
          multiValued: true,
          mutability: 'readOnly',
        }),
      ],
      { multiValued: true, mutability: 'readOnly', required: true },
    ),
  ],
};
