import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { USER, unique } from './conformance/samples.ts';
import { syncPasswords } from './password-sync.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

const PASSWORD = 'Kv7J2LEa!x9#';

const recordedSchema = z.object({
  id: z.string(),
  requestId: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  scimType: z.string().nullable(),
  detail: z.string().nullable(),
  resourceType: z.string().nullable(),
  resourceId: z.string().nullable(),
  resourceName: z.string().nullable(),
  requestBody: z.string().nullable(),
  responseBody: z.string().nullable(),
  userAgent: z.string().nullable(),
  connection: z.object({ name: z.string() }).nullable(),
  events: z.array(z.object({ type: z.string(), subject: z.object({ id: z.string() }) })),
});
const pageSchema = z.object({
  scimRequests: z.object({
    nodes: z.array(recordedSchema),
    pageInfo: z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() }),
  }),
});
const fields = `id requestId method path status scimType detail resourceType resourceId resourceName requestBody responseBody
  userAgent connection { name } events { type subject { id } }`;
const query = `query ($filter: ScimRequestFilterInput, $first: Int, $after: Cursor) {
  scimRequests(filter: $filter, first: $first, after: $after) { nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`;

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld(undefined, { recordsRequests: true });
  company = await server.company();
  await syncPasswords(company);
});
afterAll(() => server?.close());

const find = async (filter: object, page: object = {}, by = company) =>
  (await server.graphql(tokenOf(by.admin)).query(pageSchema, query, { filter, ...page })).scimRequests;

/** The request, as soon as it is recorded. */
const recorded = (requestId: string) =>
  vi.waitFor(
    async () => {
      const { nodes } = await find({ requestId });
      expect(nodes).toHaveLength(1);
      return z.tuple([recordedSchema]).parse(nodes)[0];
    },
    { timeout: 20_000 },
  );

const send = async (request: Parameters<Company['scim']['send']>[0]) => {
  const requestId = unique('request');
  const answer = await company.scim.send({ ...request, headers: { 'x-request-id': requestId } });
  return { answer, requestId };
};

const person = (userName: string) => ({ schemas: [USER], userName, password: PASSWORD });

test('a request is found by its id, with whom it is about, what it said without the password, and what it caused', async () => {
  const userName = unique('person');
  const { answer, requestId } = await send({ method: 'POST', path: '/Users', body: person(userName) });
  expect(answer.status).toBe(201);
  const found = await recorded(requestId);
  expect(found).toMatchObject({
    method: 'POST',
    path: `/scim/v2/${company.id}/Users`,
    status: 201,
    resourceType: 'User',
    resourceId: answer.body.id,
    resourceName: userName,
    detail: null,
    responseBody: answer.text,
    events: [{ type: 'USER_CREATED', subject: { id: answer.body.id } }],
  });
  expect(JSON.parse(found.requestBody ?? '')).toEqual({ ...person(userName), password: '***' });
  expect(found.connection?.name).toBeTruthy();
  const { nodes } = await find({ about: answer.body.id, method: 'post', statusClass: 'SUCCESS' });
  expect(nodes.map((each) => each.requestId)).toEqual([requestId]);
});

test('a request that is refused is found by its error, by whom it names and by its path', async () => {
  const userName = unique('taken');
  await company.scim.create('Users', person(userName));
  const { answer, requestId } = await send({ method: 'POST', path: '/Users', body: person(userName) });
  expect(answer.status).toBe(409);
  const { detail } = await recorded(requestId);
  expect(detail).toBe(answer.body.detail);
  for (const filter of [
    { text: String(detail).slice(3, 30).toUpperCase() },
    { text: userName },
    { path: '/users' },
  ])
    expect(await find({ ...filter, statusClass: 'CLIENT_ERROR', requestId })).toMatchObject({
      nodes: [{ status: 409, scimType: 'uniqueness', resourceName: userName, resourceId: null, events: [] }],
    });
  expect((await find({ requestId, path: userName })).nodes).toEqual([]);
  expect((await find({ requestId, statusClass: 'SERVER_ERROR' })).nodes).toEqual([]);
});

