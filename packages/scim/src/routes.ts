import { METHODS } from 'node:http';
import { ScimError } from '@rollcall/scim-protocol';
import type { FastifyInstance } from 'fastify';
import type { Adapter, Endpoint } from './adapter/adapter.ts';
import { uuidPattern } from './addresses/resource-id.ts';
import { bulkOf } from './bulk/endpoint.ts';
import {
  getResourceType,
  getSchema,
  getServiceProviderConfig,
  listResourceTypes,
  listSchemas,
} from './discovery/endpoints.ts';
import { groups } from './groups/groups.ts';
import { createMe, whoAsks } from './me/who-asks.ts';
import { entitlements, nameInPath } from './published/entitlements.ts';
import { roles } from './published/roles.ts';
import { createOf, oneOf, readOf } from './resources/endpoints.ts';
import { listOf, searchOf } from './search/endpoints.ts';
import { users } from './users/users.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What HTTP knows besides; HEAD goes with GET, and CONNECT never becomes a request. */
const otherMethods = METHODS.filter((method) => !['CONNECT', 'OPTIONS', ...methods].includes(method));

/** What can be found without saying of which type: what clients provision. */
const everything = [users, groups];

/** The endpoints of RFC 7644 §3.2, relative to the base URL. */
const endpoints: Record<string, Partial<Record<Method, Endpoint>>> = {
  '/Users': { GET: listOf([users]), POST: createOf(users) },
  '/Users/:id': oneOf(users),
  '/Users/.search': { POST: searchOf([users]) },
  '/Groups': { GET: listOf([groups]), POST: createOf(groups) },
  '/Groups/:id': oneOf(groups),
  '/Groups/.search': { POST: searchOf([groups]) },
  '/Roles': { GET: listOf([roles]) },
  '/Roles/:id': { GET: readOf(roles) },
  '/Roles/.search': { POST: searchOf([roles]) },
  '/Entitlements': { GET: listOf([entitlements]) },
  '/Entitlements/:id': { GET: readOf(entitlements, nameInPath) },
  '/Entitlements/.search': { POST: searchOf([entitlements]) },
  '/.search': { POST: searchOf(everything) },
  '/Bulk': { POST: bulkOf({ User: users, Group: groups }) },
  '/Me': { ...oneOf(users, whoAsks), POST: createMe },
  '/ServiceProviderConfig': { GET: getServiceProviderConfig },
  '/ResourceTypes': { GET: listResourceTypes },
  '/ResourceTypes/:id': { GET: getResourceType },
  '/Schemas': { GET: listSchemas },
  '/Schemas/:id': { GET: getSchema },
};

/** Lets the server hear of every method that HTTP knows, so that none is answered as if the endpoint were not there. */
export function knowEveryMethod(scope: FastifyInstance): void {
  for (const method of otherMethods) {
    if (!scope.supportedMethods.includes(method)) scope.addHttpMethod(method);
  }
}

/**
 * Mounts every endpoint; a method that an endpoint does not have is answered 405 with those that it has, and OPTIONS 204
 * with the same (RFC 9110 §9.3.7, §15.5.6).
 */
export function mountEndpoints(scope: FastifyInstance, adapter: Adapter): void {
  for (const [url, byMethod] of Object.entries(endpoints)) {
    const allowed = methods.filter((method) => byMethod[method] !== undefined);
    for (const method of allowed) {
      const endpoint = byMethod[method];
      const bodyLimit = url === '/Bulk' ? adapter.limits.maxBulkBytes : adapter.limits.maxBodyBytes;
      if (endpoint !== undefined) scope.route({ method, url, bodyLimit, handler: endpoint(adapter) });
    }
    refuseOthers(scope, url, allowed);
  }
}

/** The base URL itself, with and without the account; a first segment that could be no account is an unknown endpoint. */
const bases = ['/', `/:accountId(^${uuidPattern}$)`];

/** Mounts the search of everything at the base URL (RFC 7644 §3.4.2.1). */
export function mountBase(scope: FastifyInstance, adapter: Adapter): void {
  for (const url of bases) {
    scope.route({ method: 'GET', url, handler: listOf(everything)(adapter) });
    refuseOthers(scope, url, ['GET']);
  }
}

function refuseOthers(scope: FastifyInstance, url: string, possible: readonly string[]): void {
  const answered = possible.includes('GET') ? ['GET', 'HEAD', ...possible.slice(1)] : possible;
  const allow = [...answered, 'OPTIONS'].join(', ');
  scope.route({
    method: 'OPTIONS',
    url,
    handler: (_request, reply) => reply.header('allow', allow).code(204).send(),
  });
  scope.route({
    method: [...methods, ...otherMethods].filter((method) => !answered.includes(method)),
    url,
    // Before the body is read: whatever it is, it is not wanted.
    onRequest: async (request, reply) => {
      reply.header('allow', allow);
      throw new ScimError(405, undefined, `${request.method} is not possible here. Use ${allow}.`);
    },
    handler: (_request, reply) => reply,
  });
}
