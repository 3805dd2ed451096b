import { notFound } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import { pathParameter } from './base-url.ts';
import type { PublishedName, ResourceName } from './resource-urls.ts';

/** A UUID in any case, as a part of a regular expression. */
export const uuidPattern = '[\\da-fA-F]{8}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{12}';

const uuid = new RegExp(`^${uuidPattern}$`);

/** Tells whether a text can be the id of a resource. */
export function isResourceId(text: string): boolean {
  return uuid.test(text);
}

/**
 * The id in the path of `/Users/{id}` and the like.
 * @throws ScimError 404 when it can be no id, since no resource has it
 */
export function resourceIdOf(request: FastifyRequest, type: ResourceName | PublishedName): string {
  const id = pathParameter(request, 'id') ?? '';
  if (!isResourceId(id)) throw notFound(type, id);
  return id.toLowerCase();
}
