import { waitingStatements } from '@rollcall/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SCHEMA } from '../../model/custom-attribute.ts';
import { define, updateCustomAttribute, valuesOf } from '../../testing/custom-attributes.ts';
import {
  createUser,
  createUsers,
  deprovisionUser,
  eventsAbout,
  newUser,
  refused,
  run,
  type UserData,
  updateUser,
} from '../../testing/directory.ts';
import { withClient } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const given = (values: Record<string, unknown>) => ({
  customAttributes: Object.entries(values).map(([name, value]) => ({ name, value })),
});
const change = (id: string, values: Record<string, unknown>) =>
  run<{ changed: boolean; user: UserData }>(account.idp, updateUser, { id, ...given(values) });

test('values are given, changed one by one, and cleared; and each is told', async () => {
  await define(account.admin, { name: 'badge' });
  await define(account.admin, { name: 'desks', type: 'INTEGER', multiValued: true });
  await define(account.admin, { name: 'remote', type: 'BOOLEAN' });
  const user = await newUser(account.idp, given({ BADGE: '17', desks: [3, 1] }));
  expect(await valuesOf(account.idp, user.id)).toEqual({ badge: '17', desks: [3, 1] });
  expect((await change(user.id, { remote: false, desks: [] })).changed).toBe(true);
  expect(await valuesOf(account.idp, user.id)).toEqual({ badge: '17', remote: false });
  expect(await change(user.id, { badge: '17', desks: null })).toMatchObject({
    changed: false,
    user: { version: 2 },
  });
  await run(account.idp, updateUser, { id: user.id, customAttributes: null, displayName: 'Ada' });
  expect(await valuesOf(account.idp, user.id)).toEqual({});
  const events = await eventsAbout(account.admin, user.id);
  const told = events.map(({ changes }) => changes.filter(({ field }) => field.startsWith('urn:')));
  const path = (name: string) => `${DEFAULT_SCHEMA}:${name}`;
  expect(told).toEqual([
    [
      { field: path('badge'), before: null, after: '17' },
      { field: path('desks'), before: null, after: [3, 1] },
    ],
    [
      { field: path('remote'), before: null, after: false },
      { field: path('desks'), before: [3, 1], after: null },
    ],
    [
      { field: path('badge'), before: '17', after: null },
      { field: path('remote'), before: false, after: null },
    ],
  ]);
});