test('pages follow each other, newest first', async () => {
  const path = `/Users/${crypto.randomUUID()}`;
  const ids: string[] = [];
  for (let each = 0; each < 5; each += 1) ids.unshift((await send({ path })).requestId);
  await recorded(ids[0] ?? '');
  const first = await find({ path }, { first: 3 });
  const second = await find({ path }, { first: 3, after: first.pageInfo.endCursor });
  expect([...first.nodes, ...second.nodes].map(({ requestId }) => requestId)).toEqual(ids);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

test("requests are nobody else's, nor for who may not see events", async () => {
  const { requestId } = await send({ path: '/Users?count=1' });
  const { id } = await recorded(requestId);
  const other = await server.company();
  expect((await find({ requestId }, {}, other)).nodes).toEqual([]);
  const node = 'query ($id: ID!) { node(id: $id) { __typename id } }';
  const nodeFor = async (token: string) => (await server.graphql(token).ask(node, { id })).data;
  expect(await nodeFor(tokenOf(company.admin))).toEqual({ node: { __typename: 'ScimRequest', id } });
  expect(await nodeFor(tokenOf(other.admin))).toEqual({ node: null });
  const narrow = tokenOf(await company.withPermissions('users:read', 'connections:read'));
  expect(await nodeFor(narrow)).toEqual({ node: null });
  expect((await server.graphql(narrow).ask(query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('whoever made a token up is recorded with nobody', async () => {
  const requestId = unique('request');
  const { status } = await server.app
    .inject({
      url: `/scim/v2/${company.id}/Users`,
      headers: { authorization: `Bearer rc_scim_${'0'.repeat(83)}`, 'x-request-id': requestId },
    })
    .then(({ statusCode }) => ({ status: statusCode }));
  expect(status).toBe(401);
  const later = await send({ path: '/Users?count=1' });
  await recorded(later.requestId);
  expect((await find({ requestId })).nodes).toEqual([]);
});

test('no secret is in what was recorded, whichever way it came', async () => {
  const { id } = await company.scim.create('Users', person(unique('person')));
  const path = `/Users/${id}`;
  const patch = (operation: object) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [operation],
  });
  const bulk = { method: 'POST', path: '/Users', bulkId: '1', data: person(unique('person')) };
  const requests = [
    { method: 'POST', path: '/Users', body: person(unique('person')) },
    { method: 'PUT', path, body: person(unique('person')) },
    { method: 'PATCH', path, body: patch({ op: 'replace', path: 'password', value: PASSWORD }) },
    { method: 'PATCH', path, body: patch({ op: 'replace', path: `${USER}:password`, value: PASSWORD }) },
    { method: 'PATCH', path, body: patch({ op: 'replace', value: { password: PASSWORD } }) },
    {
      method: 'PATCH',
      path,
      body: patch({ op: 'replace', path: `password[value eq "${PASSWORD}"]`, value: 1 }),
    },
    { method: 'POST', path: '/Users', body: { password: PASSWORD, userName: PASSWORD.repeat(200) } },
    { path: `/Users?filter=password eq "${PASSWORD.replace('#', '%23')}"` },
    { path: `/Users?filter=userName eq "${company.idp.token}"` },
    { method: 'POST', path: '/Users/.search', body: { filter: `password eq "${PASSWORD}"` } },
    { method: 'POST', path: '/Users', body: `{"password":"${PASSWORD}",` },
    {
      method: 'POST',
      path: '/Bulk',
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: [bulk] },
    },
  ];
  let last = '';
  for (const request of requests) last = (await send(request)).requestId;
  await recorded(last);
  const rows = await server.core.database.pool.query('SELECT to_jsonb(r)::text AS row FROM scim_requests r');
  expect(rows.rows.length).toBeGreaterThan(requests.length);
  const secret = company.idp.token.slice(-51, -8);
  for (const { row } of rows.rows) {
    expect(row).not.toContain('Kv7J2LEa');
    expect(row).not.toContain(secret);
  }
});

test.each([
  ['NONE', { refused: false, done: false }],
  ['ERRORS', { refused: true, done: false }],
])('bodies are kept as the account wants: %s', async (capture, has) => {
  const { pool } = server.core.database;
  await pool.query('UPDATE accounts SET request_capture = $2 WHERE id = $1', [company.id, capture]);
  const done = await send({ method: 'POST', path: '/Users', body: person(unique('person')) });
  const refused = await send({ method: 'POST', path: '/Users', body: { schemas: [USER] } });
  const bodies = async (requestId: string) => {
    const { requestBody, responseBody, status } = await recorded(requestId);
    return { status, has: requestBody !== null || responseBody !== null };
  };
  expect(await bodies(done.requestId)).toEqual({ status: 201, has: has.done });
  expect(await bodies(refused.requestId)).toEqual({ status: 400, has: has.refused });
  await pool.query(`UPDATE accounts SET request_capture = 'ALL' WHERE id = $1`, [company.id]);
});

test('requests are answered while none can be recorded, and are recorded once, afterwards', async () => {
  const blocker = await server.core.database.pool.connect();
  await blocker.query('BEGIN; LOCK TABLE scim_requests IN ACCESS EXCLUSIVE MODE');
  const sent: string[] = [];
  try {
    for (let each = 0; each < 20; each += 1) {
      const { answer, requestId } = await send({ path: '/Users?count=1' });
      expect(answer.status).toBe(200);
      sent.push(requestId);
    }
  } finally {
    await blocker.query('ROLLBACK');
    blocker.release();
  }
  for (const requestId of sent) await recorded(requestId);
});
