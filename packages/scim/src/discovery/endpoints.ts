import {
  entitlementResourceType,
  entitlementSchema,
  forbidden,
  groupResourceType,
  groupSchema,
  type JsonObject,
  listResponse,
  notFound,
  oktaEntitlementSchema,
  oktaRoleResourceType,
  oktaRoleSchema,
  type ResourceTypeDefinition,
  renderResourceType,
  renderSchema,
  resourceTypeSchema,
  roleResourceType,
  roleSchema,
  schemaSchema,
  serviceProviderConfigSchema,
  userResourceType,
} from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Adapter, Endpoint, Handler } from '../adapter/adapter.ts';
import { pathParameter } from '../addresses/base-url.ts';
import { withoutConnection } from '../callers/connection-settings.ts';
import { searchQueryOf } from '../http/query.ts';
import { sendJson } from '../http/send.ts';
import { renderServiceProviderConfig } from './service-provider-config.ts';
import { type StaticJson, staticJson } from './static-json.ts';
import { tellCaller } from './tell-caller.ts';

const resourceTypes = (userType: ResourceTypeDefinition) => [
  userType,
  groupResourceType,
  roleResourceType,
  entitlementResourceType,
  oktaRoleResourceType,
];
const resourceSchemas = ({ schema, extensions }: ResourceTypeDefinition) => [
  schema,
  groupSchema,
  roleSchema,
  entitlementSchema,
  oktaRoleSchema,
  oktaEntitlementSchema,
  ...extensions.map((extension) => extension.schema),
];
/** Served by their URN, and left out of the list: they describe no resource that could be provisioned. */
const protocolSchemas = [serviceProviderConfigSchema, resourceTypeSchema, schemaSchema];

/** GET /ServiceProviderConfig (RFC 7644 §4). */
export const getServiceProviderConfig: Endpoint =
  ({ limits, settings, baseUrlOf }) =>
  async (request, reply) => {
    assertNoFilter(request);
    const baseUrl = baseUrlOf(request);
    const config = renderServiceProviderConfig(
      limits,
      await tellCaller(request, settings, withoutConnection),
      baseUrl,
    );
    reply.header('content-location', `${baseUrl}/ServiceProviderConfig`);
    return sendJson(reply, 200, JSON.stringify(config));
  };

/** GET /ResourceTypes (RFC 7644 §4). */
export const listResourceTypes: Endpoint = (adapter) =>
  serveList(adapter, (userType, baseUrl) =>
    resourceTypes(userType).map((type) => renderResourceType(type, baseUrl)),
  );

/** GET /ResourceTypes/{id}. */
export const getResourceType: Endpoint = (adapter) =>
  serveOne(adapter, {
    kind: 'ResourceType',
    documents: (userType) =>
      resourceTypes(userType).map((type) => [
        type.id,
        staticJson((baseUrl) => renderResourceType(type, baseUrl)),
      ]),
  });

/** GET /Schemas (RFC 7644 §4). */
export const listSchemas: Endpoint = (adapter) =>
  serveList(adapter, (userType, baseUrl) =>
    resourceSchemas(userType).map((schema) => renderSchema(schema, baseUrl)),
  );

/** GET /Schemas/{urn}. */
export const getSchema: Endpoint = (adapter) =>
  serveOne(adapter, {
    kind: 'Schema',
    documents: (userType) =>
      [...resourceSchemas(userType), ...protocolSchemas].map((schema) => [
        schema.id,
        staticJson((baseUrl) => renderSchema(schema, baseUrl)),
      ]),
  });

function serveList(
  adapter: Adapter,
  render: (userType: ResourceTypeDefinition, baseUrl: string) => JsonObject[],
): Handler {
  const jsonOf = onceForEach((userType) =>
    staticJson((baseUrl) => {
      const resources = render(userType, baseUrl);
      return listResponse({ resources, totalResults: resources.length, startIndex: 1 });
    }),
  );
  return async (request, reply) => {
    assertNoFilter(request);
    const json = jsonOf(await userTypeTold(adapter, request));
    return sendJson(reply, 200, json(adapter.baseUrlOf(request)));
  };
}

interface NamedDocuments {
  kind: string;
  documents(userType: ResourceTypeDefinition): [id: string, json: StaticJson][];
}

function serveOne(adapter: Adapter, { kind, documents }: NamedDocuments): Handler {
  const byIdOf = onceForEach(
    (userType) => new Map(documents(userType).map(([id, json]) => [id.toLowerCase(), { id, json }])),
  );
  return async (request, reply) => {
    assertNoFilter(request);
    const id = pathParameter(request, 'id') ?? '';
    const found = byIdOf(await userTypeTold(adapter, request)).get(id.toLowerCase());
    if (found === undefined) throw notFound(kind, id);
    const baseUrl = adapter.baseUrlOf(request);
    reply.header('content-location', `${baseUrl}/${kind}s/${found.id}`);
    return sendJson(reply, 200, found.json(baseUrl));
  };
}

/** What a User is for whoever asks: with the attributes of their account, and no password where nobody has one. */
const userTypeTold = ({ userTypes, settings }: Adapter, request: FastifyRequest) =>
  tellCaller(
    request,
    async (caller) => {
      const userType = await userTypes.of(caller);
      return (await settings(caller)).isStrict ? withoutPassword(userType) : userType;
    },
    userResourceType,
  );

const withoutPassword = onceForEach(
  (userType): ResourceTypeDefinition => ({
    ...userType,
    schema: {
      ...userType.schema,
      attributes: userType.schema.attributes.filter(({ name }) => name !== 'password'),
    },
  }),
);

/** What is made of a resource type, made once for each. */
function onceForEach<Made>(
  make: (userType: ResourceTypeDefinition) => Made,
): (userType: ResourceTypeDefinition) => Made {
  const made = new WeakMap<ResourceTypeDefinition, Made>();
  return (userType) => {
    const known = made.get(userType) ?? make(userType);
    made.set(userType, known);
    return known;
  };
}

/** RFC 7644 §4 answers a filter here with 403, so that no client takes the whole for a part. */
function assertNoFilter(request: FastifyRequest): void {
  if (searchQueryOf(request).filter === undefined) return;
  throw forbidden('A filter can not be used on this endpoint. Read it as a whole.');
}
