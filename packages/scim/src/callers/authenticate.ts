import { type GraphQLCaller, hangUpOf } from '@rollcall/graphql-client';
import { unauthorized } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import { accountIdOf } from '../addresses/base-url.ts';

/** Does the header carry a bearer token, whatever that is worth? */
export const hasBearerToken = (authorization = ''): boolean => /^Bearer +\S/i.test(authorization);

/**
 * Reads who is calling (RFC 7644 §2, RFC 6750 §2.1): the bearer token goes to GraphQL as it is, with the account
 * that the path names, so that a token of another account is refused where tokens are known.
 *
 * @throws ScimError 401 when there is no bearer token
 */
export function authenticate(request: FastifyRequest): GraphQLCaller {
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw unauthorized();
  return {
    authorization: `Bearer ${token}`,
    'rollcall-account': accountIdOf(request),
    'x-request-id': request.id,
    signal: hangUpOf(request.socket),
  };
}
