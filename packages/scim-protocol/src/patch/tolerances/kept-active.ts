import { findAttribute } from '../../schema/attribute.ts';
import type { AttributeTarget } from '../../schema/resolve-attribute.ts';
import { userSchema } from '../../schema/user.ts';

const active = findAttribute(userSchema.attributes, 'active');

/**
 * Everybody is active or is not, so `active` can't be unassigned: null, "" and remove leave it as it is. RFC 7644 §3.5.2.2
 * leaves the default to the server, and any default would switch somebody on, or off, whom nobody meant.
 */
export function isKeptWhenUnassigned({ attribute, extension }: AttributeTarget): boolean {
  return extension === undefined && attribute === active;
}
