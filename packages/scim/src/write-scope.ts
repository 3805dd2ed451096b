import type { GraphQLCaller } from '@rollcall/graphql-client';
import type { ResourceTypeDefinition } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Adapter } from './adapter.ts';
import { authenticate } from './authenticate.ts';
import { type ResourceUrls, resourceUrls } from './resource-urls.ts';

/** By whom something is written and where it will be found, whether a request or an operation of a bulk asks for it. */
export interface WriteScope {
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
export function writeScopeOf(adapter: Adapter, request: FastifyRequest): WriteScope {
  const caller = authenticate(request);
  let userType: Promise<ResourceTypeDefinition> | undefined;
  return {
    adapter,
    caller,
    urls: resourceUrls(adapter.baseUrlOf(request)),
    userType: () => (userType ??= adapter.userTypes.of(caller)),
  };
}
