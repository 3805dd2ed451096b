import type { FastifyRequest } from 'fastify';
import { requiredVersion, type WriteCondition } from '../conditions.ts';

/**
 * The condition of a write that a request's headers make (RFC 7644 §3.14).
 * @throws ScimError 412 when If-Match names no version that any resource here ever has
 */
export function writeConditionOf({ headers }: FastifyRequest): WriteCondition {
  return { ifVersion: requiredVersion(headers['if-match']), unlessVersion: headers['if-none-match'] };
}
