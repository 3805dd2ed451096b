import { expect, test } from 'vitest';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();

const createUser = `mutation ($input: CreateUserInput!) { createUser(input: $input) { changed user { id userName externalId
  status version displayName emails { value type primary } manager { id } managerDisplayName managerReference department } } }`;
const updateUser = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed user { id userName status version
  displayName name { givenName familyName } managerReference managerId teams { displayName } externalId } } }`;

interface UserData {
  id: string;
  version: number;
  [field: string]: unknown;
}

test('creates a user with everything said of them', async () => {
  const { idp } = await world.account();
  const { createUser: payload } = await idp.query<{ createUser: { user: UserData } }>(createUser, {
    input: {
      userName: 'Ada@example.com',
      externalId: 'ext-1',
      displayName: 'Ada',
      department: 'Engineering',
      emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
    },
  });
  expect(payload.user).toMatchObject({
    userName: 'Ada@example.com',
    externalId: 'ext-1',
    status: 'ACTIVE',
    version: 1,
    emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
  });
  expect(await idp.refusal(createUser, { input: { userName: 'ADA@example.com' } })).toMatchObject({
    code: 'ALREADY_EXISTS',
    field: 'userName',
    conflictingId: payload.user.id,
  });
});

test('changes only what differs, and tells it', async () => {
  const { idp, admin } = await world.account();
  const { createUser: created } = await idp.query<{ createUser: { user: UserData } }>(createUser, {
    input: {
      userName: 'grace@example.com',
      displayName: 'Grace',
      name: { givenName: 'Grace', familyName: 'Hopper' },
    },
  });
  const change = {
    id: created.user.id,
    displayName: 'Amazing Grace',
    name: { familyName: 'Murray' },
    active: false,
  };
  const { updateUser: first } = await idp.query<{ updateUser: { changed: boolean; user: UserData } }>(
    updateUser,
    { input: change },
  );
  expect(first).toMatchObject({
    changed: true,
    user: { version: 2, status: 'INACTIVE', name: { givenName: 'Grace', familyName: 'Murray' } },
  });
  const { updateUser: second } = await idp.query<{ updateUser: { changed: boolean; user: UserData } }>(
    updateUser,
    { input: change },
  );
  expect(second).toMatchObject({ changed: false, user: { version: 2 } });
  const { events } = await admin.query<{ events: { nodes: unknown[] } }>(
    'query ($id: ID!) { events(filter: { subjectId: $id }) { nodes { type changes { field before after } actor { kind name } } } }',
    { id: created.user.id },
  );
  expect(events.nodes).toMatchObject([
    {
      type: 'USER_DEACTIVATED',
      actor: { kind: 'TOKEN', name: 'Entra ID' },
      changes: expect.arrayContaining([
        { field: 'displayName', before: 'Grace', after: 'Amazing Grace' },
        { field: 'name.familyName', before: 'Hopper', after: 'Murray' },
        { field: 'status', before: 'ACTIVE', after: 'INACTIVE' },
      ]),
    },
    { type: 'USER_CREATED' },
  ]);
});

test('deprovisions and revives the same user; those who report to them wait', async () => {
  const { idp } = await world.account();
  const create = async (input: object) =>
    (await idp.query<{ createUser: { user: UserData } }>(createUser, { input })).createUser.user;
  const report = await create({ userName: 'report@example.com', manager: 'boss@example.com' });
  expect(report).toMatchObject({ manager: null, managerReference: 'boss@example.com' });
  const boss = await create({ userName: 'boss@example.com', displayName: 'The Boss' });
  const read = async () =>
    (
      await idp.query<{ user: UserData }>(
        'query ($id: ID!) { user(id: $id) { managerId managerDisplayName managerReference version } }',
        { id: report.id },
      )
    ).user;
  expect(await read()).toMatchObject({ managerId: boss.id, managerDisplayName: 'The Boss', version: 2 });
  await idp.query('mutation ($input: DeprovisionUserInput!) { deprovisionUser(input: $input) { changed } }', {
    input: { id: boss.id },
  });
  expect(await read()).toMatchObject({ managerId: null, managerReference: boss.id, version: 3 });
  expect(await idp.query('query ($id: ID!) { user(id: $id) { id } }', { id: boss.id })).toEqual({
    user: null,
  });
  expect((await create({ userName: 'BOSS@example.com' })).id).toBe(boss.id);
  expect(await read()).toMatchObject({ managerId: boss.id, version: 4 });
});

test('who comes to be called as others named their manager is the manager, and the log says so', async () => {
  const { idp, admin } = await world.account();
  const create = async (input: object) =>
    (await idp.query<{ createUser: { user: UserData } }>(createUser, { input })).createUser.user;
  const managerOf = async ({ id }: UserData) =>
    (
      await idp.query<{ user: UserData }>(
        'query ($id: ID!) { user(id: $id) { managerId managerReference version } }',
        { id },
      )
    ).user;
  const byName = await create({ userName: 'ann@example.com', manager: 'NEW.name@example.com' });
  const byExternalId = await create({ userName: 'ben@example.com', manager: 'E-17' });
  const boss = await create({ userName: 'old.name@example.com', displayName: 'The Boss' });
  await idp.query(updateUser, { input: { id: boss.id, displayName: 'Their Boss' } });
  expect(await managerOf(byName)).toMatchObject({ managerId: null, version: 1 });
  await idp.query(updateUser, { input: { id: boss.id, userName: 'new.name@example.com' } });
  expect(await managerOf(byName)).toMatchObject({ managerId: boss.id, version: 2 });
  expect(await managerOf(byExternalId)).toMatchObject({ managerId: null, managerReference: 'E-17' });
  // External ids differ by case, wherever they come from and in whichever order.
  await create({ userName: 'other@example.com', externalId: 'e-17' });
  expect(await managerOf(byExternalId)).toMatchObject({ managerId: null });
  await idp.query(updateUser, { input: { id: boss.id, externalId: 'E-17' } });
  expect(await managerOf(byExternalId)).toMatchObject({ managerId: boss.id, version: 2 });
  const { events } = await admin.query<{ events: { nodes: unknown[] } }>(
    '{ events(first: 5, filter: { types: [USER_UPDATED] }) { nodes { type subject { id } changes { field } } } }',
  );
  expect(events.nodes).toEqual(
    [
      [byExternalId.id, 'manager'],
      [boss.id, 'externalId'],
      [byName.id, 'manager'],
      [boss.id, 'userName'],
      [boss.id, 'displayName'],
    ].map(([id, field]) => ({ type: 'USER_UPDATED', subject: { id }, changes: [{ field }] })),
  );
});

test('creates a batch, each with a result of its own', async () => {
  const { idp } = await world.account();
  const { createUsers } = await idp.query<{ createUsers: { results: unknown[] } }>(
    `mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { userName managerDisplayName } error { code field } } } }`,
    {
      input: {
        users: [
          { userName: 'b1@example.com', externalId: 'b1', manager: 'b2' },
          { userName: 'b2@example.com', externalId: 'b2' },
          { userName: 'B1@example.com' },
          { userName: ' ' },
          { userName: 'b3@example.com', password: 'short' },
          { userName: 'b4@example.com' },
        ],
      },
    },
  );
  expect(createUsers.results).toMatchObject([
    { user: { userName: 'b1@example.com' }, error: null },
    { user: { userName: 'b2@example.com' } },
    { user: null, error: { code: 'ALREADY_EXISTS', field: 'userName' } },
    { user: null, error: { code: 'INVALID_INPUT', field: 'userName' } },
    { user: null, error: { code: 'INVALID_INPUT', field: 'password' } },
    { user: { userName: 'b4@example.com' }, error: null },
  ]);
  const { users } = await idp.query<{ users: { nodes: unknown[]; totalCount: number } }>(
    '{ users(filter: { managerId: { isPresent: true } }) { totalCount nodes { userName managerReference } } }',
  );
  expect(users).toMatchObject({ totalCount: 1, nodes: [{ userName: 'b1@example.com' }] });
});

test('the last admin stays', async () => {
  const { idp, adminId } = await world.account();
  expect(await idp.refusal(updateUser, { input: { id: adminId, active: false } })).toMatchObject({
    code: 'LAST_ADMIN',
  });
  expect(
    await idp.refusal(
      'mutation ($input: DeprovisionUserInput!) { deprovisionUser(input: $input) { changed } }',
      { input: { id: adminId } },
    ),
  ).toMatchObject({ code: 'LAST_ADMIN' });
});
