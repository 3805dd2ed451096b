import {
  enterpriseUserSchema,
  forbidden,
  groupResourceType,
  groupSchema,
  type JsonObject,
  listResponse,
  notFound,
  renderResourceType,
  renderSchema,
  resourceTypeSchema,
  schemaSchema,
  serviceProviderConfigSchema,
  userResourceType,
  userSchema,
} from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../adapter.ts';
import { pathParameter } from '../base-url.ts';
import { searchQueryOf } from '../http/query.ts';
import { sendJson } from '../http/send.ts';
import { renderServiceProviderConfig } from './service-provider-config.ts';
import { type StaticJson, staticJson } from './static-json.ts';

const resourceTypes = [userResourceType, groupResourceType];
const resourceSchemas = [userSchema, groupSchema, enterpriseUserSchema];
/** Served by their URN, and left out of the list: they describe no resource that could be provisioned. */
const protocolSchemas = [serviceProviderConfigSchema, resourceTypeSchema, schemaSchema];

/** GET /ServiceProviderConfig (RFC 7644 §4). */
export const getServiceProviderConfig: Endpoint = ({ limits, baseUrlOf }) => {
  const json = staticJson((baseUrl) => renderServiceProviderConfig(limits, baseUrl));
  return (request, reply) => {
    assertNoFilter(request);
    return sendJson(reply, 200, json(baseUrlOf(request)));
  };
};

/** GET /ResourceTypes (RFC 7644 §4). */
export const listResourceTypes: Endpoint = ({ baseUrlOf }) =>
  serveList(baseUrlOf, (baseUrl) => resourceTypes.map((type) => renderResourceType(type, baseUrl)));

/** GET /ResourceTypes/{id}. */
export const getResourceType: Endpoint = ({ baseUrlOf }) =>
  serveOne(baseUrlOf, {
    kind: 'ResourceType',
    documents: resourceTypes.map((type) => [
      type.id,
      staticJson((baseUrl) => renderResourceType(type, baseUrl)),
    ]),
  });

/** GET /Schemas (RFC 7644 §4). */
export const listSchemas: Endpoint = ({ baseUrlOf }) =>
  serveList(baseUrlOf, (baseUrl) => resourceSchemas.map((schema) => renderSchema(schema, baseUrl)));

/** GET /Schemas/{urn}. */
export const getSchema: Endpoint = ({ baseUrlOf }) =>
  serveOne(baseUrlOf, {
    kind: 'Schema',
    documents: [...resourceSchemas, ...protocolSchemas].map((schema) => [
      schema.id,
      staticJson((baseUrl) => renderSchema(schema, baseUrl)),
    ]),
  });

type BaseUrlOf = (request: FastifyRequest) => string;

function serveList(baseUrlOf: BaseUrlOf, render: (baseUrl: string) => JsonObject[]): ReturnType<Endpoint> {
  const json = staticJson((baseUrl) => {
    const resources = render(baseUrl);
    return listResponse({ resources, totalResults: resources.length, startIndex: 1 });
  });
  return (request, reply) => {
    assertNoFilter(request);
    return sendJson(reply, 200, json(baseUrlOf(request)));
  };
}

interface NamedDocuments {
  kind: string;
  documents: [id: string, json: StaticJson][];
}

function serveOne(baseUrlOf: BaseUrlOf, { kind, documents }: NamedDocuments): ReturnType<Endpoint> {
  const byId = new Map(documents.map(([id, json]) => [id.toLowerCase(), json]));
  return (request, reply) => {
    assertNoFilter(request);
    const id = pathParameter(request, 'id') ?? '';
    const json = byId.get(id.toLowerCase());
    if (json === undefined) throw notFound(kind, id);
    return sendJson(reply, 200, json(baseUrlOf(request)));
  };
}

/** RFC 7644 §4 answers a filter here with 403, so that no client takes the whole for a part. */
function assertNoFilter(request: FastifyRequest): void {
  if (searchQueryOf(request).filter === undefined) return;
  throw forbidden('A filter can not be used on this endpoint. Read it as a whole.');
}
