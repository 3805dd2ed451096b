import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** A resource as it was sent; nothing of it is checked. */
export type Resource = Record<string, unknown> & {
  userName?: string;
  externalId?: string;
  name?: { familyName?: string };
  active?: boolean;
};

/** A resource with the id and meta that a service provider adds. */
export interface Written {
  readonly id: string;
  readonly location: string;
  readonly document: string;
}

/** Completes what was sent to the document that is kept, under a new id unless one is given. */
export function complete(resource: Resource, collection: string, id: string = randomUUID()): Written {
  const now = new Date().toISOString();
  const location = `${collection}/${id}`;
  const meta = { created: now, lastModified: now, location };
  return { id, location, document: JSON.stringify({ ...resource, id, meta }) };
}

/** A ListResponse (RFC 7644 §3.4.2) of documents that are JSON already. */
export const listResponse = (documents: readonly string[], total: number): string =>
  `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${total},"itemsPerPage":${documents.length},"Resources":[${documents.join(',')}]}`;

/** Answers an Error (RFC 7644 §3.12). */
export const refuse = (reply: FastifyReply, status: number): FastifyReply =>
  reply.code(status).send(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"${status}"}`);
