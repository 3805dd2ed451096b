import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patchOf } from './clients/scim-client.ts';
import { ENTERPRISE, GROUP, USER, unique } from './conformance/samples.ts';
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

  test('a write whose answer has the resource tells the new version', async () => {
    const { path, version } = await create(type);
    const prefer = { prefer: 'return=representation' };
    const patched = await company.scim.expect(200, {
      method: 'PATCH',
      path,
      body: externalId(),
      headers: prefer,
    });
    expect(patched.headers.etag).toMatch(/^W\/"\d+"$/);
    expect(patched.headers.etag).not.toBe(version);
    const headers = { 'if-match': patched.headers.etag };
    const put = await company.scim.expect(200, { method: 'PUT', path, body: bodyOf(type), headers });
    expect(put.headers.etag).toBe(Object(put.body.meta).version);
    await company.scim.expect(412, { method: 'PATCH', path, body: externalId(), headers });
  });
});

const member = ({ path }: { path: string }) => ({ value: path.split('/').at(-1) });

/** Reads with the tag that was handed out for what was shown before. */
async function readAgain(path: string, etag: string | undefined) {
  const answer = await company.scim.send({ path, headers: { 'if-none-match': etag ?? '"none"' } });
  return { ...answer, etag: answer.headers.etag };
}

test.each(['Users', 'Groups'] as const)(
  'a PATCH of %s that is answered without them has no tag, for a GET shows more than was read',
  async (type) => {
    const { scim } = company;
    const { path } = await create(type);
    for (const body of [externalId(), patchOf({ op: 'remove', path: 'externalId' })]) {
      const headers = { prefer: 'return=minimal' };
      const answer = await scim.expect(204, { method: 'PATCH', path, body, headers });
      expect(answer.headers).not.toHaveProperty('etag');
    }
  },
);

