import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patchOf } from './clients/scim-client.ts';
import { USER, unique } from './conformance/samples.ts';
import { syncPasswords } from './password-sync.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
  await syncPasswords(company);
});
afterAll(() => server?.close());

const password = 'correct horse battery';

async function entersWith(email: string, secret: string): Promise<boolean> {
  const { errors } = await server
    .graphql()
    .ask('mutation ($input: SignInInput!) { signIn(input: $input) { secret } }', {
      input: { email, password: secret },
    });
  return errors === undefined;
}

const replace = (value: object) => patchOf({ op: 'replace', value });
const bulkOf = (operation: object) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
  Operations: [operation],
});

describe('an identity provider does not become the admin', () => {
  const admin = () => `/Users/${company.adminId}`;

  const doors: [string, () => { method: string; path: string; body: object }][] = [
    ['PATCH password', () => ({ method: 'PATCH', path: admin(), body: replace({ password }) })],
    [
      'PATCH userName',
      () => ({ method: 'PATCH', path: admin(), body: replace({ userName: unique('ada') }) }),
    ],
    [
      'PATCH by path, beside something harmless',
      () => ({
        method: 'PATCH',
        path: admin(),
        body: patchOf(
          { op: 'replace', path: 'title', value: 'Countess' },
          { op: 'add', path: 'password', value: password },
        ),
      }),
    ],
    [
      'PATCH that removes',
      () => ({ method: 'PATCH', path: admin(), body: patchOf({ op: 'remove', path: 'password' }) }),
    ],
    [
      'PATCH that is read first',
      () => ({
        method: 'PATCH',
        path: admin(),
        body: patchOf(
          { op: 'add', path: 'emails[type eq "work"].value', value: 'x@example.com' },
          { op: 'replace', path: 'password', value: password },
        ),
      }),
    ],
    [
      'PUT password',
      () => ({
        method: 'PUT',
        path: admin(),
        body: { schemas: [USER], userName: company.adminEmail, password },
      }),
    ],
    [
      'PUT userName',
      () => ({ method: 'PUT', path: admin(), body: { schemas: [USER], userName: unique('ada') } }),
    ],
  ];

  test.each(doors)('by %s', async (_, request) => {
    const { body } = await company.scim.expect(403, request());
    expect(body.detail).toMatch(/default roles allow.*An admin does/);
    expect(await entersWith(company.adminEmail, password)).toBe(false);
    expect(await entersWith(company.adminEmail, company.adminPassword)).toBe(true);
    expect(await company.scim.read(admin())).not.toHaveProperty('title');
  });

  test.each(doors)('by %s within a bulk', async (_, request) => {
    const { method, path, body } = request();
    const { body: answer } = await company.scim.expect(200, {
      method: 'POST',
      path: '/Bulk',
      body: bulkOf({ method, path, data: body }),
    });
    expect(answer.Operations).toMatchObject([{ status: '403' }]);
    expect(await entersWith(company.adminEmail, company.adminPassword)).toBe(true);
  });

  test('and provisions the rest of them', async () => {
    const body = { schemas: [USER], userName: company.adminEmail, title: 'Countess' };
    await company.scim.expect(200, { method: 'PUT', path: admin(), body });
    await company.scim.expect(200, { method: 'PATCH', path: admin(), body: replace({ title: null }) });
  });
});

test('people who may do what everybody may are renamed and get their passwords', async () => {
  const [before, after] = [unique('maiden'), unique('married')];
  const { id } = await company.scim.create('Users', { schemas: [USER], userName: before, password });
  await company.scim.patch(`/Users/${id}`, {
    op: 'replace',
    value: { userName: after, password: `${password}!` },
  });
  expect(await entersWith(after, `${password}!`)).toBe(true);
});

describe('a connection that sets no passwords', () => {
  let other: Company;
  beforeAll(async () => {
    other = await server.company();
  });

  const refusedPasswords = async (id: unknown) => {
    const { events } = await other.admin.query<{
      events: { nodes: { changes: { field: string; after: string }[] }[] };
    }>('query ($id: ID!) { events(filter: { subjectId: $id }) { nodes { changes { field after } } } }', {
      id,
    });
    return events.nodes.flatMap(({ changes }) => changes).filter(({ field }) => field === 'refusedPassword');
  };

  test('creates people without the placeholder that comes along, and the event says why', async () => {
    const userName = unique('new');
    const { id } = await other.scim.create('Users', { schemas: [USER], userName, password });
    const bulked = unique('bulked');
    const { body } = await other.scim.expect(200, {
      method: 'POST',
      path: '/Bulk',
      body: bulkOf({
        method: 'POST',
        path: '/Users',
        bulkId: 'b',
        data: { schemas: [USER], userName: bulked, password },
      }),
    });
    const [created] = Object(body).Operations;
    expect(created).toMatchObject({ status: '201' });
    for (const each of [id, created.location.split('/').at(-1)])
      expect(await refusedPasswords(each)).toMatchObject([
        { after: expect.stringContaining('this connection sets no passwords') },
      ]);
    for (const each of [userName, bulked]) expect(await entersWith(each, password)).toBe(false);
  });

  test.each(['PUT', 'PATCH'])('refuses the one that is meant, by %s, and says what to do', async (method) => {
    const userName = unique('old');
    const { id } = await other.scim.create('Users', { schemas: [USER], userName });
    const body =
      method === 'PUT'
        ? { schemas: [USER], userName, title: 'x', password }
        : replace({ title: 'x', password });
    const answer = await other.scim.expect(400, { method, path: `/Users/${id}`, body });
    expect(answer.body).toMatchObject({
      scimType: 'invalidValue',
      detail: expect.stringMatching(/^password: .*Switch on its password sync/),
    });
    expect(await other.scim.read(`/Users/${id}`)).not.toHaveProperty('title');
  });
});
