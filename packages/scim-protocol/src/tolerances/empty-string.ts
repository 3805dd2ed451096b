import type { JsonValue } from '../json.ts';

/**
 * Microsoft Entra ID clears an attribute by sending "" or `{"value": ""}` (entra-docs, clearing of manager;
 * pranems/SCIMServer reports). An empty string says nothing, so it is read as unassigned (RFC 7643 §2.5).
 */
export function isUnassigned(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}
