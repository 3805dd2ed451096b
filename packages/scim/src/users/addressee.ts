import type { GraphQLCaller } from '@rollcall/graphql-client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Adapter } from '../adapter.ts';
import { resourceIdOf } from '../resource-id.ts';

/** A request that means one user. */
export interface AddressedRequest {
  request: FastifyRequest;
  reply: FastifyReply;
  caller: GraphQLCaller;
}

/** Tells the id of the user whom a request means. */
export type Addressee = (adapter: Adapter, addressed: AddressedRequest) => string | Promise<string>;

/**
 * The user of `/Users/{id}`.
 * @throws ScimError 404 when it can be nobody's id
 */
export const idInPath: Addressee = (_adapter, { request }) => resourceIdOf(request, 'User');
