import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { toDefinitions } from '../custom-attributes/definitions.ts';
import { findDefinitions } from '../custom-attributes/find-definitions.ts';
import { define } from '../testing/custom-attributes.ts';
import { newUser } from '../testing/directory.ts';
import { withClient } from '../testing/tables.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';
import { fold } from '../text/fold.ts';
import type { CustomAttributeFilter } from './custom-attribute-filter.ts';
import { userCondition } from './user-filter.ts';

const world = useWorld();
const account = useSharedAccount(world);

const types = {
  text: 'STRING',
  number: 'DECIMAL',
  boolean: 'BOOLEAN',
  dateTime: 'DATE_TIME',
} as const;
type Kind = keyof typeof types;

const samples: Record<Kind, readonly (string | number | boolean)[]> = {
  text: [
    'Blue',
    'blue',
    'blue green',
    'Ωmega',
    'Straße ΟΔΟΣ',
    '50%',
    `${'long '.repeat(100)}a`,
    `${'long '.repeat(100)}b`,
  ],
  number: [-1.5, 0, 0.1, 17, 1e21],
  boolean: [true, false],
  dateTime: [
    '2026-03-01T09:30:00Z',
    '2026-03-01T10:30:00+01:00',
    '2026-03-01T09:30:00.123Z',
    '1969-12-31T00:00:00Z',
  ],
};
const kinds: readonly Kind[] = ['text', 'number', 'boolean', 'dateTime'];

/** People with every combination of values, by userName; each kind has a plain, an indexed, and a plural attribute. */
const people: { userName: string; values: Partial<Record<Kind, readonly (string | number | boolean)[]>> }[] =
  [
    { userName: 'nobody', values: {} },
    ...kinds.flatMap((kind) =>
      samples[kind].map((value, n) => ({
        userName: `${kind}-${n}`,
        values: { [kind]: [value, ...samples[kind].slice(0, n % 3)] },
      })),
    ),
  ];

const variants = ['Plain', 'Indexed', 'Many', 'ManyIndexed'] as const;
type Variant = (typeof variants)[number];
const isMany = (variant: Variant): boolean => variant.startsWith('Many');

beforeAll(async () => {
  for (const kind of kinds) {
    for (const variant of variants) {
      const indexed = variant.endsWith('Indexed') && kind !== 'boolean';
      await define(account.admin, {
        name: `${kind}${variant}`,
        type: types[kind],
        multiValued: isMany(variant),
        indexed,
      });
    }
  }
  for (const { userName, values } of people) {
    const customAttributes = Object.entries(values).flatMap(([kind, list]) =>
      variants.map((variant) => ({ name: `${kind}${variant}`, value: isMany(variant) ? list : list[0] })),
    );
    await newUser(account.idp, { userName, customAttributes });
  }
});

async function found(customAttribute: object, not = false): Promise<string[]> {
  const filter = not ? { not: { customAttribute } } : { customAttribute };
  const { users } = await account.idp.query<{ users: { nodes: { userName: string }[] } }>(
    'query ($filter: UserFilter) { users(filter: $filter, first: 500) { nodes { userName } } }',
    { filter },
  );
  return users.nodes.map(({ userName }) => userName).filter((name) => !name.startsWith('admin'));
}

type Operator =
  | 'equals'
  | 'notEquals'
  | 'greaterThan'
  | 'lessThanOrEqual'
  | 'contains'
  | 'startsWith'
  | 'endsWith';
type Filter = Partial<Record<Operator, string | number | boolean>>;

const ordered = (kind: Kind, value: string | number | boolean) => {
  if (kind === 'dateTime') return new Date(String(value)).getTime();
  return kind === 'text' ? fold(String(value)) : value;
};

function holds(
  kind: Kind,
  operator: Operator,
  value: string | number | boolean,
  asked: string | number | boolean,
) {
  const [left, right] = [ordered(kind, value), ordered(kind, asked)];
  switch (operator) {
    case 'equals':
      return left === right;
    case 'notEquals':
      return left !== right;
    case 'greaterThan':
      return left > right;
    case 'lessThanOrEqual':
      return left <= right;
    case 'contains':
      return String(left).includes(String(right));
    case 'startsWith':
      return String(left).startsWith(String(right));
    case 'endsWith':
      return String(left).endsWith(String(right));
  }
}

/** What the contract says that the filter means. */
function matches(kind: Kind, values: readonly (string | number | boolean)[], filter: Filter): boolean {
  const asked = Object.entries(filter) as [Operator, string | number | boolean][];
  const positive = asked.filter(([operator]) => operator !== 'notEquals');
  const denied = asked.filter(([operator]) => operator === 'notEquals');
  const some =
    positive.length === 0 || values.some((value) => positive.every(([o, a]) => holds(kind, o, value, a)));
  return some && denied.every(([operator, a]) => values.every((value) => holds(kind, operator, value, a)));
}

