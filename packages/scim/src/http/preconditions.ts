import { parseEntityTags, preconditionFailed, versionOfEtag } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';

/** What has to be true of a resource's version for a write to happen (RFC 7644 §3.14, RFC 9110 §13.1). */
export interface WriteCondition {
  /** It is this one; undefined: any will do. */
  ifVersion: number | undefined;
  /** It is none of these: the text of If-None-Match. */
  unlessVersion?: string | undefined;
}

/**
 * The condition of a write that a request's headers make (RFC 7644 §3.14).
 * @throws ScimError 412 when If-Match names no version that any resource here ever has
 */
export function writeConditionOf({ headers }: FastifyRequest): WriteCondition {
  return { ifVersion: requiredVersion(headers['if-match']), unlessVersion: headers['if-none-match'] };
}

/**
 * The version that If-Match, or `version` of a bulk operation, makes the condition of a write; undefined when there is
 * none, or when any version will do. Of several the newest counts: versions only grow, so the others are past.
 *
 * @throws ScimError 412 when it names no version that any resource here ever has
 */
export function requiredVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined;
  const tags = parseEntityTags(ifMatch);
  if (tags === '*') return undefined;
  const versions = tags.map(versionOfEtag).filter((version) => version !== undefined);
  // A version beyond GraphQL's Int can't be asked for, and no resource gets there.
  const known = versions.filter((version) => version <= 2_147_483_647);
  if (known.length === 0) throw preconditionFailed();
  return Math.max(...known);
}
