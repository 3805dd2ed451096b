import { SCIM_MEDIA_TYPE } from '@rollcall/scim-protocol';
import type { FastifyReply } from 'fastify';

/** Answers with a body that is JSON text already; every body of SCIM has its media type (RFC 7644 §8.1). */
export function sendJson(reply: FastifyReply, status: number, json: string): FastifyReply {
  return reply.code(status).header('content-type', SCIM_MEDIA_TYPE).send(json);
}
