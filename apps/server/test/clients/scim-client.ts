import type { OutgoingHttpHeaders } from 'node:http';
import type { JsonObject } from '@rollcall/scim-protocol';
import { z } from 'zod';
import { describeExchange, exchange, type HttpAnswer } from './http-exchange.ts';
import { type Allowance, breachesOf, jsonObjectOf } from './scim-duties.ts';

export interface ScimRequest {
  readonly method?: string;
  /** Below the base URL; what a URL can not hold is escaped, and an escape stays one. */
  readonly path: string;
  /** Sent as it is when it is text or bytes, and as JSON otherwise. */
  readonly body?: unknown;
  readonly headers?: OutgoingHttpHeaders;
}

export interface ScimAnswer extends HttpAnswer {
  readonly body: JsonObject;
}

const resourceSchema = z
  .object({
    id: z.string(),
    meta: z
      .object({ resourceType: z.string(), location: z.string(), version: z.string() })
      .catchall(z.json()),
  })
  .catchall(z.json());
const listSchema = z.object({
  schemas: z.tuple([z.literal('urn:ietf:params:scim:api:messages:2.0:ListResponse')]),
  totalResults: z.int(),
  itemsPerPage: z.int(),
  startIndex: z.int(),
  Resources: z.array(z.record(z.string(), z.json())),
});

/** A whole resource; what an answer shows of it besides is read by name. */
export type ScimResource = z.infer<typeof resourceSchema>;
export type ScimList = z.infer<typeof listSchema>;

/** Speaks SCIM to one base URL, and fails loudly at an answer that no SCIM server may give. */
export interface ScimClient {
  /** Where the endpoints are, without a slash at the end. */
  readonly baseUrl: string;
  /** Any answer that keeps the protocol's duties. */
  send(request: ScimRequest): Promise<ScimAnswer>;
  /** The answer when it has this status. */
  expect(status: number, request: ScimRequest): Promise<ScimAnswer>;
  create(type: 'Users' | 'Groups', resource: object): Promise<ScimResource>;
  read(path: string): Promise<ScimResource>;
  list(path: string, query?: Readonly<Record<string, string | number>>): Promise<ScimList>;
  patch(path: string, ...operations: object[]): Promise<ScimAnswer>;
}

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The body of a PATCH. */
export const patchOf = (...operations: object[]) => ({ schemas: [PATCH_OP], Operations: operations });

/** A client of the base URL `origin + prefix` with a token. */
export function scimClient(origin: string, prefix: string, token: string, allowance?: Allowance): ScimClient {
  async function send({ method = 'GET', path, body, headers }: ScimRequest): Promise<ScimAnswer> {
    const request = {
      method,
      path: prefix + escapePath(path),
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/scim+json',
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      body: bodyOf(body),
    };
    const answer = await exchange(origin, request);
    const breaches = breachesOf(answer, allowance);
    if (breaches.length > 0) throw new Error(breaches.join(', ') + describeExchange(request, answer));
    return { ...answer, body: jsonObjectOf(answer.text) ?? {} };
  }

  async function expectStatus(status: number, request: ScimRequest): Promise<ScimAnswer> {
    const answer = await send(request);
    if (answer.status === status) return answer;
    const { method = 'GET', path, body } = request;
    const sent = { method, path, body: body === undefined ? undefined : JSON.stringify(body) };
    throw new Error(`${status} was expected:${describeExchange(sent, answer)}`);
  }

  return {
    baseUrl: origin + prefix,
    send,
    expect: expectStatus,
    create: async (type, resource) =>
      asResource(await expectStatus(201, { method: 'POST', path: `/${type}`, body: resource })),
    read: async (path) => asResource(await expectStatus(200, { path })),
    list: async (path, query = {}) => {
      const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
      return listSchema.parse((await expectStatus(200, { path: `${path}?${search}` })).body);
    },
    patch: (path, ...operations) => send({ method: 'PATCH', path, body: patchOf(...operations) }),
  };
}

const bodyOf = (body: unknown): string | Buffer | undefined =>
  body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);

const asResource = ({ body }: ScimAnswer): ScimResource => resourceSchema.parse(body);

const escapePath = (path: string): string =>
  path.replaceAll(/[^\x21-\x7e]|["<>\\^`{|}]/gu, (character) => encodeURIComponent(character));
