import type { JsonObject } from '../json.ts';
import type { AttributeDefinition, SchemaDefinition } from './attribute.ts';
import type { ResourceTypeDefinition } from './resource-type.ts';
import { RESOURCE_TYPE_SCHEMA, SCHEMA_SCHEMA } from './urns.ts';

/** Renders a schema as /Schemas serves it (RFC 7643 §7); `baseUrl` has no trailing slash. */
export function renderSchema(schema: SchemaDefinition, baseUrl: string): JsonObject {
  return {
    schemas: [SCHEMA_SCHEMA],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(renderAttribute),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/** Renders a resource type as /ResourceTypes serves it (RFC 7643 §6); `baseUrl` has no trailing slash. */
export function renderResourceType(resourceType: ResourceTypeDefinition, baseUrl: string): JsonObject {
  return {
    schemas: [RESOURCE_TYPE_SCHEMA],
    id: resourceType.id,
    name: resourceType.name,
    description: resourceType.description,
    endpoint: resourceType.endpoint,
    schema: resourceType.schema.id,
    schemaExtensions: resourceType.extensions.map(({ schema, required }) => ({
      schema: schema.id,
      required,
    })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${resourceType.id}` },
  };
}

/** Uniqueness and caseExact say nothing of complex and boolean values, so they are left out there (erratum 6004). */
function renderAttribute(definition: AttributeDefinition): JsonObject {
  const { name, type, multiValued, description, required, mutability, returned } = definition;
  const compared = type !== 'complex' && type !== 'boolean';
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(compared ? { caseExact: definition.caseExact } : {}),
    mutability,
    returned,
    ...(compared ? { uniqueness: definition.uniqueness } : {}),
    ...(definition.canonicalValues ? { canonicalValues: [...definition.canonicalValues] } : {}),
    ...(definition.referenceTypes ? { referenceTypes: [...definition.referenceTypes] } : {}),
    ...(definition.subAttributes ? { subAttributes: definition.subAttributes.map(renderAttribute) } : {}),
  };
}
