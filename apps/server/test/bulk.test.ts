import { isJsonObject, type JsonObject } from '@rollcall/scim-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GROUP, USER, unique } from './conformance/samples.ts';
import { type Endpoint, inProcess, overHttp } from './conformance/transport.ts';
import type { Company } from './world.ts';

const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const bulkOf = (Operations: object[], failOnErrors?: number) => ({
  schemas: [BULK_REQUEST],
  ...(failOnErrors === undefined ? {} : { failOnErrors }),
  Operations,
});
const postUser = (bulkId: string, more: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [USER], userName: unique(bulkId), ...more },
});
const postGroup = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { schemas: [GROUP], displayName: unique(bulkId), members: members.map((value) => ({ value })) },
});
const patch = (path: string, ...operations: object[]) => ({
  method: 'PATCH',
  path,
  data: { schemas: [PATCH_OP], Operations: operations },
});
const join = (value: string) => ({ op: 'add', path: 'members', value: [{ value }] });
const remove = (path: string) => ({ method: 'DELETE', path });

describe.each([
  ['in-process', inProcess],
  ['over HTTP', overHttp],
])('bulk %s (RFC 7644 §3.7)', (_transport, open) => {
  let endpoint: Endpoint;
  let company: Company;
  beforeAll(async () => {
    endpoint = await open();
    company = await endpoint.company();
  });
  afterAll(() => endpoint?.close());

  /** The results of a bulk request that was taken as one. */
  async function bulk(operations: object[], failOnErrors?: number): Promise<JsonObject[]> {
    const request = { method: 'POST', path: '/Bulk', body: bulkOf(operations, failOnErrors) };
    const { body } = await company.scim.expect(200, request);
    expect(body.schemas).toEqual([BULK_RESPONSE]);
    return Array.isArray(body.Operations) ? body.Operations.filter(isJsonObject) : [];
  }
  const statusOf = ({ status }: JsonObject) => status;
  const pathOf = ({ location }: JsonObject) => String(location).slice(company.scim.baseUrl.length);
  const idOf = (result: JsonObject | undefined) => String(result?.location).split('/').at(-1);
  const membersOf = async (path: string): Promise<unknown[]> => {
    const { members } = await company.scim.read(path);
    return Array.isArray(members) ? members.map((member) => Object(member).value).sort() : [];
  };
  const versionAt = async (path: string) => (await company.scim.read(path)).meta.version;

  test('the example of §3.7.2: a user, and a group with that user', async () => {
    const [alice, guides] = await bulk([postUser('qwerty'), postGroup('ytrewq', 'bulkId:qwerty')]);
    expect(alice).toEqual({
      method: 'POST',
      bulkId: 'qwerty',
      location: expect.stringContaining(`${company.scim.baseUrl}/Users/`),
      status: '201',
    });
    expect(guides).toMatchObject({ method: 'POST', bulkId: 'ytrewq', status: '201' });
    expect(await membersOf(pathOf(guides ?? {}))).toEqual([idOf(alice)]);
  });

  test('results come in the order of the request, whatever the order of the work', async () => {
    const results = await bulk([
      postGroup('g', 'bulkId:u2', 'bulkId:u1'),
      postUser('u1', { [ENTERPRISE]: { manager: { value: 'bulkId:u2' } } }),
      postUser('u2'),
    ]);
    expect(results.map(({ bulkId, status }) => [bulkId, status])).toEqual([
      ['g', '201'],
      ['u1', '201'],
      ['u2', '201'],
    ]);
    const [group, reporting, manager] = results;
    expect(await membersOf(pathOf(group ?? {}))).toEqual([idOf(reporting), idOf(manager)].sort());
    expect((await company.scim.read(pathOf(reporting ?? {})))[ENTERPRISE]).toMatchObject({
      manager: { value: idOf(manager) },
    });
  });

  test('the circle of §3.7.1 is closed, and so is one of managers', async () => {
    const results = await bulk([
      postGroup('a', 'bulkId:b'),
      postGroup('b', 'bulkId:a'),
      postUser('m', { [ENTERPRISE]: { manager: { value: 'bulkId:n' }, department: 'D' } }),
      postUser('n', { [ENTERPRISE]: { manager: { value: 'bulkId:m' }, department: 'D' } }),
    ]);
    expect(results.map(statusOf)).toEqual(['201', '201', '201', '201']);
    const [a, b, m, n] = results;
    expect(await membersOf(pathOf(a ?? {}))).toEqual([idOf(b)]);
    expect(await membersOf(pathOf(b ?? {}))).toEqual([idOf(a)]);
    for (const [person, manager] of [
      [m, n],
      [n, m],
    ]) {
      const read = await company.scim.read(pathOf(person ?? {}));
      expect(read[ENTERPRISE]).toMatchObject({ department: 'D', manager: { value: idOf(manager) } });
    }
  });

  test('every method, on users and groups, with references in paths', async () => {
    const results = await bulk([
      postUser('u'),
      postGroup('g'),
      patch('/Users/bulkId:u', { op: 'replace', path: 'title', value: 'Countess' }),
      patch('/Groups/bulkId:g', join('bulkId:u')),
      { method: 'PUT', path: '/users/bulkId:u', data: { userName: unique('put'), displayName: 'Put' } },
      { method: 'PUT', path: '/Groups/bulkId:g', data: { displayName: unique('put') } },
      postUser('v'),
      remove('/Users/bulkId:v'),
      postGroup('h'),
      remove('/Groups/bulkId:h'),
    ]);
    expect(results.map(statusOf)).toEqual([
      ...['201', '201', '200', '204', '200', '200', '201', '204', '201', '204'],
    ]);
    expect(results[4]).toMatchObject({ method: 'PUT', location: results[0]?.location });
    const { displayName, title } = await company.scim.read(pathOf(results[4] ?? {}));
    expect({ displayName, title }).toEqual({ displayName: 'Put', title: undefined });
    expect(await membersOf(pathOf(results[5] ?? {}))).toEqual([]);
    await company.scim.expect(404, { path: pathOf(results[7] ?? {}) });
    await company.scim.expect(404, { path: pathOf(results[9] ?? {}) });
    // It would be the tag of what a GET shows, groups and names of others among it.
    for (const result of results) expect(result).not.toHaveProperty('version');
  });

  test('changes of one resource are made in their order', async () => {
    const ids = (await bulk([postUser('a'), postUser('b'), postGroup('g')])).map(idOf);
    const [a = '', b = '', group] = ids;
    const path = `/Groups/${group}`;
    const leave = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` });
    const results = await bulk([
      patch(path, join(a)),
      patch(path, join(b)),
      patch(path, leave(a)),
      patch(path, { op: 'replace', path: 'displayName', value: unique('renamed') }),
      patch(path, join(a)),
      patch(path, leave(b)),
    ]);
    expect(results.map(statusOf)).toEqual(Array.from({ length: 6 }, () => '204'));
    expect(await membersOf(path)).toEqual([a]);
  });

  test('an operation that is wrong fails alone, and says why', async () => {
    const results = await bulk([
      postUser('fine'),
      { method: 'POST', path: '/Users', bulkId: 'nameless', data: { title: 'x' } },
      { method: 'GET', path: '/Users', bulkId: 'get' },
      { method: 'POST', path: '/Cars', bulkId: 'car', data: {} },
      { method: 'POST', path: '/Users/1', bulkId: 'there', data: {} },
      remove('/Users'),
      remove('/Users/1'),
      postUser('twice'),
      postUser('twice'),
      postGroup('lonely', 'bulkId:nobody'),
      postGroup('failing', 'bulkId:nameless'),
      patch('/Users/bulkId:nameless', { op: 'replace', path: 'title', value: 'x' }),
      'nonsense' as unknown as object,
    ]);
    const shown = results.map(({ status, response }) => [status, Object(response).scimType]);
    expect(shown).toEqual([
      ['201', undefined],
      ['400', 'invalidValue'],
      ['400', 'invalidValue'],
      ['400', 'invalidValue'],
      ['400', 'invalidValue'],
      ['400', 'invalidValue'],
      ['404', undefined],
      ['400', 'invalidValue'],
      ['400', 'invalidValue'],
      ['400', 'invalidValue'],
      ['409', undefined],
      ['409', undefined],
      ['400', 'invalidSyntax'],
    ]);
    for (const { status, response, location, method } of results.slice(1)) {
      expect(response).toMatchObject({ status, detail: expect.stringMatching(/.{10}/) });
      if (method === 'POST') expect(location).toBeUndefined();
    }
    expect(results[6]?.location).toBe(`${company.scim.baseUrl}/Users/1`);
  });

  test('one user who exists already harms no other of the batch', async () => {
    const taken = postUser('taken');
    await bulk([taken]);
    const results = await bulk([
      postUser('before'),
      { ...taken, bulkId: 'again' },
      postUser('bad', {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      }),
      postUser('long', { title: 'x'.repeat(2_000) }),
      postUser('after'),
    ]);
    expect(results.map(statusOf)).toEqual(['201', '409', '400', '400', '201']);
    expect(results[1]?.response).toMatchObject({ scimType: 'uniqueness' });
  });

  test.each([
    [1, ['201', '409']],
    [2, ['201', '409', '201', '400']],
    [3, ['201', '409', '201', '400', '201']],
  ])('failOnErrors %i stops there, and leaves out what was not done', async (failOnErrors, statuses) => {
    const taken = postUser('taken');
    await bulk([taken]);
    const [first, third, last] = [postUser('first'), postUser('third'), postUser('last')];
    const malformed = { method: 'POST', path: '/Users', bulkId: 'bad', data: {} };
    const results = await bulk([first, { ...taken, bulkId: 'b' }, third, malformed, last], failOnErrors);
    expect(results.map(statusOf)).toEqual(statuses);
    for (const [position, { data }] of [first, taken, third, malformed, last].entries()) {
      const userName = Object(data).userName;
      if (userName === undefined) continue;
      const { totalResults } = await company.scim.list('/Users', { filter: `userName eq "${userName}"` });
      const isDone = userName === taken.data.userName || position < statuses.length;
      expect(totalResults).toBe(isDone ? 1 : 0);
    }
  });

  test('version is If-Match', async () => {
    const [user, group] = await bulk([postUser('u'), postGroup('g')]);
    const [u, g] = [pathOf(user ?? {}), pathOf(group ?? {})];
    const stale = { version: 'W/"77"' };
    const renamed = { op: 'replace', path: 'externalId', value: unique('e') };
    const refused = await bulk([
      { ...patch(u, renamed), ...stale },
      { ...patch(g, renamed), ...stale },
      { ...patch(g, join(String(idOf(user)))), ...stale },
      { method: 'PUT', path: u, data: { userName: unique('x') }, ...stale },
      { ...remove(u), ...stale },
      { ...remove(g), version: '"somebody-elses"' },
    ]);
    expect(refused.map(statusOf)).toEqual(Array.from({ length: 6 }, () => '412'));
    expect(refused.map(({ location }) => location)).toEqual(
      [u, g, g, u, u, g].map((path) => company.scim.baseUrl + path),
    );
    const done = await bulk([
      { ...patch(u, renamed), version: await versionAt(u) },
      { ...remove(g), version: await versionAt(g) },
    ]);
    expect(done.map(statusOf)).toEqual(['200', '204']);
  });

  test('a password is kept, a made-up one that breaks the rules is not, and neither is shown', async () => {
    const results = await bulk([
      postUser('short', { password: 'x' }),
      postUser('good', { password: 'long enough to keep' }),
    ]);
    expect(results.map(statusOf)).toEqual(['201', '201']);
    expect(JSON.stringify(results)).not.toContain('long enough to keep');
  });

  test('more operations than published are 413, and so is a larger body', async () => {
    const { body } = await company.scim.expect(200, { path: '/ServiceProviderConfig' });
    const { maxOperations, maxPayloadSize, supported } = Object(body.bulk);
    expect(supported).toBe(true);
    const many = bulkOf(Array.from({ length: maxOperations + 1 }, () => remove('/Users/1')));
    const tooMany = await company.scim.expect(413, { method: 'POST', path: '/Bulk', body: many });
    expect(tooMany.body.detail).toContain(`${maxOperations}`);
    const large = bulkOf([postUser('large', { title: 'x'.repeat(maxPayloadSize) })]);
    const tooLarge = await company.scim.expect(413, { method: 'POST', path: '/Bulk', body: large });
    expect(tooLarge.body.detail).toMatch(new RegExp(`${maxPayloadSize} .*maxPayloadSize`));
  });

  test('a body larger than other endpoints take, and than one mutation does, is carried out', async () => {
    const photos = [{ value: `https://example.com/${'y'.repeat(60_000)}` }];
    const operations = Array.from({ length: 80 }, (_, n) => postUser(`large-${n}`, { photos }));
    expect(JSON.stringify(operations).length).toBeGreaterThan(4_194_304);
    expect(new Set((await bulk(operations)).map(statusOf))).toEqual(new Set(['201']));
  });

  test.each([
    ['', 'invalidSyntax'],
    ['[]', 'invalidSyntax'],
    [{ Operations: 'x' }, 'invalidSyntax'],
    [{ Operations: [] }, 'invalidValue'],
    [{ Operations: [remove('/Users/1')], failOnErrors: 'one' }, 'invalidValue'],
  ])('the envelope %j is 400 for all', async (body, scimType) => {
    const answer = await company.scim.expect(400, { method: 'POST', path: '/Bulk', body });
    expect(answer.body.scimType).toBe(scimType);
  });

  test('a credential that is no good fails the request', async () => {
    const headers = { authorization: 'Bearer rc_scim_unknown' };
    await company.scim.expect(401, { method: 'POST', path: '/Bulk', body: bulkOf([{}]), headers });
  });
});

