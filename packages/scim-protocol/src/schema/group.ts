import { attribute, complexAttribute, type SchemaDefinition } from './attribute.ts';
import { GROUP_SCHEMA } from './urns.ts';

/**
 * The core Group schema (RFC 7643 §4.2 and §8.7.1). displayName is required by erratum 5368;
 * members.display is in every example and in no schema, so it is listed here as readOnly (reported erratum 6011).
 */
export const groupSchema: SchemaDefinition = {
  id: GROUP_SCHEMA,
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute('displayName', 'Name of the group for people to read.', { required: true }),
    complexAttribute(
      'members',
      'Members of the group.',
      [
        attribute('value', 'Identifier of the member.', { mutability: 'immutable', caseExact: true }),
        attribute('$ref', 'URI of the member.', {
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          mutability: 'immutable',
        }),
        attribute('type', "Resource type of the member; optional, 'User' when absent.", {
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
        }),
        attribute('display', 'Name of the member.', { mutability: 'readOnly' }),
      ],
      { multiValued: true },
    ),
  ],
};
