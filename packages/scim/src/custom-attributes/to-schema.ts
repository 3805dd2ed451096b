import {
  type AttributeDefinition,
  type AttributeType,
  attribute,
  type ResourceTypeDefinition,
  userResourceType,
  withExtension,
} from '@rollcall/scim-protocol';
import type { CustomAttributeResult } from './documents.ts';

const types = {
  STRING: 'string',
  BOOLEAN: 'boolean',
  DECIMAL: 'decimal',
  INTEGER: 'integer',
  DATE_TIME: 'dateTime',
  REFERENCE: 'reference',
  BINARY: 'binary',
} as const satisfies Record<CustomAttributeResult['type'], AttributeType>;

const uniqueness = { NONE: 'none', SERVER: 'server' } as const;

/** The User resource type with the extensions that an account defined (RFC 7643 §3.3, §6), in their order. */
export function toUserType(definitions: readonly CustomAttributeResult[]): ResourceTypeDefinition {
  const bySchema = Map.groupBy(definitions, ({ schema }) => schema);
  return [...bySchema].reduce(
    (userType, [id, attributes]) =>
      withExtension(userType, {
        id,
        name: 'Custom attributes',
        description: 'Attributes of users that this account has defined.',
        attributes: attributes.map(toAttribute),
      }),
    userResourceType,
  );
}

function toAttribute(definition: CustomAttributeResult): AttributeDefinition {
  const { name, description, multiValued, required, caseExact, canonicalValues } = definition;
  return attribute(name, description ?? name, {
    type: types[definition.type],
    multiValued,
    required,
    caseExact,
    uniqueness: uniqueness[definition.uniqueness],
    ...(canonicalValues.length === 0 ? {} : { canonicalValues }),
    // A URI of anything (RFC 7643 §7, referenceTypes).
    ...(definition.type === 'REFERENCE' ? { referenceTypes: ['external'] } : {}),
  });
}
