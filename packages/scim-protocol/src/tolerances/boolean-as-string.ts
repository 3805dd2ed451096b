import type { JsonValue } from '../json.ts';

/**
 * Microsoft Entra ID without the aadOptscim062020 flag, and the Keycloak plugin of mitodl, send booleans as
 * "True" and "False" (entra-docs, "Known issues and resolutions with SCIM 2.0 protocol compliance").
 * Reading them by truthiness would leave a disabled user active.
 */
export function booleanFromString(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value;
  const lowered = value.trim().toLowerCase();
  if (lowered === 'true') return true;
  return lowered === 'false' ? false : value;
}
