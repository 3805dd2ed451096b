import type { JsonValue } from '../json.ts';
import { type AttributeDefinition, findAttribute } from '../schema/attribute.ts';
import { enterpriseUserSchema } from '../schema/enterprise-user.ts';

const employeeNumber = findAttribute(enterpriseUserSchema.attributes, 'employeeNumber');

/**
 * Admin-written templates (OneLogin, HR connectors) send `"employeeNumber": 701984`: of this one text the name says number.
 * Of any other a number is a mistake, and two ways to write one identifier are not made of it.
 */
export function textFromNumber(attribute: AttributeDefinition, value: JsonValue): JsonValue {
  return typeof value === 'number' && attribute === employeeNumber ? String(value) : value;
}

/** Microsoft Entra ID sends custom attributes as text, also those that are declared integer or decimal. */
export function numberFromString(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !/^-?\d{1,15}(\.\d{1,15})?$/.test(value.trim())) return value;
  return Number(value);
}
