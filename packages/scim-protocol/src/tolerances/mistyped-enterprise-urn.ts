import type { PathTolerance } from '../schema/resolve-attribute.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/urns.ts';

const mistyped = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0user';

/**
 * Examples of Microsoft's SCIM tutorial spell the enterprise URN `…enterprise:2.0User`, and servers built from
 * them expect clients to. An opt-in for paths; in the `schemas` list every unknown URN is ignored anyway.
 */
export const mistypedEnterpriseUrn: PathTolerance = (path) =>
  path.length > mistyped.length && path.toLowerCase().startsWith(`${mistyped}:`)
    ? `${ENTERPRISE_USER_SCHEMA}${path.slice(mistyped.length)}`
    : undefined;
