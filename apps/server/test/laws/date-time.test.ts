import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unique } from '../conformance/samples.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';

const ACME = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User';
const RULE = 'needs a date and time whose UTC form is within the years 0001 to 9999, as in ';

let world: ServerWorld;
let company: Company;
beforeAll(async () => {
  world = await openServerWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  company = await world.company();
  await company.admin.query(
    'mutation ($input: CreateCustomAttributeInput!) { createCustomAttribute(input: $input) { customAttribute { id } } }',
    { input: { schema: ACME, name: 'joined', type: 'DATE_TIME', indexed: true } },
  );
});

const joined = { schema: ACME, name: 'joined' };

const byGraphql = (id: unknown, value: string) =>
  company.admin.query(
    'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { customAttributes { value } } } }',
    { input: { id, customAttributes: [{ ...joined, value }] } },
  );

const foundByGraphql = async (equals: string) => {
  const { users } = await company.admin.query<{ users: { nodes: { id: string }[] } }>(
    'query ($filter: UserFilter!) { users(filter: $filter) { nodes { id } } }',
    { filter: { customAttribute: { ...joined, dateTime: { equals } } } },
  );
  return users.nodes.map(({ id }) => id);
};

const foundByScim = async (literal: string) =>
  (await company.scim.list('/Users', { filter: `${ACME}:joined eq "${literal}"` })).Resources.map(
    ({ id }) => id,
  );

describe('SCIM and GraphQL keep one instant of a text, and find it by that text', () => {
  test.each([
    '2026-01-31T23:00:00Z',
    '2026-01-31t23:00:00z',
    '2026-01-31T23:00:00',
    '2026-01-31T23:00Z',
    '2026-01-31T23:00',
    '2026-01-31T23:00:00+0100',
    '2026-01-31T23:00:00.1234567-14:00',
    '2026-01-31T23:00:00.1239996Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T24:00:00',
    '0001-01-01T00:00:00Z',
    '0001-01-01T14:00:00+14:00',
    '9999-12-31T23:59:59.9999999Z',
    '9999-12-31T24:00:00+00:01',
  ])('%s', async (text) => {
    const written = await company.scim.create('Users', {
      userName: unique('date'),
      [ACME]: { joined: text },
    });
    const other = await company.scim.create('Users', { userName: unique('date') });
    await byGraphql(other.id, text);
    const kept = await company.scim.read(`/Users/${other.id}`);
    expect(kept[ACME]).toEqual(written[ACME]);
    const both = [other.id, written.id].sort();
    expect((await foundByGraphql(text)).sort()).toEqual(both);
    expect((await foundByScim(text)).sort()).toEqual(both);
    await company.scim.expect(200, { method: 'PUT', path: `/Users/${other.id}`, body: kept });
  });
});

describe('SCIM and GraphQL refuse a text with one rule, written and in filters', () => {
  test.each([
    '2026-01-31',
    '2026-02-29T00:00:00Z',
    '2026-01-31T24:00:00.001Z',
    '2026-01-31T23:00:00+14:01',
    '0000-12-31T23:00:00-02:00',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T24:00:00Z',
    '9999-12-31T23:59:59-14:00',
  ])('%s', async (text) => {
    const { scim } = company;
    const { id } = await scim.create('Users', { userName: unique('date') });
    const path = `/Users/${id}`;
    const refusal = { scimType: 'invalidValue', detail: expect.stringContaining(`joined ${RULE}`) };
    const body = { userName: unique('date'), [ACME]: { joined: text } };
    expect((await scim.expect(400, { method: 'PUT', path, body })).body).toMatchObject(refusal);
    const filter = encodeURIComponent(`${ACME}:joined eq "${text}"`);
    expect((await scim.expect(400, { path: `/Users?filter=${filter}` })).body).toMatchObject({
      scimType: 'invalidFilter',
      detail: expect.stringContaining(`joined ${RULE}`),
    });
    await expect(byGraphql(id, text)).rejects.toThrow(`joined: ${RULE}`);
    await expect(foundByGraphql(text)).rejects.toThrow(`DateTime: ${RULE}`);
  });
});

test.each(['9999-12-31T24:00:00Z', '9999-12-31T23:59:59-14:00', 'soon'])(
  'an argument that is an instant is not %s',
  async (instant) => {
    const issue = 'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { secret } }';
    const input = { kind: 'API', name: 'x', expiresAt: instant };
    await expect(company.admin.query(issue, { input })).rejects.toThrow(`DateTime: ${RULE}`);
    for (const document of [
      '{ orgChart(asOf: "INSTANT") { asOf } }',
      '{ orgChartDiff(from: "INSTANT") { from } }',
      '{ users(filter: { createdAt: { lessThan: "INSTANT" } }) { totalCount } }',
    ])
      await expect(company.admin.query(document.replace('INSTANT', instant))).rejects.toThrow(
        `DateTime: ${RULE}`,
      );
  },
);

test('a token may be good until the last instant that there is', async () => {
  const { issueToken } = await company.admin.query<{ issueToken: { token: { expiresAt: string } } }>(
    'mutation { issueToken(input: { kind: API, name: "x", expiresAt: "9999-12-31T23:59:59.9999999Z" }) { token { expiresAt } } }',
  );
  expect(issueToken.token.expiresAt).toBe('9999-12-31T23:59:59.999Z');
});
