import { describe, expect, test } from 'vitest';
import { DEFAULT_SCHEMA } from '../../model/custom-attribute.ts';
import {
  createCustomAttribute,
  define,
  definitionsQuery,
  deleteCustomAttribute,
  updateCustomAttribute,
  valuesOf,
} from '../../testing/custom-attributes.ts';
import { eventsAbout, newUser, refused, run, updateUser } from '../../testing/directory.ts';
import { withClient } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const ACME = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User';

const world = useWorld();
const account = useAccount(world);

test('a definition is as RFC 7643 §2.2 has it where nothing is said', async () => {
  expect(await define(account.admin, { name: 'badge' })).toEqual({
    id: expect.any(String),
    schema: DEFAULT_SCHEMA,
    name: 'badge',
    type: 'STRING',
    multiValued: false,
    required: false,
    caseExact: false,
    canonicalValues: [],
    uniqueness: 'NONE',
    indexed: false,
    description: null,
  });
});

test('definitions are listed in their order, and the version changes with them', async () => {
  const read = () =>
    account.idp.query<{ customAttributesVersion: string | null; customAttributes: { name: string }[] }>(
      definitionsQuery,
    );
  expect(await read()).toEqual({ customAttributesVersion: null, customAttributes: [] });
  const { id } = await define(account.admin, { name: 'badge' });
  await define(account.admin, { name: 'desk', type: 'INTEGER', multiValued: true });
  const before = await read();
  expect(before.customAttributes.map(({ name }) => name)).toEqual(['badge', 'desk']);
  await run(account.admin, updateCustomAttribute, { id, name: 'pass', description: 'Opens doors' });
  const after = await read();
  expect(after.customAttributes[0]).toMatchObject({ id, name: 'pass', description: 'Opens doors' });
  expect(new Set([null, before.customAttributesVersion, after.customAttributesVersion]).size).toBe(3);
});

test('a definition is a node, and its changes are events', async () => {
  const { id } = await define(account.admin, { name: 'badge', canonicalValues: ['red', 'blue', 'red'] });
  expect(await account.admin.query('query ($id: ID!) { node(id: $id) { __typename id } }', { id })).toEqual({
    node: { __typename: 'CustomAttribute', id },
  });
  await run(account.admin, updateCustomAttribute, { id, required: true, name: 'badge' });
  await run(account.admin, updateCustomAttribute, { id, required: true });
  await run(account.admin, deleteCustomAttribute, { id });
  const events = await eventsAbout(account.admin, id);
  expect(events.map(({ type }) => type)).toEqual([
    'CUSTOM_ATTRIBUTE_CREATED',
    'CUSTOM_ATTRIBUTE_UPDATED',
    'CUSTOM_ATTRIBUTE_DELETED',
  ]);
  expect(events[0]?.changes).toContainEqual({
    field: 'canonicalValues',
    before: null,
    after: ['red', 'blue'],
  });
  expect(events[1]?.changes).toEqual([{ field: 'required', before: false, after: true }]);
});

test.each([
  ['a name that is none', { name: '1st' }, 'name'],
  ['an empty name', { name: '' }, 'name'],
  ['a dotted name', { name: 'badge.number' }, 'name'],
  ['a name that is too long', { name: 'a'.repeat(65) }, 'name'],
  ['a schema that is no URN', { name: 'a', schema: 'https://acme.example/schema' }, 'schema'],
  ['a schema that ends in a colon', { name: 'a', schema: `${ACME}:` }, 'schema'],
  [
    'the enterprise schema',
    { name: 'a', schema: 'URN:ietf:params:scim:schemas:extension:enterprise:2.0:User' },
    'schema',
  ],
  ['the core schema', { name: 'a', schema: 'urn:ietf:params:scim:schemas:core:2.0:User' }, 'schema'],
  ['an index for bytes', { name: 'a', type: 'BINARY', indexed: true }, 'indexed'],
  ['unique booleans', { name: 'a', type: 'BOOLEAN', uniqueness: 'SERVER' }, 'uniqueness'],
  ['suggested numbers', { name: 'a', type: 'INTEGER', canonicalValues: ['1'] }, 'canonicalValues'],
])('%s is refused', async (_, input, field) => {
  expect(await refused(account.admin, createCustomAttribute, input)).toMatchObject({
    code: 'INVALID_INPUT',
    field,
  });
});

