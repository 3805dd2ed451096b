import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patchOf } from './clients/scim-client.ts';
import { GROUP, USER, unique } from './conformance/samples.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

type Type = 'Users' | 'Groups';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server?.close());

const bodyOf = (type: Type) =>
  type === 'Users'
    ? { schemas: [USER], userName: unique('etag') }
    : { schemas: [GROUP], displayName: unique('etag') };

async function create(type: Type) {
  const resource = await company.scim.create(type, bodyOf(type));
  return { path: `/${type}/${resource.id}`, version: resource.meta.version };
}

const externalId = () => patchOf({ op: 'replace', path: 'externalId', value: unique('e') });

describe.each(['Users', 'Groups'] as const)('versions of %s (RFC 7644 §3.14)', (type) => {
  test('are weak, and the same in header, resource and list', async () => {
    const { scim } = company;
    const answer = await scim.expect(201, { method: 'POST', path: `/${type}`, body: bodyOf(type) });
    const { meta, id } = answer.body;
    expect(answer.headers.etag).toMatch(/^W\/"\d+"$/);
    expect(Object(meta).version).toBe(answer.headers.etag);
    const list = await scim.list(`/${type}`, { filter: `id eq "${id}"` });
    expect(list.Resources).toMatchObject([{ meta: { version: answer.headers.etag } }]);
  });

  test('If-Match on GET refuses another version', async () => {
    const { path, version } = await create(type);
    await company.scim.expect(200, { path, headers: { 'if-match': `"77", ${version}` } });
    await company.scim.expect(200, { path, headers: { 'if-match': '*' } });
    await company.scim.expect(412, { path, headers: { 'if-match': 'W/"77"' } });
  });

  test('If-None-Match * on GET says only that the resource is there', async () => {
    const { path } = await create(type);
    await company.scim.expect(304, { path, headers: { 'if-none-match': '*' } });
    const gone = `/${type}/01950000-0000-7000-8000-000000000000`;
    await company.scim.expect(404, { path: gone, headers: { 'if-none-match': '*' } });
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('If-None-Match refuses a %s of that version', async (method) => {
    const { path, version } = await create(type);
    const body = method === 'PUT' ? bodyOf(type) : method === 'PATCH' ? externalId() : undefined;
    for (const given of ['*', version, `W/"77", ${version}`]) {
      await company.scim.expect(412, { method, path, body, headers: { 'if-none-match': given } });
    }
    expect((await company.scim.read(path)).meta.version).toBe(version);
    const done = await company.scim.send({ method, path, body, headers: { 'if-none-match': 'W/"77"' } });
    expect(done.status).toBeLessThan(300);
    const gone = `/${type}/01950000-0000-7000-8000-000000000000`;
    await company.scim.expect(404, { method, path: gone, body, headers: { 'if-none-match': '*' } });
  });

  test('a write tells the new version', async () => {
    const { path, version } = await create(type);
    const patched = await company.scim.send({ method: 'PATCH', path, body: externalId() });
    expect(patched.headers.etag).toMatch(/^W\/"\d+"$/);
    expect(patched.headers.etag).not.toBe(version);
    const headers = { 'if-match': patched.headers.etag };
    const put = await company.scim.expect(200, { method: 'PUT', path, body: bodyOf(type), headers });
    expect(put.headers.etag).toBe(Object(put.body.meta).version);
    await company.scim.expect(412, { method: 'PATCH', path, body: externalId(), headers });
  });
});

test('a group has another version when its members change, and none when nothing does', async () => {
  const [user, group] = [await create('Users'), await create('Groups')];
  const add = { op: 'add', path: 'members', value: [{ value: user.path.split('/').at(-1) }] };
  const joined = await company.scim.patch(group.path, add);
  expect(joined.headers.etag).not.toBe(group.version);
  expect((await company.scim.patch(group.path, add)).headers.etag).toBe(joined.headers.etag);
});
