import { expect, test } from 'vitest';
import { define } from '../testing/custom-attributes.ts';
import { newUser } from '../testing/directory.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';

const world = useWorld();
const account = useSharedAccount(world);

interface Found {
  readonly users: {
    readonly nodes: readonly { readonly userName: string }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** The numbers of the people in this order, read two at a time. */
async function inOrder(orderBy: object, filter: object): Promise<number[]> {
  const found: number[] = [];
  let after: string | null = null;
  for (let more = true; more; ) {
    const { users }: Found = await account.idp.query<Found>(
      `query ($orderBy: UserOrder, $filter: UserFilter, $after: Cursor) {
        users(orderBy: $orderBy, filter: $filter, first: 2, after: $after) {
          nodes { userName } pageInfo { endCursor hasNextPage } } }`,
      { orderBy, filter, after },
    );
    found.push(...users.nodes.map(({ userName }) => Number(userName.split('-')[1])));
    more = users.pageInfo.hasNextPage;
    after = users.pageInfo.endCursor;
  }
  return found;
}

test.each([
  ['STRING', {}, ['b', null, 'A', 'c', 'B'], [2, 0, 4, 3, 1]],
  ['STRING', { caseExact: true }, ['b', null, 'A', 'c', 'B'], [2, 4, 0, 3, 1]],
  ['INTEGER', {}, [10, 9, null, -1, 9], [3, 1, 4, 0, 2]],
  ['DECIMAL', {}, [0.5, null, 1e300, -2.25, 0.25], [3, 4, 0, 2, 1]],
  ['BOOLEAN', {}, [true, false, null, true], [1, 0, 3, 2]],
  [
    'DATE_TIME',
    {},
    ['2026-01-01T00:00:00+02:00', '2025-12-31T22:00:00.001Z', null, '1999-01-01T00:00:00Z'],
    [3, 0, 1, 2],
  ],
  ['STRING', { multiValued: true }, [['b', 'a'], ['a', 'z'], null], [1, 0, 2]],
] as const)(
  'people are ordered by a custom attribute of type %s %j',
  async (type, given, values, expected) => {
    const stem = crypto.randomUUID().slice(0, 8);
    const name = `x-${stem}`;
    const { schema } = await define(account.admin, { name, type, ...given });
    for (const [n, value] of values.entries()) {
      const customAttributes = value === null ? [] : [{ name, value }];
      await newUser(account.idp, { userName: `${stem}-${n}`, customAttributes });
    }
    const filter = { userName: { startsWith: `${stem}-` } };
    const order = { field: 'CUSTOM_ATTRIBUTE', customAttribute: { schema, name } };
    expect(await inOrder({ ...order, direction: 'ASC' }, filter)).toEqual(expected);
    expect(await inOrder({ ...order, direction: 'DESC' }, filter)).toEqual([...expected].reverse());
  },
);

test.each([{}, { customAttribute: { name: 'nobody' } }])('%j names no order', async (rest) => {
  const refusal = await account.admin.refusal(
    'query ($orderBy: UserOrder) { users(orderBy: $orderBy) { nodes { id } } }',
    { orderBy: { field: 'CUSTOM_ATTRIBUTE', ...rest } },
  );
  expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: 'customAttribute' });
});
