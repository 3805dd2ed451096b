import { type AttributeDefinition, attribute, complexAttribute, type SchemaDefinition } from './attribute.ts';
import { SERVICE_PROVIDER_CONFIG_SCHEMA } from './urns.ts';

const readOnly = { mutability: 'readOnly' } as const;
const requiredReadOnly = { mutability: 'readOnly', required: true } as const;
const requiredInteger = { type: 'integer', ...requiredReadOnly } as const;
const supported = attribute('supported', 'Whether the feature is offered.', {
  type: 'boolean',
  ...requiredReadOnly,
});

function feature(
  name: string,
  description: string,
  more: readonly AttributeDefinition[] = [],
): AttributeDefinition {
  return complexAttribute(name, description, [supported, ...more], requiredReadOnly);
}

/** RFC 9865 §4 adds `pagination` to the schema of RFC 7643 §5. */
const pagination = complexAttribute(
  'pagination',
  'How lists can be paged.',
  [
    attribute('cursor', 'Whether cursors are offered.', { type: 'boolean', ...requiredReadOnly }),
    attribute('index', 'Whether startIndex is offered.', { type: 'boolean', ...requiredReadOnly }),
    attribute('defaultPaginationMethod', 'What a request without either gets: cursor or index.', {
      canonicalValues: ['cursor', 'index'],
      ...readOnly,
    }),
    attribute('defaultPageSize', 'Resources per page when count is absent.', {
      type: 'integer',
      ...readOnly,
    }),
    attribute('maxPageSize', 'Most resources per page.', { type: 'integer', ...readOnly }),
    attribute('cursorTimeout', 'Seconds for which a cursor stays valid.', { type: 'integer', ...readOnly }),
  ],
  readOnly,
);

/** What is said of `roles` and of `entitlements` (draft-ietf-scim-roles-entitlements-01 §3.1). */
const publishedFeature = (name: string, several: string): AttributeDefinition =>
  feature(name, `The endpoint of ${name}, and the attribute ${name} of a User.`, [
    attribute(several, 'Whether a User can have several.', { type: 'boolean', ...readOnly }),
    attribute('primarySupported', 'Whether `primary` is kept.', { type: 'boolean', ...readOnly }),
    attribute('typeSupported', 'Whether `type` is kept.', { type: 'boolean', ...readOnly }),
  ]);

const rolesAndEntitlements = complexAttribute(
  'RolesAndEntitlements',
  'What is published of roles and entitlements.',
  [
    publishedFeature('roles', 'multipleRolesSupported'),
    publishedFeature('entitlements', 'multipleEntitlementsSupported'),
  ],
  readOnly,
);

const authenticationSchemes = complexAttribute(
  'authenticationSchemes',
  'How clients authenticate.',
  [
    attribute('type', 'The authentication scheme.', {
      canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
      ...requiredReadOnly,
    }),
    attribute('name', 'Name of the scheme.', requiredReadOnly),
    attribute('description', 'What the scheme is.', requiredReadOnly),
    attribute('specUri', 'Address of its specification.', {
      type: 'reference',
      referenceTypes: ['external'],
      ...readOnly,
    }),
    attribute('documentationUri', 'Address of help with its use.', {
      type: 'reference',
      referenceTypes: ['external'],
      ...readOnly,
    }),
    attribute('primary', 'Whether this is the preferred scheme.', { type: 'boolean', ...readOnly }),
  ],
  { multiValued: true, ...requiredReadOnly },
);

/** The schema of /ServiceProviderConfig (RFC 7643 §5 and §8.7.2, RFC 9865 §4). */
export const serviceProviderConfigSchema: SchemaDefinition = {
  id: SERVICE_PROVIDER_CONFIG_SCHEMA,
  name: 'Service Provider Configuration',
  description: "Schema for representing the service provider's configuration",
  attributes: [
    attribute('documentationUri', 'Address of help for people.', {
      type: 'reference',
      referenceTypes: ['external'],
      ...readOnly,
    }),
    feature('patch', 'PATCH.'),
    feature('bulk', 'Bulk operations.', [
      attribute('maxOperations', 'Most operations in one request.', requiredInteger),
      attribute('maxPayloadSize', 'Most bytes in one request.', requiredInteger),
    ]),
    feature('filter', 'Filters.', [
      attribute('maxResults', 'Most resources in one answer.', requiredInteger),
    ]),
    feature('changePassword', 'Changing a password.'),
    feature('sort', 'Sorting.'),
    feature('etag', 'Entity tags.'),
    pagination,
    rolesAndEntitlements,
    authenticationSchemes,
  ],
};
