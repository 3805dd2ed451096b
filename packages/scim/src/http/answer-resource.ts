import { assertIfMatch, isNotModified, type JsonObject } from '@rollcall/scim-protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PatchAnswer } from './preferences.ts';
import { sendJson } from './send.ts';

/** A resource at the version and address that its answer tells. */
export interface Representation {
  resource: JsonObject;
  version: number;
  /** The tag of just this representation, as in `meta.version`. */
  etag: string;
  location: string;
}

/**
 * Answers a GET: 304 when the client has this representation already (RFC 7644 §3.14).
 * @throws ScimError 412 when If-Match asks for another version than there is (RFC 9110 §13.1.1)
 */
export function answerRead(
  request: FastifyRequest,
  reply: FastifyReply,
  { resource, version, etag, location }: Representation,
): FastifyReply {
  assertIfMatch(request.headers['if-match'], version);
  // The same as meta.location (RFC 7643 §3.1), and in a 304 as well (RFC 9110 §15.4.5).
  reply.header('etag', etag).header('content-location', location);
  if (isNotModified(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return sendJson(reply, 200, JSON.stringify(resource));
}

/** Answers a write with the resource as it is now, and where it is (RFC 7644 §3.3, §3.5). */
export function answerWritten(
  reply: FastifyReply,
  status: 200 | 201,
  { resource, etag, location }: Representation,
): FastifyReply {
  reply.header('etag', etag).header('location', location).header('content-location', location);
  return sendJson(reply, status, JSON.stringify(resource));
}

/**
 * Answers a PATCH as it was decided: with the resource, or with nothing. The tag is that of what a GET shows (RFC 7644
 * §3.14), of which an answer without it has not read everything: no tag makes a client ask, and another would deceive it.
 */
export function answerPatched(
  reply: FastifyReply,
  { showsResource, applied }: PatchAnswer,
  representation: () => Representation,
): FastifyReply {
  if (applied !== undefined) reply.header('preference-applied', applied);
  return showsResource ? answerWritten(reply, 200, representation()) : reply.code(204).send();
}
