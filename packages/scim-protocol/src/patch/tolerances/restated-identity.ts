import type { JsonValue } from '../../json.ts';
import type { AttributeTarget } from '../../schema/resolve-attribute.ts';

/**
 * Some clients restate what they don't change: `id` with the resource's own id (authentik PR 23950) and `schemas`,
 * which follows from the attributes anyway (RFC 7644 §3.5.2). Any other id stays a mutability error.
 */
export function isRestatedIdentity(
  { path }: AttributeTarget,
  value: JsonValue | undefined,
  resourceId: string | undefined,
): boolean {
  if (path === 'schemas') return true;
  return path === 'id' && isSameId(value, resourceId);
}

/** Tells whether a value is the id of the resource. */
export const isSameId = (value: JsonValue | undefined, resourceId: string | undefined): boolean =>
  typeof value === 'string' && value.toLowerCase() === resourceId?.toLowerCase();