describe('what a bulk costs', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await inProcess();
  });
  afterAll(() => endpoint?.close());

  /** How many statements a bulk of these operations takes; each must succeed. */
  async function statementsOf({ scim }: Company, Operations: object[]): Promise<number> {
    let answered: unknown;
    const statements = await endpoint.statementsOf(async () => {
      const body = bulkOf(Operations);
      answered = (await scim.expect(200, { method: 'POST', path: '/Bulk', body })).body.Operations;
    });
    const results = Array.isArray(answered) ? answered : [];
    expect(results).toHaveLength(Operations.length);
    expect(results.filter(({ status }) => !String(status).startsWith('2'))).toEqual([]);
    // That there is news is told now and then, whatever the number of changes.
    return statements.filter((text) => !text.startsWith('SELECT pg_notify')).length;
  }
  const times = <T>(count: number, make: (n: number) => T): T[] =>
    Array.from({ length: count }, (_, n) => make(n));

  async function idsOf(company: Company, operations: object[]): Promise<string[]> {
    const body = bulkOf(operations);
    const answer = await company.scim.expect(200, { method: 'POST', path: '/Bulk', body });
    return Array.isArray(answer.body.Operations)
      ? answer.body.Operations.map((result) => String(Object(result).location).split('/').at(-1) ?? '')
      : [];
  }

  const workloads: [string, (company: Company, count: number) => Promise<object[]>][] = [
    ['creating users', async (_, count) => times(count, (n) => postUser(`u${n}`))],
    ['creating groups', async (_, count) => times(count, (n) => postGroup(`g${n}`))],
    [
      'creating users, each with a group of their own after them',
      async (_, count) =>
        times(count / 2, (n) => [postUser(`u${n}`), postGroup(`g${n}`, `bulkId:u${n}`)]).flat(),
    ],
    [
      'adding one person after the other to a group',
      async (company, count) => {
        const ids = await idsOf(company, [postGroup('g'), ...times(count - 1, (n) => postUser(`u${n}`))]);
        return ids.slice(1).map((id) => patch(`/Groups/${ids[0]}`, join(id)));
      },
    ],
    [
      'deleting users',
      async (company, count) =>
        (
          await idsOf(
            company,
            times(count, (n) => postUser(`u${n}`)),
          )
        ).map((id) => remove(`/Users/${id}`)),
    ],
    [
      'deleting groups',
      async (company, count) =>
        (
          await idsOf(
            company,
            times(count, (n) => postGroup(`g${n}`)),
          )
        ).map((id) => remove(`/Groups/${id}`)),
    ],
  ];

  test.each(workloads)('%s takes as many statements for 10 as for 1,000', async (_, workload) => {
    const company = await endpoint.company();
    await idsOf(company, [postUser('first')]);
    const few = await statementsOf(company, await workload(company, 10));
    const many = await statementsOf(company, await workload(company, 1_000));
    expect(many).toBe(few);
  });
});
