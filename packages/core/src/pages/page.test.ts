import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sealFor } from '../testing/cursors.ts';
import { newTeam, run, updateUser } from '../testing/directory.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';
import { userOrderFields } from '../users/user-order.ts';

interface PageOfUsers {
  readonly totalCount: number;
  readonly nodes: { readonly id: string; readonly userName: string }[];
  readonly edges: { readonly cursor: string; readonly node: { readonly userName: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const document = `query ($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor, $offset: Int) {
  users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) {
    totalCount nodes { id userName } edges { cursor node { userName } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

const bothWays = (fields: readonly string[]) =>
  fields.flatMap((field) => [
    { field, direction: 'ASC' },
    { field, direction: 'DESC' },
  ]);
const everyOrder = bothWays(Object.keys(userOrderFields));
/** Of every kind of key one, and one that some people have no value of. */
const someOrders = bothWays(['ID', 'USER_NAME', 'NAME_FAMILY_NAME', 'EMAILS_VALUE', 'VERSION', 'CREATED_AT']);
const PEOPLE = 23;

const world = useWorld();
const account = useSharedAccount(world);
beforeAll(async () => {
  // Few names and one moment of creation: ties everywhere.
  const users = Array.from({ length: PEOPLE }, (_, n) => ({
    userName: `p${n}@example.com`,
    displayName: ['Zoe', 'anna', 'Anna', 'Ärne', null][n % 5],
    name: n % 3 === 0 ? { familyName: 'Same' } : {},
    externalId: n % 2 === 0 ? ['x', 'X', ''][n % 3] : null,
    emails:
      n % 4 === 0
        ? [{ value: `${n % 8}@example.com` }, { value: 'b@example.com', primary: n % 8 === 0 }]
        : [],
    addresses: n % 7 === 0 ? [{ country: 'SE', primary: true }] : [],
    manager: n % 6 === 5 ? ['p0@example.com', 'who is to come'][n % 2] : null,
  }));
  const { createUsers } = await account.idp.query<{ createUsers: { results: { user: { id: string } }[] } }>(
    'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
    { input: { users } },
  );
  const memberIds = createUsers.results.slice(0, 4).map(({ user }) => user.id);
  await newTeam(account.idp, { memberIds });
});

const provisioned = { userName: { startsWith: 'p' } };
const page = async (request: object): Promise<PageOfUsers> =>
  (await account.admin.query<{ users: PageOfUsers }>(document, { filter: provisioned, ...request })).users;
const names = ({ nodes }: PageOfUsers): string[] => nodes.map(({ userName }) => userName);
const refusal = (request: object) => account.admin.refusal(document, { filter: provisioned, ...request });

describe.each(everyOrder)('ordered by $field $direction', (orderBy) => {
  test('pages forwards and backwards meet everybody once, in the same order', async () => {
    const all = names(await page({ orderBy, first: 100 }));
    expect(new Set(all).size).toBe(PEOPLE);

    const forwards: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const part: PageOfUsers = await page({ orderBy, first: 5, after });
      expect(part.totalCount).toBe(PEOPLE);
      expect(part.pageInfo.hasPreviousPage).toBe(forwards.length > 0);
      forwards.push(...names(part));
      more = part.pageInfo.hasNextPage;
      after = part.pageInfo.endCursor;
    }
    expect(forwards).toEqual(all);

    const backwards: string[] = [];
    let before: string | null = null;
    for (let more = true; more; ) {
      const part: PageOfUsers = await page({ orderBy, last: 7, before });
      backwards.unshift(...names(part));
      more = part.pageInfo.hasPreviousPage;
      before = part.pageInfo.startCursor;
    }
    expect(backwards).toEqual(all);
  });
});

describe.each(someOrders)('ordered by $field $direction', (orderBy) => {
  test('an offset skips as many', async () => {
    const all = names(await page({ orderBy, first: 100 }));
    for (const offset of [0, 1, 22, 23, 1000]) {
      const part = await page({ orderBy, offset, first: 4 });
      expect(names(part)).toEqual(all.slice(offset, offset + 4));
      expect(part.totalCount).toBe(PEOPLE);
    }
  });

  test('the cursor of each edge leads to what comes after it', async () => {
    const { edges } = await page({ orderBy, first: 6 });
    for (const [index, { cursor }] of edges.slice(0, 5).entries()) {
      const next = await page({ orderBy, first: 1, after: cursor });
      expect(names(next)).toEqual([edges[index + 1]?.node.userName]);
    }
  });
});

/** The display names in this order, each once. */
async function displayNames(direction: string): Promise<(string | undefined)[]> {
  const { users } = await account.admin.query<{ users: { nodes: { displayName: string | null }[] } }>(
    `{ users(filter: { userName: { startsWith: "p" } }, orderBy: { field: DISPLAY_NAME, direction: ${direction} }) {
      nodes { displayName } } }`,
  );
  return users.nodes
    .map(({ displayName }) => displayName?.toLowerCase())
    .filter((name, n, all) => n === 0 || name !== all[n - 1]);
}

test('names are ordered whatever their case, and who has none comes last, or first the other way round', async () => {
  expect(await displayNames('ASC')).toEqual(['anna', 'ärne', 'zoe', undefined]);
  expect(await displayNames('DESC')).toEqual([undefined, 'zoe', 'ärne', 'anna']);
});

test('who arrives while others page does not shift the pages', async () => {
  const first = await page({ first: 10 });
  const { id } = first.nodes[0] ?? { id: '' };
  await run(account.idp, updateUser, { id, userName: 'zz-left-the-filter@example.com' });
  const second = await page({ first: 10, after: first.pageInfo.endCursor });
  await run(account.idp, updateUser, { id, userName: first.nodes[0]?.userName });
  expect(new Set([...names(first), ...names(second)]).size).toBe(20);
});

test('a page beyond the end is empty, and knows that there is something before', async () => {
  const last = await page({ last: 1 });
  const beyond = await page({ first: 5, after: last.pageInfo.endCursor });
  expect(beyond).toMatchObject({
    nodes: [],
    totalCount: PEOPLE,
    pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
  });
});

test.each([
  [{ first: 0 }, { code: 'LIMIT_EXCEEDED', field: 'first', limit: 500 }],
  [{ first: 501 }, { code: 'LIMIT_EXCEEDED', field: 'first', limit: 500 }],
  [{ last: 501 }, { code: 'LIMIT_EXCEEDED', field: 'last', limit: 500 }],
  [{ last: -1 }, { code: 'LIMIT_EXCEEDED', field: 'last' }],
  [
    { first: 1, last: 1 },
    { code: 'INVALID_INPUT', field: 'last' },
  ],
  [{ offset: -1 }, { code: 'INVALID_INPUT', field: 'offset' }],
])('%j is refused', async (request, expected) => {
  expect(await refusal(request)).toMatchObject(expected);
});

test('what goes with something else is refused alone, and what does not go together, together', async () => {
  const { pageInfo } = await page({ first: 1 });
  expect(await refusal({ before: pageInfo.endCursor })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'before',
  });
  expect(await refusal({ after: pageInfo.endCursor, offset: 1 })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'offset',
  });
});

test('the cursor of another order is refused', async () => {
  const { pageInfo } = await page({ first: 1, orderBy: { field: 'USER_NAME', direction: 'ASC' } });
  for (const orderBy of [
    { field: 'DISPLAY_NAME', direction: 'ASC' },
    { field: 'USER_NAME', direction: 'DESC' },
    null,
  ])
    expect(await refusal({ orderBy, after: pageInfo.endCursor })).toMatchObject({
      code: 'INVALID_CURSOR',
      field: 'after',
    });
});

let seal: (place: string) => string;
beforeAll(async () => {
  seal = await sealFor(world, account.id);
});
const sealed = (value: unknown): string => seal(JSON.stringify(value));
const id = '018f0000-0000-7000-8000-000000000000';
const awkwardKeys = [
  null,
  7,
  '2026-01-01 (or so)',
  'Jan 1',
  '1',
  '\0',
  '-infinity',
  '2026-02-30 00:00:00+00',
  '99999-01-01',
];

describe.each(someOrders)(
  'a cursor for $field $direction with any place in it is refused or taken, and never an accident',
  (orderBy) => {
    const name = orderBy.direction === 'DESC' ? `-${orderBy.field}` : orderBy.field;
    const takesOrRefuses = async (after: string) => {
      const { errors } = await account.admin.ask(document, { orderBy, after, first: 1 });
      for (const { extensions } of errors ?? []) expect(extensions.code).toMatch(/^INVALID_(CURSOR|INPUT)$/);
    };

    test('with an awkward key', async () => {
      for (const key of awkwardKeys) await takesOrRefuses(sealed([name, key, id]));
    });

    test('with anything at all', async () => {
      const cursor = fc.oneof(
        fc.string(),
        fc.anything().map((value) => sealed(value ?? null)),
        fc.string().map((key) => sealed([name, key, id])),
        fc.string({ minLength: 1 }).map((text) => seal(text)),
      );
      await fc.assert(fc.asyncProperty(cursor, takesOrRefuses), { numRuns: 30, seed: 1 });
    });
  },
);
