import type { JsonValue } from '../json.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';

/**
 * Microsoft Entra ID clears an attribute by sending "" or `{"value": ""}` (entra-docs, clearing of manager;
 * pranems/SCIMServer reports). An empty string says nothing, so it is read as unassigned (RFC 7643 §2.5).
 */
export function isUnassigned(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

/** The same of an attribute's value. An empty secret is no way to clear one: it is read as it is, for the rules to refuse. */
export const isUnassignedFor = ({ mutability }: AttributeDefinition, value: JsonValue | undefined): boolean =>
  isUnassigned(value) && !(value === '' && mutability === 'writeOnly');
