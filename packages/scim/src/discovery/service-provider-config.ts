import { type JsonObject, SERVICE_PROVIDER_CONFIG_SCHEMA } from '@rollcall/scim-protocol';
import type { ScimLimits } from '../adapter/limits.ts';
import type { ConnectionSettings } from '../callers/connection-settings.ts';

/** Renders /ServiceProviderConfig (RFC 7643 §5, RFC 9865 §4): what is said here is what the endpoints do for this caller. */
export function renderServiceProviderConfig(
  limits: ScimLimits,
  { setsPasswords }: ConnectionSettings,
  baseUrl: string,
): JsonObject {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_SCHEMA],
    patch: { supported: true },
    bulk: {
      supported: true,
      maxOperations: limits.maxBulkOperations,
      maxPayloadSize: limits.maxBulkBytes,
    },
    filter: { supported: true, maxResults: limits.maxPageSize },
    changePassword: { supported: setsPasswords },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: limits.defaultPageSize,
      maxPageSize: limits.maxPageSize,
      cursorTimeout: limits.cursorTimeoutSeconds,
    },
    RolesAndEntitlements: {
      roles: {
        supported: true,
        multipleRolesSupported: true,
        primarySupported: true,
        typeSupported: true,
      },
      entitlements: {
        supported: true,
        multipleEntitlementsSupported: true,
        primarySupported: true,
        typeSupported: true,
      },
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A SCIM token of the account, sent in the Authorization header as a bearer token.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}
