/** URN of the core User schema (RFC 7643 §4.1). */
export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
/** URN of the core Group schema (RFC 7643 §4.2). */
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
/** URN of the enterprise User extension (RFC 7643 §4.3). */
export const ENTERPRISE_USER_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** URN of the service provider's configuration (RFC 7643 §5). */
export const SERVICE_PROVIDER_CONFIG_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
/** URN of the ResourceType schema (RFC 7643 §6). */
export const RESOURCE_TYPE_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
/** URN of the schema of schemas (RFC 7643 §7). */
export const SCHEMA_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** URN of a role that people can have (draft-ietf-scim-roles-entitlements-01). */
export const ROLE_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Role';
/** URN of an entitlement (draft-ietf-scim-roles-entitlements-01). */
export const ENTITLEMENT_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Entitlement';
/** URN by which Okta Identity Governance looks for roles (okta-developer-docs, "SCIM 2.0 with entitlements"). */
export const OKTA_ROLE_SCHEMA = 'urn:okta:scim:schemas:core:1.0:Role';
/** URN by which it looks for entitlements. */
export const OKTA_ENTITLEMENT_SCHEMA = 'urn:okta:scim:schemas:core:1.0:Entitlement';

/** URN of a list response (RFC 7644 §3.4.2). */
export const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
/** URN of a search request (RFC 7644 §3.4.3). */
export const SEARCH_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
/** URN of a PATCH request (RFC 7644 §3.5.2). */
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** URN of a bulk request (RFC 7644 §3.7). */
export const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
/** URN of a bulk response (RFC 7644 §3.7). */
export const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
/** URN of an error (RFC 7644 §3.12). */
export const ERROR_MESSAGE = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The media type of every SCIM body (RFC 7644 §8.1). */
export const SCIM_MEDIA_TYPE = 'application/scim+json';
