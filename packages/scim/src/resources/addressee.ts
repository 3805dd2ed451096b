import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestScope } from '../adapter/request-scope.ts';
import { resourceIdOf } from '../addresses/resource-id.ts';
import type { ReadablePort } from './resource-port.ts';

/** A request that means one resource. */
export interface AddressedRequest {
  scope: RequestScope;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Tells the id of the resource that a request means. */
export type Addressee = (port: ReadablePort, addressed: AddressedRequest) => string | Promise<string>;

/**
 * The resource of `/Users/{id}` and the like.
 * @throws ScimError 404 when it can be no resource's id
 */
export const idInPath: Addressee = ({ name }, { request }) => resourceIdOf(request, name);
