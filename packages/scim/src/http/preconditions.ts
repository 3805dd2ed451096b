import { parseEntityTags, preconditionFailed, versionOfEtag } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';

/**
 * The version that If-Match makes the condition of a write (RFC 7644 §3.14); undefined when there is none, or when
 * any version will do. Of several the newest counts: versions only grow, so the others are past.
 *
 * @throws ScimError 412 when the header names no version that any resource here ever has
 */
export function requiredVersion(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const tags = parseEntityTags(header);
  if (tags === '*') return undefined;
  const versions = tags.map(versionOfEtag).filter((version) => version !== undefined);
  // A version beyond GraphQL's Int can't be asked for, and no resource gets there.
  const known = versions.filter((version) => version <= 2_147_483_647);
  if (known.length === 0) throw preconditionFailed();
  return Math.max(...known);
}
