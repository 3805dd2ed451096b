import { isJsonObject, type JsonValue } from '../json.ts';
import { type AttributeDefinition, valueSubAttribute } from '../schema/attribute.ts';

/**
 * Azure AD of old sends any single value as `[{"$ref": null, "value": "x"}]` (entra-docs, SCIM tutorial, first version).
 * Of an attribute that is not complex, such an object is its `value`.
 */
export function bareValueFromObject(value: JsonValue): JsonValue {
  if (!isJsonObject(value) || value.value === undefined) return value;
  return Object.keys(value).every((name) => name === 'value' || name === '$ref') ? value.value : value;
}

/**
 * Microsoft Entra ID sends `manager` as a plain string, and other clients roles and e-mails as strings
 * (SCIM-SDK issues 516, 541, 686): a bare value of a complex attribute is its `value`.
 */
export function objectFromBareValue(attribute: AttributeDefinition, value: JsonValue): JsonValue {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  return valueSubAttribute(attribute) === undefined ? value : { value };
}
