import type { FastifyRequest } from 'fastify';

/**
 * Makes the function that tells where the endpoints of a request live, for `Location` and `$ref`.
 *
 * The account stays in the address when the client named it, and the spelling is ours: a client that asked for
 * `/SCIM/v2/…/users/1` is told of `/scim/v2/…/Users/1`.
 */
export function baseUrlResolver(
  publicUrl: (request: FastifyRequest) => string,
  prefix: string,
): (request: FastifyRequest) => string {
  return (request) => {
    const accountId = accountIdOf(request);
    const base = publicUrl(request) + prefix;
    return accountId === undefined ? base : `${base}/${encodeURIComponent(accountId)}`;
  };
}

/** The account named by the request's path, if any. */
export function accountIdOf(request: FastifyRequest): string | undefined {
  return pathParameter(request, 'accountId');
}

/** A parameter of the route that the request came by, if it has one of this name. */
export function pathParameter(request: FastifyRequest, name: string): string | undefined {
  const { params } = request;
  if (typeof params !== 'object' || params === null || !Object.hasOwn(params, name)) return undefined;
  const value: unknown = Reflect.get(params, name);
  return typeof value === 'string' ? value : undefined;
}
