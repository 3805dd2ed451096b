import { type AttributeDefinition, findAttribute } from '../schema/attribute.ts';

/**
 * Microsoft Entra ID's AppRoleAssignmentsComplex creates people with `displayName` in the elements of `roles`, where RFC 7643
 * §4.1.2 has `display` (entra-docs, "Provisioning a role to a SCIM app").
 */
export function findSubAttribute(
  attribute: AttributeDefinition,
  name: string,
): AttributeDefinition | undefined {
  const isDisplayName = attribute.name === 'roles' && name.toLowerCase() === 'displayname';
  return findAttribute(attribute.subAttributes, isDisplayName ? 'display' : name);
}