test('a name is unique in its schema, whatever the case, and a URN is one in any case', async () => {
  await define(account.admin, { name: 'badge', schema: ACME });
  expect(
    await refused(account.admin, createCustomAttribute, { name: 'BADGE', schema: ACME.toUpperCase() }),
  ).toMatchObject({ code: 'ALREADY_EXISTS', field: 'name' });
  expect(await define(account.admin, { name: 'badge' })).toMatchObject({ schema: DEFAULT_SCHEMA });
  const { schema } = await define(account.admin, { name: 'desk', schema: ACME.replace('acme', 'ACME') });
  expect(schema).toBe(ACME);
});

test('references and binary values are compared with case, whatever was said', async () => {
  const exact = { caseExact: true };
  expect(await define(account.admin, { name: 'a', type: 'REFERENCE' })).toMatchObject(exact);
  expect(await define(account.admin, { name: 'b', type: 'BINARY', caseExact: false })).toMatchObject(exact);
});

test('an account defines a hundred attributes and no more', async () => {
  await withClient(world.databaseUrl, (client) =>
    client.query(
      `INSERT INTO custom_attributes (account_id, id, schema, name, type, multi_valued, required, case_exact,
         canonical_values, uniqueness, indexed)
       SELECT $1, gen_random_uuid(), $2, 'a' || n, 'STRING', false, false, false, '{}', 'NONE', false
       FROM generate_series(1, 99) n`,
      [account.id, ACME],
    ),
  );
  await define(account.admin, { name: 'hundredth' });
  expect(await refused(account.admin, createCustomAttribute, { name: 'more' })).toMatchObject({
    code: 'LIMIT_EXCEEDED',
    limit: 100,
  });
});

describe('values that are there already', () => {
  const give = (badge: unknown) =>
    newUser(account.idp, { customAttributes: [{ name: 'badge', value: badge }] });
  const find = async (text: object) => {
    const { users } = await account.idp.query<{ users: { nodes: { id: string }[] } }>(
      'query ($filter: UserFilter) { users(filter: $filter) { nodes { id } } }',
      { filter: { customAttribute: { name: 'badge', text } } },
    );
    return users.nodes.map(({ id }) => id);
  };

  test('are found by an index that is asked for later, and by one whose case changes', async () => {
    const { id } = await define(account.admin, { name: 'badge' });
    const one = await give('Blue');
    const other = await give('blue');
    await run(account.admin, updateCustomAttribute, { id, indexed: true });
    expect(await find({ equals: 'BLUE' })).toEqual([one.id, other.id]);
    await run(account.admin, updateCustomAttribute, { id, caseExact: true });
    expect(await find({ equals: 'Blue' })).toEqual([one.id]);
    await run(account.admin, updateCustomAttribute, { id, indexed: false });
    expect(await find({ startsWith: 'Bl' })).toEqual([one.id]);
  });

  test('become unique only when they are', async () => {
    const { id } = await define(account.admin, { name: 'badge' });
    await give('17');
    const other = await give('17');
    expect(await refused(account.admin, updateCustomAttribute, { id, uniqueness: 'SERVER' })).toMatchObject({
      code: 'ALREADY_EXISTS',
      field: 'uniqueness',
    });
    await run(account.idp, updateUser, { id: other.id, customAttributes: [{ name: 'badge', value: '18' }] });
    await run(account.admin, updateCustomAttribute, { id, uniqueness: 'SERVER' });
    expect(await find({ equals: '18' })).toEqual([other.id]);
  });

  test('stay when the attribute is renamed', async () => {
    const { id } = await define(account.admin, { name: 'badge' });
    const user = await give('17');
    await run(account.admin, updateCustomAttribute, { id, name: 'pass' });
    expect(await valuesOf(account.admin, user.id)).toEqual({ pass: '17' });
  });

  test('go with the attribute, are told, and do not come back with its name', async () => {
    const { id, schema } = await define(account.admin, { name: 'badge', uniqueness: 'SERVER' });
    const user = await give('17');
    const without = await newUser(account.idp);
    await run(account.admin, deleteCustomAttribute, { id });
    await define(account.admin, { name: 'badge', uniqueness: 'SERVER' });
    expect(await valuesOf(account.admin, user.id)).toEqual({});
    expect((await eventsAbout(account.admin, user.id)).at(-1)).toMatchObject({
      type: 'USER_UPDATED',
      changes: [{ field: `${schema}:badge`, before: '17', after: null }],
    });
    expect((await eventsAbout(account.admin, without.id)).length).toBe(1);
    await give('17');
  });
});

