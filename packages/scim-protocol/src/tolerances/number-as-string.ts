import type { JsonValue } from '../json.ts';

/** Admin-written templates (OneLogin, HR connectors) send `"employeeNumber": 701984` where text is meant. */
export function stringFromNumber(value: JsonValue): JsonValue {
  return typeof value === 'number' ? String(value) : value;
}

/** Microsoft Entra ID sends custom attributes as text, also those that are declared integer or decimal. */
export function numberFromString(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !/^-?\d{1,15}(\.\d{1,15})?$/.test(value.trim())) return value;
  return Number(value);
}
