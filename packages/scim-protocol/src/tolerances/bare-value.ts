import type { JsonValue } from '../json.ts';
import { type AttributeDefinition, valueSubAttribute } from '../schema/attribute.ts';

/**
 * Microsoft Entra ID sends `manager` as a plain string, and other clients roles and e-mails as strings
 * (SCIM-SDK issues 516, 541, 686): a bare value of a complex attribute is its `value`.
 */
export function objectFromBareValue(attribute: AttributeDefinition, value: JsonValue): JsonValue {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  return valueSubAttribute(attribute) === undefined ? value : { value };
}