test('another process hears of a definition, and looks up a name that it does not know', async () => {
  const elsewhere = (await world.anotherCore()).actor(account.idp.token);
  expect(await elsewhere.query('{ customAttributesVersion }')).toEqual({ customAttributesVersion: null });
  await define(account.admin, { name: 'badge' });
  const user = await newUser(elsewhere, { customAttributes: [{ name: 'badge', value: '17' }] });
  expect(await valuesOf(elsewhere, user.id)).toEqual({ badge: '17' });
  await define(account.admin, { name: 'desk' });
  await expect
    .poll(async () => {
      const { customAttributes } = await elsewhere.query<{ customAttributes: object[] }>(definitionsQuery);
      return customAttributes.length;
    })
    .toBe(2);
});

describe('a path means one thing', () => {
  const inner = { schema: 'urn:example:acme', name: 'desk' };

  test.each([
    ['is its path', 'urn:example:acme:desk'],
    ['is its path in another case', 'URN:example:ACME:Desk'],
    ['reads as a part of it', 'urn:example:acme:desk.value'],
  ])('no schema %s, whichever came first', async (_, schema) => {
    const outer = { schema, name: 'floor' };
    const { id } = await define(account.admin, inner);
    expect(await refused(account.admin, createCustomAttribute, { type: 'STRING', ...outer })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'schema',
      message: expect.stringMatching(/urn:example:acme:desk in paths/),
    });
    await run(account.admin, deleteCustomAttribute, { id });
    await define(account.admin, outer);
    const refusal = { code: 'INVALID_INPUT', field: 'name', message: expect.stringContaining(schema) };
    expect(await refused(account.admin, createCustomAttribute, { type: 'STRING', ...inner })).toMatchObject(
      refusal,
    );
    const other = await define(account.admin, { ...inner, name: 'chair' });
    expect(await refused(account.admin, updateCustomAttribute, { id: other.id, name: 'Desk' })).toMatchObject(
      refusal,
    );
  });

  test.each([
    'urn:example:acme:desks',
    'urn:example:acme:desk:2.0',
    'urn:example:acme:desk-2.0',
    'urn:example:other',
  ])('%s goes beside urn:example:acme:desk', async (schema) => {
    await define(account.admin, inner);
    await define(account.admin, { schema, name: 'floor' });
  });

  test.each([
    ['urn:ietf:params:scim:schemas:core:2.0:User:name', 'x'],
    ['urn:ietf:params:scim:schemas:core:2.0', 'User'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'x'],
    ['URN:ietf:params:scim:schemas:extension:enterprise:2.0', 'User'],
  ])('what begins or goes on as a schema of the RFCs is refused: %s', async (schema, name) => {
    expect(
      await refused(account.admin, createCustomAttribute, { type: 'STRING', schema, name }),
    ).toMatchObject({ code: 'INVALID_INPUT', field: 'schema' });
  });
});
