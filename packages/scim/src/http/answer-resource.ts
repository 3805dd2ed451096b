import { assertIfMatch, isNotModified, type JsonObject, weakEtag } from '@rollcall/scim-protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendJson } from './send.ts';

/** A resource at the version and address that its answer tells. */
export interface Representation {
  resource: JsonObject;
  version: number;
  location: string;
}

/**
 * Answers a GET: 304 when the client has this version already (RFC 7644 §3.14).
 * @throws ScimError 412 when If-Match asks for another version than there is (RFC 9110 §13.1.1)
 */
export function answerRead(
  request: FastifyRequest,
  reply: FastifyReply,
  { resource, version }: Representation,
): FastifyReply {
  assertIfMatch(request.headers['if-match'], version);
  reply.header('etag', weakEtag(version));
  if (isNotModified(request.headers['if-none-match'], version)) return reply.code(304).send();
  return sendJson(reply, 200, JSON.stringify(resource));
}

/** Answers a write with the resource as it is now, and where it is (RFC 7644 §3.3, §3.5). */
export function answerWritten(
  reply: FastifyReply,
  status: 200 | 201,
  { resource, version, location }: Representation,
): FastifyReply {
  reply.header('etag', weakEtag(version)).header('location', location);
  return sendJson(reply, status, JSON.stringify(resource));
}
