import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { applyOperation, isObject, patchSchema, type Stored } from './patch-resource.ts';

/** A request as it came. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What to do instead of answering truthfully, if anything; both resets break the connection. */
export type Fault = (
  request: Received,
) =>
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | 'reset before the work'
  | 'reset after the work'
  | undefined;

/** A SCIM server that keeps everything in memory, for one test. */
export interface InMemoryScim {
  readonly url: string;
  readonly token: string;
  readonly users: Map<string, Stored>;
  readonly groups: Map<string, Stored>;
  readonly received: Received[];
  fault: Fault;
  close(): Promise<void>;
}

const BASE = '/scim/v2/acme';
const NAME_OF = { Users: 'userName', Groups: 'displayName' } as const;
type Collection = keyof typeof NAME_OF;

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** Starts a server on a free port. */
export async function startInMemoryScim(): Promise<InMemoryScim> {
  const app = Fastify({ bodyLimit: 16 * 1024 * 1024, forceCloseConnections: true });
  const server: InMemoryScim = {
    url: '',
    token: `secret-${randomUUID()}`,
    users: new Map(),
    groups: new Map(),
    received: [],
    fault: () => undefined,
    close: () => app.close(),
  };
  acceptScimJson(app);
  guard(app, server);
  mount(app, 'Users', server.users, server);
  mount(app, 'Groups', server.groups, server);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return Object.assign(server, { url: `${origin}${BASE}` });
}

function acceptScimJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/scim+json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, JSON.parse(String(body)));
  });
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Refusal ? error.status : 400;
    const detail = error instanceof Error ? error.message : String(error);
    return scim(reply, status, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      detail,
    });
  });
}

function guard(app: FastifyInstance, server: InMemoryScim): void {
  const doomed = new WeakSet<object>();
  app.addHook('onSend', async (request) => {
    if (doomed.has(request.raw)) request.raw.socket.destroy();
  });
  app.addHook('preHandler', async (request, reply) => {
    const { method, url, headers, body } = request;
    server.received.push({ method, url, headers, body });
    const fault = server.fault({ method, url, headers, body });
    if (fault === 'reset before the work') {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    if (fault === 'reset after the work') doomed.add(request.raw);
    else if (fault !== undefined)
      return reply
        .status(fault.status)
        .headers(fault.headers ?? {})
        .send(fault.body ?? 'out of order');
    if (headers.authorization !== `Bearer ${server.token}`) throw new Refusal(401, 'unknown token');
    if (JSON.stringify(body ?? {}).includes(':null')) throw new Refusal(400, 'null was sent');
    return undefined;
  });
}

function mount(
  app: FastifyInstance,
  collection: Collection,
  store: Map<string, Stored>,
  server: InMemoryScim,
): void {
  const path = `${BASE}/${collection}`;
  const find = (request: FastifyRequest) => {
    const id = isObject(request.params) ? request.params.id : undefined;
    const resource = store.get(String(id));
    if (resource === undefined) throw new Refusal(404, 'not found');
    return resource;
  };
  const keep = (resource: Stored) => {
    assertValid(collection, resource, store, server);
    store.set(String(resource.id), resource);
    return resource;
  };
  app.get(path, (request, reply) => scim(reply, 200, list(request, collection, store)));
  app.get(`${path}/:id`, (request, reply) => scim(reply, 200, find(request)));
  app.post(path, (request, reply) => scim(reply, 201, keep(created(request.body, collection))));
  app.put(`${path}/:id`, (request, reply) => {
    const { id, meta } = find(request);
    if (!isObject(request.body) || request.body.id !== id) throw new Refusal(400, 'PUT needs the id');
    return scim(reply, 200, keep({ ...request.body, id, meta }));
  });
  app.patch(`${path}/:id`, (request, reply) => {
    const changed = structuredClone(find(request));
    for (const operation of patchSchema.parse(request.body).Operations) applyOperation(changed, operation);
    keep(changed);
    return collection === 'Users' ? scim(reply, 200, changed) : reply.status(204).send();
  });
}

function created(body: unknown, collection: Collection): Stored {
  if (!isObject(body)) throw new Refusal(400, 'a resource is an object');
  const { password: _password, groups: _groups, ...kept } = body;
  return { ...kept, id: randomUUID(), meta: { resourceType: collection.slice(0, -1) } };
}

function assertValid(
  collection: Collection,
  resource: Stored,
  store: Map<string, Stored>,
  server: InMemoryScim,
): void {
  const name = NAME_OF[collection];
  for (const other of store.values()) {
    if (other.id !== resource.id && same(other[name], resource[name]))
      throw new Refusal(409, `${name} is taken`);
  }
  const members = Array.isArray(resource.members) ? resource.members : [];
  for (const member of members) {
    if (!server.users.has(String(member.value))) throw new Refusal(400, 'a member is unknown');
  }
}

function list(request: FastifyRequest, collection: Collection, store: Map<string, Stored>): Stored {
  const query = isObject(request.query) ? request.query : {};
  const [, attribute, literal] = /^(\w+) eq (".*")$/.exec(String(query.filter ?? '')) ?? [];
  if (query.filter !== undefined && attribute !== NAME_OF[collection])
    throw new Refusal(400, 'unknown filter');
  const found = [...store.values()].filter(
    (resource) => literal === undefined || same(resource[NAME_OF[collection]], JSON.parse(literal)),
  );
  const page = found.slice(0, Number(query.count ?? 100)).map((resource) => {
    const { members, ...rest } = resource;
    return query.excludedAttributes === 'members' ? rest : resource;
  });
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: found.length,
    itemsPerPage: page.length,
    startIndex: 1,
    Resources: page,
  };
}

function same(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}

function scim(reply: FastifyReply, status: number, body: Stored): FastifyReply {
  return reply.status(status).type('application/scim+json').send(JSON.stringify(body));
}
