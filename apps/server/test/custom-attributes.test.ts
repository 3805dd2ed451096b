import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENTERPRISE, USER, unique } from './conformance/samples.ts';
import { type Endpoint, inProcess, type OpenEndpoint, overHttp } from './conformance/transport.ts';
import type { Company } from './world.ts';

const ACME = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User';
/** A URN that begins with the other one. */
const ACME_HR = `${ACME}:hr`;

const transports: [string, OpenEndpoint][] = [
  ['in-process', inProcess],
  ['over HTTP', overHttp],
];

const define = (company: Company, input: object) =>
  company.admin.query(
    'mutation ($input: CreateCustomAttributeInput!) { createCustomAttribute(input: $input) { customAttribute { id } } }',
    { input: { schema: ACME, ...input } },
  );

describe.each(transports)('custom attributes %s', (_, open) => {
  let endpoint: Endpoint;
  let company: Company;
  beforeAll(async () => {
    endpoint = await open();
  });
  afterAll(() => endpoint.close());
  beforeEach(async () => {
    company = await endpoint.company();
    await define(company, { name: 'badge', uniqueness: 'SERVER', description: 'Opens doors' });
    await define(company, { name: 'desks', type: 'INTEGER', multiValued: true, indexed: true });
    await define(company, { name: 'joined', type: 'DATE_TIME' });
    await define(company, { name: 'remote', type: 'BOOLEAN' });
    await define(company, { name: 'grade', schema: ACME_HR, canonicalValues: ['A', 'B'], caseExact: true });
  });

  const create = (values: object, more: object = {}) =>
    company.scim.create('Users', { schemas: [USER], userName: unique('custom'), [ACME]: values, ...more });
  const patch = async (id: string, ...operations: object[]) => {
    const answer = await company.scim.patch(`/Users/${id}`, ...operations);
    expect(answer.status, answer.text).toBe(200);
    expect(await company.scim.read(`/Users/${id}`)).toEqual(answer.body);
    return answer.body;
  };
  const found = async (filter: string) =>
    (await company.scim.list('/Users', { filter })).Resources.map(({ id }) => id);

  test('one that is called as what every object inherits is like the others', async () => {
    await define(company, { name: 'constructor' });
    const { id } = await create({ badge: '7' });
    const userName = unique('custom');
    const body = { schemas: [USER], userName, [ACME]: { toString: 'x' } };
    await company.scim.expect(200, { method: 'PUT', path: `/Users/${id}`, body });
    const mail = { op: 'add', path: 'emails', value: [{ value: 'a@x' }] };
    expect(await patch(id, mail)).not.toHaveProperty([ACME]);
    const named = { op: 'add', path: `${ACME}:constructor`, value: 'Ada' };
    expect(await patch(id, named, { op: 'add', path: 'emails', value: [{ value: 'b@x' }] })).toMatchObject({
      [ACME]: { constructor: 'Ada' },
    });
  });

  test('RFC 7643 §7: the schema tells each attribute, to those who belong to the account', async () => {
    const { scim } = company;
    const { body } = await scim.expect(200, { path: `/Schemas/${ACME.toUpperCase()}` });
    expect(body).toMatchObject({
      id: ACME,
      meta: { location: `${scim.baseUrl}/Schemas/${ACME}` },
      attributes: [
        { name: 'badge', type: 'string', multiValued: false, caseExact: false, uniqueness: 'server' },
        { name: 'desks', type: 'integer', multiValued: true, required: false, mutability: 'readWrite' },
        { name: 'joined', type: 'dateTime' },
        { name: 'remote', type: 'boolean' },
      ],
    });
    const { Resources } = await scim.list('/Schemas');
    expect(Resources.map(({ id }) => id)).toContain(ACME_HR);
    const userType = (await scim.expect(200, { path: '/ResourceTypes/User' })).body;
    expect(userType.schemaExtensions).toEqual(
      [ENTERPRISE, ACME, ACME_HR].map((schema) => ({ schema, required: false })),
    );
    const stranger = (await endpoint.company()).idp.token;
    for (const authorization of ['', 'Bearer nonsense', `Bearer ${stranger}`]) {
      const answer = await scim.expect(200, { path: '/Schemas', headers: { authorization } });
      expect(answer.text).not.toContain('acme');
      await scim.expect(404, { path: `/Schemas/${ACME}`, headers: { authorization } });
    }
  });

  test('RFC 7643 §3.3: values lie in the container of their schema, which `schemas` lists', async () => {
    const values = { badge: '17', desks: [3, 1], joined: '2026-03-01T09:30:00Z', remote: false };
    const created = await create(values, {
      [ACME_HR]: { grade: 'A' },
      [ENTERPRISE]: { department: 'Sales' },
    });
    expect(created).toMatchObject({
      schemas: [USER, ENTERPRISE, ACME, ACME_HR],
      [ACME]: values,
      [ACME_HR]: { grade: 'A' },
    });
    expect(await company.scim.read(`/Users/${created.id}`)).toEqual(created);
    const { body } = await company.scim.expect(200, {
      method: 'PUT',
      path: `/Users/${created.id}`,
      body: { userName: created.userName, [ACME]: { badge: '18' } },
    });
    expect(body.schemas).toEqual([USER, ACME]);
    expect(body[ACME]).toEqual({ badge: '18' });
    expect(body).not.toHaveProperty([ACME_HR]);
    const { user } = await company.admin.query<Record<string, unknown>>(
      'query ($id: ID!) { user(id: $id) { customAttributes { schema name value } } }',
      { id: created.id },
    );
    expect(user).toEqual({ customAttributes: [{ schema: ACME, name: 'badge', value: '18' }] });
  });

  describe('RFC 7644 §3.5.2 PATCH', () => {
    test('Entra ID: a path of URN and name, and flattened keys without a path', async () => {
      const { id } = await create({});
      const first = await patch(id, { op: 'Add', path: `${ACME}:badge`, value: '17' });
      expect(first).toMatchObject({ schemas: [USER, ACME], [ACME]: { badge: '17' } });
      const second = await patch(id, {
        op: 'replace',
        value: { displayName: 'Ada', [`${ACME}:badge`]: '18', [`${ACME_HR}:grade`]: 'B' },
      });
      expect(second).toMatchObject({
        displayName: 'Ada',
        [ACME]: { badge: '18' },
        [ACME_HR]: { grade: 'B' },
      });
      const third = await patch(id, { op: 'Remove', path: `${ACME}:badge` });
      expect(third.schemas).toEqual([USER, ACME_HR]);
    });

    test('Okta: the container as a whole', async () => {
      const { id } = await create({ badge: '17', desks: [1] });
      const body = await patch(id, { op: 'replace', value: { [ACME]: { badge: '18', remote: 'True' } } });
      expect(body[ACME]).toEqual({ badge: '18', desks: [1], remote: true });
      expect(await patch(id, { op: 'remove', path: ACME })).not.toHaveProperty([ACME]);
    });

    test('values of several are added and removed', async () => {
      const { id } = await create({ desks: [1, 2] });
      expect(await patch(id, { op: 'add', path: `${ACME}:desks`, value: [2, 3] })).toMatchObject({
        [ACME]: { desks: [1, 2, 3] },
      });
      expect(await patch(id, { op: 'replace', path: `${ACME}:desks`, value: [9] })).toMatchObject({
        [ACME]: { desks: [9] },
      });
      expect(await patch(id, { op: 'replace', path: `${ACME}:desks`, value: [] })).not.toHaveProperty([ACME]);
    });

    test('an instant without an offset, as .NET clients write it, is one of UTC', async () => {
      const { id } = await create({});
      expect(
        await patch(id, { op: 'add', path: `${ACME}:joined`, value: '2026-03-01T09:30:00' }),
      ).toMatchObject({
        [ACME]: { joined: '2026-03-01T09:30:00.000Z' },
      });
    });

    test.each([
      [`${ACME}:nothing`, 'x', 'invalidPath'],
      [`${ACME}:desks`, ['two'], 'invalidValue'],
      [`${ACME}:joined`, 'yesterday', 'invalidValue'],
    ])('%s = %s is refused', async (path, value, scimType) => {
      const { id } = await create({});
      const { status, body } = await company.scim.patch(`/Users/${id}`, { op: 'add', path, value });
      expect({ status, scimType: body.scimType }).toEqual({ status: 400, scimType });
    });
  });

  test('RFC 7644 §3.4.2.2: filters know the attributes by their URN', async () => {
    const ada = await create({
      badge: 'Blue',
      desks: [1, 20],
      joined: '2026-03-01T10:30:00+01:00',
      remote: true,
    });
    const bob = await create({ badge: 'green', desks: [3] }, { [ACME_HR]: { grade: 'A' } });
    const { id: nobody } = await company.scim.create('Users', {
      schemas: [USER],
      userName: unique('nobody'),
    });
    const notTheAdmin = 'not (userName sw "admin")';
    const cases: [string, string[]][] = [
      [`${ACME}:badge eq "BLUE"`, [ada.id]],
      [`${ACME.toUpperCase()}:BADGE sw "gr"`, [bob.id]],
      [`${ACME}:badge ne "blue" and ${notTheAdmin}`, [bob.id, nobody]],
      [`${ACME}:badge pr`, [ada.id, bob.id]],
      [`${ACME}:badge eq null and ${notTheAdmin}`, [nobody]],
      [`${ACME}:desks eq 20`, [ada.id]],
      [`${ACME}:desks gt 2`, [ada.id, bob.id]],
      [`${ACME}:desks ne 3 and ${ACME}:desks pr`, [ada.id]],
      [`${ACME}:joined eq "2026-03-01T09:30:00Z"`, [ada.id]],
      [`${ACME}:joined lt "2026-03-01T09:30:00Z"`, []],
      [`${ACME}:remote eq true`, [ada.id]],
      [`${ACME_HR}:grade eq "A" or ${ACME}:badge co "lu"`, [ada.id, bob.id]],
      [`${ACME_HR}:grade eq "a"`, []],
      [`schemas eq "${ACME_HR}"`, [bob.id]],
      [`schemas eq "${ACME}"`, [ada.id, bob.id]],
    ];
    for (const [filter, ids] of cases) expect(await found(filter), filter).toEqual(ids);
    for (const filter of [
      `${ACME}:nothing pr`,
      `${ACME}:desks eq "1"`,
      `${ACME}:remote gt true`,
      'badge pr',
    ]) {
      const { body } = await company.scim.expect(400, { path: `/Users?filter=${filter}` });
      expect(body.scimType, filter).toBe('invalidFilter');
    }
  });

  test('RFC 7644 §3.4.2.3: lists are sorted by them, who has none last', async () => {
    const twenty = await create({ badge: 'b', desks: [20] });
    const three = await create({ badge: 'A', desks: [3] });
    const { id: nobody } = await company.scim.create('Users', { schemas: [USER], userName: unique('none') });
    const sorted = async (sortBy: string, sortOrder: string) =>
      (
        await company.scim.list('/Users', { filter: 'not (userName sw "admin")', sortBy, sortOrder })
      ).Resources.map(({ id }) => id);
    expect(await sorted(`${ACME}:desks`, 'ascending')).toEqual([three.id, twenty.id, nobody]);
    expect(await sorted(`${ACME}:badge`, 'descending')).toEqual([nobody, twenty.id, three.id]);
  });

  test('RFC 7644 §3.9: projection knows an attribute, and the extension as a whole', async () => {
    const { id } = await create(
      { badge: '17', remote: true },
      { [ACME_HR]: { grade: 'A' }, title: 'Countess' },
    );
    const shown = async (query: string) =>
      (await company.scim.expect(200, { path: `/Users/${id}?${query}` })).body;
    const one = await shown(`attributes=${ACME}:badge`);
    expect(one[ACME]).toEqual({ badge: '17' });
    expect(one).not.toHaveProperty('title');
    expect((await shown(`attributes=${ACME}`))[ACME]).toEqual({ badge: '17', remote: true });
    const rest = await shown(`excludedAttributes=${ACME}:remote,${ACME_HR}`);
    expect(rest).toMatchObject({ title: 'Countess', [ACME]: { badge: '17' } });
    expect(rest).not.toHaveProperty([ACME_HR]);
    expect(rest).not.toHaveProperty([ACME, 'remote']);
  });

  test('RFC 7643 §7: a unique value is 409, a required one that lacks 400', async () => {
    await create({ badge: 'Blue' });
    const body = { userName: unique('second'), [ACME]: { badge: 'BLUE' } };
    const taken = await company.scim.expect(409, { method: 'POST', path: '/Users', body });
    expect(taken.body).toMatchObject({
      scimType: 'uniqueness',
      detail: expect.stringContaining(`${ACME}:badge`),
    });
    const another = await endpoint.company();
    await define(another, { name: 'badge' });
    await define(another, { name: 'grade', required: true });
    const lacking = await another.scim.expect(400, { method: 'POST', path: '/Users', body });
    expect(lacking.body).toMatchObject({
      scimType: 'invalidValue',
      detail: expect.stringContaining('grade'),
    });
    await another.scim.create('Users', { schemas: [USER], userName: unique('plain') });
  });

  test('RFC 7644 §3.7: a bulk request gives them too', async () => {
    const operation = (bulkId: string, badge: string) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: { schemas: [USER], userName: unique(bulkId), [ACME]: { badge } },
    });
    const { body } = await company.scim.expect(200, {
      method: 'POST',
      path: '/Bulk',
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: [operation('a', '1'), operation('b', '1'), operation('c', '2')],
      },
    });
    expect(body.Operations).toMatchObject([{ status: '201' }, { status: '409' }, { status: '201' }]);
    expect((await found(`${ACME}:badge eq "2"`)).length).toBe(1);
  });

  test('an account that defined none knows none: what is sent is left out, what is asked for is refused', async () => {
    const plain = await endpoint.company();
    const { id } = await plain.scim.create('Users', {
      schemas: [USER],
      userName: unique('plain'),
      [ACME]: { badge: '17' },
    });
    expect(await plain.scim.read(`/Users/${id}`)).toMatchObject({ schemas: [USER] });
    await plain.scim.expect(400, { path: `/Users?filter=${ACME}:badge pr` });
  });

  test('what is read and written takes as many statements as without', async () => {
    const { id } = await create({ badge: '17' });
    // Wake-ups of those who follow the events are shared by many changes.
    const statements = async (run: () => Promise<unknown>) =>
      (await endpoint.statementsOf(run)).filter((text) => !text.startsWith('SELECT pg_notify(')).length;
    await found(`${ACME}:badge pr`);
    expect(await statements(() => company.scim.read(`/Users/${id}`))).toBe(1);
    expect(await statements(() => create({ badge: '18', desks: [1] }))).toBe(1);
    expect(
      await statements(() =>
        company.scim.patch(`/Users/${id}`, { op: 'replace', path: `${ACME}:badge`, value: '19' }),
      ),
    ).toBe(1);
  });
});