describe('what a resource shows of others is never stale (RFC 9110 §8.8)', () => {
  test('a user who joins a group, or whose group is renamed', async () => {
    const { scim } = company;
    const [user, group] = [await create('Users'), await create('Groups')];
    const before = await readAgain(user.path, undefined);
    await scim.patch(group.path, { op: 'add', path: 'members', value: [member(user)] });
    const joined = await readAgain(user.path, before.etag);
    expect([joined.status, joined.body.groups]).toMatchObject([200, [member(group)]]);
    expect(Object(joined.body.meta).version).toBe(joined.etag);
    await scim.patch(group.path, { op: 'replace', path: 'displayName', value: unique('Renamed') });
    const renamed = await readAgain(user.path, joined.etag);
    expect(renamed.status).toBe(200);
    expect((await readAgain(user.path, renamed.etag)).status).toBe(304);
    const { Resources } = await scim.list('/Users', { filter: `id eq "${member(user).value}"` });
    expect(Resources).toMatchObject([{ meta: { version: renamed.etag } }]);
  });

  test('a report whose manager is renamed', async () => {
    const { scim } = company;
    const [boss, report] = [await create('Users'), await create('Users')];
    const manager = { op: 'add', path: `${ENTERPRISE}:manager`, value: member(boss).value };
    await scim.patch(report.path, manager);
    await scim.patch(boss.path, { op: 'replace', path: 'displayName', value: 'Ada' });
    const before = await readAgain(report.path, undefined);
    await scim.patch(boss.path, { op: 'replace', path: 'displayName', value: 'Augusta' });
    const after = await readAgain(report.path, before.etag);
    expect([after.status, after.body[ENTERPRISE]]).toMatchObject([
      200,
      { manager: { displayName: 'Augusta' } },
    ]);
  });

  test('a group whose member is renamed', async () => {
    const { scim } = company;
    const [user, group] = [await create('Users'), await create('Groups')];
    await scim.patch(group.path, { op: 'add', path: 'members', value: [member(user)] });
    const before = await readAgain(group.path, undefined);
    await scim.patch(user.path, { op: 'replace', path: 'displayName', value: 'Augusta' });
    const after = await readAgain(group.path, before.etag);
    expect([after.status, after.body.members]).toMatchObject([200, [{ display: 'Augusta' }]]);
    // Without the members nothing of that is shown, and nothing has changed.
    const bare = `${group.path}?excludedAttributes=members`;
    const tag = (await readAgain(bare, undefined)).etag;
    await scim.patch(user.path, { op: 'replace', path: 'displayName', value: 'Ada' });
    expect((await readAgain(bare, tag)).status).toBe(304);
  });

  test('a person of whom a custom attribute is called otherwise', async () => {
    const { scim, admin } = company;
    const schema = 'urn:example:etag:1.0:User';
    const { createCustomAttribute } = await admin.query<{
      createCustomAttribute: { customAttribute: { id: string } };
    }>(
      `mutation ($schema: String!) {
        createCustomAttribute(input: { schema: $schema, name: "badge", type: STRING }) { customAttribute { id } }
      }`,
      { schema },
    );
    const { id } = createCustomAttribute.customAttribute;
    const user = await scim.create('Users', { ...bodyOf('Users'), [schema]: { badge: '7' } });
    const path = `/Users/${user.id}`;
    const before = await readAgain(path, undefined);
    expect((await readAgain(path, before.etag)).status).toBe(304);
    await admin.query(
      `mutation ($id: ID!) { updateCustomAttribute(input: { id: $id, name: "pass" }) { customAttribute { id } } }`,
      { id },
    );
    const renamed = await readAgain(path, before.etag);
    expect([renamed.status, renamed.body[schema]]).toEqual([200, { pass: '7' }]);
    await admin.query(
      `mutation ($id: ID!) { deleteCustomAttribute(input: { id: $id }) { deletedCustomAttributeId } }`,
      { id },
    );
    const deleted = await readAgain(path, renamed.etag);
    expect([deleted.status, deleted.body[schema]]).toEqual([200, undefined]);
  });

  test('a group without its members, when it was asked for so', async () => {
    const { scim } = company;
    const [user, group] = [await create('Users'), await create('Groups')];
    await scim.patch(group.path, { op: 'add', path: 'members', value: [member(user)] });
    const bare = `${group.path}?excludedAttributes=members`;
    // Of a member of no such type there is none to remove: read as a whole, and nothing changes.
    const body = patchOf({ op: 'remove', path: 'members[type eq "Group"]' });
    const headers = { prefer: 'return=representation' };
    const patched = await scim.expect(200, { method: 'PATCH', path: bare, body, headers });
    expect(patched.headers.etag).toBe((await readAgain(bare, undefined)).etag);
  });

  test('the tag of before is good for a write all the same, for nobody else wrote', async () => {
    const { scim } = company;
    const [user, group] = [await create('Users'), await create('Groups')];
    const { etag } = await readAgain(user.path, undefined);
    await scim.patch(group.path, { op: 'add', path: 'members', value: [member(user)] });
    const joined = (await readAgain(user.path, undefined)).etag;
    for (const tag of [etag, joined]) {
      const headers = { 'if-match': tag };
      const body = patchOf({ op: 'remove', path: 'title' });
      await scim.expect(200, { method: 'PATCH', path: user.path, body, headers });
    }
    const written = await scim.expect(200, { method: 'PATCH', path: user.path, body: externalId() });
    await scim.expect(412, {
      method: 'PATCH',
      path: user.path,
      body: externalId(),
      headers: { 'if-match': joined },
    });
    expect(written.headers.etag).toBe((await readAgain(user.path, undefined)).etag);
  });

  test('the answer to a POST of a group is that to a GET', async () => {
    const { scim } = company;
    const [user, nested] = [await create('Users'), await create('Groups')];
    const body = { ...bodyOf('Groups'), members: [member(user), member(nested)] };
    const created = await scim.expect(201, { method: 'POST', path: '/Groups', body });
    const read = await scim.expect(200, { path: `/Groups/${created.body.id}` });
    expect(created.body).toEqual(read.body);
    expect(created.headers.etag).toBe(read.headers.etag);
    expect(created.body.members).toMatchObject([{ display: expect.any(String) }, { type: 'Group' }]);
  });
});

test('a group has another version when its members change, and none when nothing does', async () => {
  const [user, group] = [await create('Users'), await create('Groups')];
  const add = { op: 'add', path: 'members', value: [{ value: user.path.split('/').at(-1) }] };
  await company.scim.patch(group.path, add);
  const joined = await readAgain(group.path, group.version);
  expect(joined.status).toBe(200);
  await company.scim.patch(group.path, add);
  expect((await readAgain(group.path, joined.etag)).status).toBe(304);
});