describe('a value keeps to its type', () => {
  const cases: [string, unknown[], unknown[]][] = [
    ['STRING', ['a', 'Ω🎉', '🎉'.repeat(1024)], [1, true, {}, 'a'.repeat(1025), '\u0000', '\ud800', ['a']]],
    ['BOOLEAN', [true, false], ['true', 1]],
    ['DECIMAL', [0, -1.5, 1e21], ['1', true]],
    ['INTEGER', [0, -7, 9007199254740991], [1.5, 9007199254740992, '1']],
    [
      'DATE_TIME',
      [
        '2026-03-01T09:30:00Z',
        '2024-02-29T23:59:59.123456+05:30',
        '0001-01-01T00:00:00Z',
        '2026-01-31T24:00:00Z',
      ],
      [
        '2026-02-29T00:00:00Z',
        '2026-03-01',
        '0000-01-01T00:00:00Z',
        '2026-03-01T24:00:01Z',
        '2026-03-01T25:00:00Z',
        5,
      ],
    ],
    ['REFERENCE', ['https://acme.example/x'], [5]],
    ['BINARY', ['SGVsbG8=', 'a'.repeat(65_536)], ['ä', 'a'.repeat(65_537)]],
  ];
  test.each(cases)('%s', async (type, fitting, others) => {
    await define(account.admin, { name: 'one', type });
    await define(account.admin, { name: 'many', type, multiValued: true });
    const user = await newUser(account.idp);
    for (const value of fitting) {
      await change(user.id, { one: value, many: [value] });
      expect(await valuesOf(account.idp, user.id)).toEqual({ one: value, many: [value] });
    }
    for (const value of others) {
      for (const values of [{ one: value }, { many: [value] }]) {
        expect(await refused(account.idp, updateUser, { id: user.id, ...given(values) })).toMatchObject({
          code: 'INVALID_INPUT',
          field: `${DEFAULT_SCHEMA}:${Object.keys(values)[0]}`,
        });
      }
    }
  });

  test('and to its number', async () => {
    await define(account.admin, { name: 'one' });
    await define(account.admin, { name: 'many', multiValued: true });
    const several = Array.from({ length: 201 }, String);
    const hollow = [[''], ['a', ''], [null]].map((many) => ({ many }));
    for (const values of [{ one: ['a'] }, { many: 'a' }, { many: several }, ...hollow]) {
      expect(await refused(account.idp, createUser, { userName: 'x', ...given(values) })).toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
  });
});

test('a name that is not defined, given twice, or meant by several schemas is refused', async () => {
  await define(account.admin, { name: 'badge' });
  await define(account.admin, { name: 'badge', schema: 'urn:acme:User' });
  const user = await newUser(account.idp);
  const give = (...customAttributes: object[]) =>
    refused(account.idp, updateUser, { id: user.id, customAttributes });
  const schema = DEFAULT_SCHEMA;
  expect(await give({ name: 'nobody', value: 1 })).toMatchObject({ field: 'customAttributes' });
  expect((await give({ name: 'badge', value: '1' })).message).toContain('several schemas');
  expect(await give({ name: 'badge', schema }, { name: 'Badge', schema })).toMatchObject({
    field: `${schema}:badge`,
  });
  await run(account.idp, updateUser, {
    id: user.id,
    customAttributes: [
      { name: 'badge', schema, value: 'a' },
      { name: 'badge', schema: 'URN:ACME:user', value: 'b' },
    ],
  });
});

test('a required attribute is asked of whoever has one of its schema, and of nobody else', async () => {
  const { id: badge } = await define(account.admin, { name: 'badge' });
  await define(account.admin, { name: 'desk', required: true });
  const field = `${DEFAULT_SCHEMA}:desk`;
  const user = await newUser(account.idp);
  const without = { userName: 'without', ...given({ badge: '17' }) };
  expect(await refused(account.idp, createUser, without)).toMatchObject({ code: 'INVALID_INPUT', field });
  expect(await refused(account.idp, updateUser, { id: user.id, ...given({ badge: '17' }) })).toMatchObject({
    field,
  });
  await change(user.id, { badge: '17', desk: '4' });
  await change(user.id, { badge: '18' });
  expect(await refused(account.idp, updateUser, { id: user.id, ...given({ desk: null }) })).toMatchObject({
    field,
  });
  await run(account.admin, updateCustomAttribute, { id: badge, required: true });
  await change(user.id, { badge: null, desk: null });
  expect(await valuesOf(account.idp, user.id)).toEqual({});
});

describe('a unique value', () => {
  test('that is taken refuses the one who brings it, also where they are the whole batch', async () => {
    const { id } = await newUser(account.idp, given({ badge: 'Blue' }));
    const batch = (...names: string[]) => ({
      users: names.map((userName) => ({ userName, ...given({ badge: 'blue' }) })),
    });
    for (const names of [['one'], ['two', 'three']]) {
      const { results } = await run<{ results: { user: unknown; error: { code: string } | null }[] }>(
        account.idp,
        createUsers,
        batch(...names),
      );
      expect(results.map(({ error }) => error?.code)).toEqual(names.map(() => 'ALREADY_EXISTS'));
    }
    expect(await refused(account.idp, createUser, batch('four').users[0] ?? {})).toMatchObject({
      code: 'ALREADY_EXISTS',
      conflictingId: id,
    });
  });

  beforeEach(async () => {
    await define(account.admin, { name: 'badge', uniqueness: 'SERVER' });
    await define(account.admin, { name: 'number', type: 'DECIMAL', multiValued: true, uniqueness: 'SERVER' });
  });

  test('is of one person, in any case or notation', async () => {
    const holder = await newUser(account.idp, given({ badge: 'Blue', number: [1, 2] }));
    const taken = { code: 'ALREADY_EXISTS', field: `${DEFAULT_SCHEMA}:badge`, conflictingId: holder.id };
    const other = await newUser(account.idp);
    expect(
      await refused(account.idp, updateUser, { id: other.id, ...given({ badge: 'BLUE' }) }),
    ).toMatchObject(taken);
    expect(
      await refused(account.idp, createUser, { userName: 'third', ...given({ badge: 'blue' }) }),
    ).toMatchObject(taken);
    expect(
      await refused(account.idp, updateUser, { id: other.id, ...given({ number: [3, 2.0] }) }),
    ).toMatchObject({ field: `${DEFAULT_SCHEMA}:number` });
    await change(holder.id, { badge: 'blue', number: [2, 1, 1] });
    await change(holder.id, { badge: 'red' });
    await change(other.id, { badge: 'Blue' });
  });

  test('is taken in one account, and free in any other', async () => {
    const another = await world.account();
    await define(another.admin, { name: 'badge', uniqueness: 'SERVER' });
    for (const { idp } of [account, another]) await newUser(idp, given({ badge: '17' }));
  });

  test('is free when its holder is deprovisioned, and theirs again when they come back first', async () => {
    const { id, userName } = await newUser(account.idp, given({ badge: '17' }));
    await run(account.idp, deprovisionUser, { id });
    await newUser(account.idp, given({ badge: '17' }));
    expect(await refused(account.idp, createUser, { userName, ...given({ badge: '17' }) })).toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    await run(account.idp, createUser, { userName, ...given({ badge: '18' }) });
    expect(await valuesOf(account.idp, id)).toEqual({ badge: '18' });
  });

  test('is refused alone in a batch', async () => {
    const holder = await newUser(account.idp, given({ badge: '17' }));
    const batch = `mutation ($input: CreateUsersInput!) {
      createUsers(input: $input) { results { user { userName } error { code field conflictingId } } } }`;
    const users = ['17', '18', '18', '19'].map((badge, n) => ({
      userName: `batch-${n}`,
      ...given({ badge }),
    }));
    const { createUsers } = await account.idp.query<{ createUsers: { results: object[] } }>(batch, {
      input: { users },
    });
    const error = { code: 'ALREADY_EXISTS', field: `${DEFAULT_SCHEMA}:badge` };
    expect(createUsers.results).toEqual([
      { user: null, error: { ...error, conflictingId: holder.id } },
      { user: { userName: 'batch-1' }, error: null },
      { user: null, error: { ...error, conflictingId: null } },
      { user: { userName: 'batch-3' }, error: null },
    ]);
  });

  test('is given to one of many who ask for it at once', async () => {
    const users = await Promise.all(Array.from({ length: 12 }, () => newUser(account.idp)));
    const attempts = users.map(({ id }) =>
      account.idp.ask('mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }', {
        input: { id, ...given({ badge: 'the only one' }) },
      }),
    );
    const creations = Array.from({ length: 12 }, (_, n) =>
      account.idp.ask('mutation ($input: CreateUserInput!) { createUser(input: $input) { changed } }', {
        input: { userName: `racer-${n}`, ...given({ badge: 'THE ONLY ONE' }) },
      }),
    );
    const codes = (await Promise.all([...attempts, ...creations])).map(
      ({ errors }) => errors?.[0]?.extensions.code ?? 'done',
    );
    expect(codes.toSorted()).toEqual([...Array.from({ length: 23 }, () => 'ALREADY_EXISTS'), 'done']);
  });
});

test('a value that is being written while its attribute is indexed is found', async () => {
  const { id } = await define(account.admin, { name: 'badge' });
  const user = await newUser(account.idp);
  await withClient(world.databaseUrl, async (writer) => {
    await writer.query('BEGIN');
    await writer.query(
      `UPDATE users SET custom_attributes = jsonb_build_object($1::text, 'late') WHERE account_id = $2 AND id = $3`,
      [id, account.id, user.id],
    );
    const indexing = run(account.admin, updateCustomAttribute, { id, indexed: true });
    await expect.poll(() => waitingStatements(writer, 'advisory')).toBe(1);
    await writer.query('COMMIT');
    await indexing;
  });
  const filter = { customAttribute: { name: 'badge', text: { equals: 'late' } } };
  expect(
    await account.idp.query('query ($filter: UserFilter) { users(filter: $filter) { nodes { id } } }', {
      filter,
    }),
  ).toEqual({ users: { nodes: [{ id: user.id }] } });
});
