import type { AttributeTarget } from '../schema/resolve-attribute.ts';

/**
 * Okta's group rename carries `id` in the value, authentik sends the whole resource back, Okta's PUT carries `id`,
 * `meta` and `groups` (okta-developer-docs, SCIM 2.0 reference; authentik PR 23950). Inside an object, attributes
 * that clients can't write are skipped; RFC 7644 §3.5.1 says so for PUT.
 */
export function isIgnoredInsideValue({ attribute, subAttribute }: AttributeTarget): boolean {
  return attribute.mutability === 'readOnly' || subAttribute?.mutability === 'readOnly';
}