const operators: Record<Kind, readonly Operator[]> = {
  text: ['equals', 'notEquals', 'contains', 'startsWith', 'endsWith'],
  number: ['equals', 'notEquals', 'greaterThan', 'lessThanOrEqual'],
  boolean: ['equals', 'notEquals'],
  dateTime: ['equals', 'notEquals', 'greaterThan', 'lessThanOrEqual'],
};
const searches: Record<Kind, readonly (string | number | boolean)[]> = {
  ...samples,
  text: [...samples.text, 'BLUE', 'e', 'long ', 'ωmega'],
  number: [...samples.number, 1],
};

const cases = fc.constantFrom(...kinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    variant: fc.constantFrom(...variants),
    filter: fc.dictionary(fc.constantFrom(...operators[kind]), fc.constantFrom(...searches[kind]), {
      minKeys: 1,
      maxKeys: 2,
    }),
    negated: fc.boolean(),
  }),
);

test('a filter finds whom the plain reading of it means, with an index and without', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ kind, variant, filter, negated }) => {
      const expected = people.filter(({ values }) => {
        const own = values[kind] ?? [];
        return matches(kind, isMany(variant) ? own : own.slice(0, 1), filter) !== negated;
      });
      expect(await found({ name: `${kind}${variant}`, [kind]: filter }, negated)).toEqual(
        expected.map(({ userName }) => userName),
      );
    }),
    { numRuns: 400, seed: 7643 },
  );
});

describe.each(kinds)('%s', (kind) => {
  test.each(variants)('%s: presence, and one of several', async (variant) => {
    const name = `${kind}${variant}`;
    const having = people.filter(({ values }) => values[kind] !== undefined).map(({ userName }) => userName);
    expect(await found({ name, isPresent: true })).toEqual(having);
    expect(await found({ name, isPresent: false })).toEqual(
      people.map(({ userName }) => userName).filter((userName) => !having.includes(userName)),
    );
    if (kind === 'boolean') return;
    expect(await found({ name, [kind]: { isPresent: true, notEquals: samples[kind][0] } })).not.toContain(
      'nobody',
    );
    if (kind === 'dateTime') return;
    expect(await found({ name, [kind]: { in: samples[kind] } })).toEqual(having);
    expect(await found({ name, [kind]: { in: [] } })).toEqual([]);
  });
});

test('the filter of another type is refused, and so is a name that is not defined', async () => {
  const refusal = (customAttribute: object) =>
    account.idp.refusal('query ($filter: UserFilter) { users(filter: $filter) { totalCount } }', {
      filter: { and: [{ customAttribute }] },
    });
  const field = 'customAttribute';
  expect(await refusal({ name: 'textPlain', number: { equals: 1 } })).toMatchObject({
    code: 'INVALID_INPUT',
    field,
  });
  expect(await refusal({ name: 'nothing', text: { equals: 'a' } })).toMatchObject({
    code: 'INVALID_INPUT',
    field,
  });
});

describe('an indexed attribute is found by the rows of its values', () => {
  beforeAll(async () => {
    await withClient(world.databaseUrl, async (client) => {
      await client.query(
        `INSERT INTO users (account_id, id, status, user_name, custom_attributes)
         SELECT a.account_id, gen_random_uuid(), 'ACTIVE', 'crowd-' || n, jsonb_object_agg(a.id, CASE a.type
           WHEN 'STRING' THEN to_jsonb('crowd ' || n) WHEN 'DECIMAL' THEN to_jsonb(n)
           ELSE to_jsonb(to_timestamp(n)) END)
         FROM custom_attributes a, generate_series(1, 3000) n
         WHERE a.account_id = $1 AND a.indexed AND NOT a.multi_valued GROUP BY a.account_id, n`,
        [account.id],
      );
      await client.query('ANALYZE');
    });
  });

  async function planOf(customAttribute: CustomAttributeFilter): Promise<string> {
    const definitions = toDefinitions(await findDefinitions(world.core.database.sql, account.id));
    const plan = sql<
      Record<string, string>
    >`EXPLAIN SELECT u.id FROM users u WHERE u.account_id = ${account.id}::uuid
      AND ${userCondition({ customAttribute }, null, definitions)}`;
    const { rows } = await plan.execute(world.core.database.sql);
    return rows.flatMap((row) => Object.values(row)).join('\n');
  }

  test.each<[string, CustomAttributeFilter]>([
    ['equals', { name: 'textIndexed', text: { equals: 'Crowd 7' } }],
    ['startsWith', { name: 'textIndexed', text: { startsWith: 'Crowd 77' } }],
    ['in', { name: 'textIndexed', text: { in: ['Crowd 7', 'Crowd 8'] } }],
    ['a number', { name: 'numberIndexed', number: { equals: 7 } }],
    ['a range of numbers', { name: 'numberIndexed', number: { greaterThan: 2990, lessThan: 2999 } }],
    ['an instant', { name: 'dateTimeIndexed', dateTime: { equals: new Date(7000) } }],
  ])('%s', async (_, filter) => {
    const plan = await planOf(filter);
    expect(plan).toMatch(/custom_attribute_values__by_(value|number)/);
    expect(plan).not.toContain('Seq Scan');
    expect(await planOf({ ...filter, name: filter.name.replace('Indexed', 'Plain') })).not.toContain(
      'custom_attribute_values',
    );
  });
});
