import type { JsonValue } from '../json.ts';

/**
 * OneLogin's templates send one object where RFC 7643 §2.4 wants an array, such as
 * `"emails": {"value": …}` (15five/django-scim2, adapters: "OneLogin sends a dict despite the spec").
 */
export function arrayFromSingleValue(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}

/**
 * Microsoft Entra ID documents `manager` as an array of one object, though it is single-valued
 * (entra-docs, SCIM tutorial, "Update User"). Longer arrays stay as they are and are refused by type.
 */
export function singleValueFromArray(value: JsonValue): JsonValue {
  if (!Array.isArray(value) || value.length > 1) return value;
  return value[0] ?? null;
}
