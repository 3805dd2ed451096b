import type { GraphQLCaller } from '@rollcall/graphql-client';
import type { ResourceTypeDefinition } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import { type ResourceUrls, resourceUrls } from '../addresses/resource-urls.ts';
import { authenticate } from '../callers/authenticate.ts';
import type { Adapter } from './adapter.ts';

/** Who asks, what to ask with, and by which addresses resources are told, for a request and all operations of a bulk. */
export interface RequestScope {
  adapter: Adapter;
  caller: GraphQLCaller;
  urls: ResourceUrls;
  /** What a User is in the caller's account; asked once. */
  userType(): Promise<ResourceTypeDefinition>;
}

/**
 * The scope of what a request asks for.
 * @throws ScimError 401 when it comes without a bearer token
 */
export function requestScope(adapter: Adapter, request: FastifyRequest): RequestScope {
  const caller = authenticate(request);
  let userType: Promise<ResourceTypeDefinition> | undefined;
  return {
    adapter,
    caller,
    urls: resourceUrls(adapter.baseUrlOf(request)),
    userType: () => (userType ??= adapter.userTypes.of(caller)),
  };
}
