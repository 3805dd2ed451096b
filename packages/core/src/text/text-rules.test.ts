import { expect, test } from 'vitest';
import { createCustomAttribute } from '../testing/custom-attributes.ts';
import {
  createConnection,
  createRole,
  createTeam,
  createUser,
  issueToken,
  newTeam,
  newUser,
  refused,
  run,
  signIn,
  type UserData,
  updateTeam,
  updateUser,
} from '../testing/directory.ts';
import { hire, restructure, teamsSeen } from '../testing/org-settings.ts';
import { useAccount, useWorld } from '../testing/world.ts';
import { isBlank } from './text-rules.ts';

const world = useWorld();
const account = useAccount(world);

const change = async (input: object): Promise<UserData> =>
  (await run<{ user: UserData }>(account.idp, updateUser, input)).user;

test('lengths count characters, and not what UTF-16 makes of them', async () => {
  const { id } = await newUser(account.idp);
  await change({ id, title: '🎉'.repeat(1024) });
  const tooLong = { id, title: '🎉'.repeat(1025) };
  expect(await refused(account.idp, updateUser, tooLong)).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'title',
    message: expect.stringContaining('1024 characters'),
  });
});

test('a name that no index could hold is refused, and not an error of ours', async () => {
  const long = Array.from({ length: 1024 }, (_, n) =>
    String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000)),
  ).join('');
  const refusal = { code: 'INVALID_INPUT', message: expect.stringContaining('2048 bytes') };
  const user = { userName: 'someone' };
  expect(await refused(account.idp, createUser, { userName: long })).toMatchObject(refusal);
  expect(await refused(account.idp, createUser, { ...user, externalId: long })).toMatchObject(refusal);
  expect(await refused(account.idp, createUser, { ...user, manager: long })).toMatchObject(refusal);
  expect(await refused(account.idp, createTeam, { displayName: long })).toMatchObject(refusal);
  expect(await refused(account.idp, createTeam, { displayName: 'x', externalId: long })).toMatchObject(
    refusal,
  );
  expect(await refused(account.admin, createRole, { name: long })).toMatchObject(refusal);
  await newUser(account.idp, { displayName: long, title: long });
});

const blank = [' ', '\t\n', '\u200b', '\u00a0', '\u2060\ufeff', '\u3164', '\u2800', '\u00ad'];

test.each(blank)('a name of %j alone is refused', async (name) => {
  const refusal = (field: string) => ({ code: 'INVALID_INPUT', field });
  const user = { userName: 'someone' };
  expect(await refused(account.idp, createUser, { userName: name })).toMatchObject(refusal('userName'));
  for (const field of ['displayName', 'nickName', 'department', 'division', 'organization'])
    expect(await refused(account.idp, createUser, { ...user, [field]: name })).toMatchObject(refusal(field));
  expect(await refused(account.idp, createUser, { ...user, name: { familyName: name } })).toMatchObject(
    refusal('name.familyName'),
  );
  expect(await refused(account.idp, createTeam, { displayName: name })).toMatchObject(refusal('displayName'));
  expect(await refused(account.admin, createRole, { name })).toMatchObject(refusal('name'));
  expect(await refused(account.admin, createConnection, { name })).toMatchObject(refusal('name'));
  expect(await refused(account.admin, issueToken, { kind: 'API', name })).toMatchObject(refusal('name'));
});

test('any text of white space alone is refused, since something is found by it', async () => {
  await run(account.admin, createCustomAttribute, { name: 'badge' });
  await run(account.admin, createCustomAttribute, { name: 'tags', multiValued: true });
  const texts = ['externalId', 'manager', 'title', 'employeeNumber', 'costCenter', 'locale', 'userType'];
  const given: [string, object][] = [
    ...texts.map((field): [string, object] => [field, { [field]: ' ' }]),
    ['emails.value', { emails: [{ value: '\t' }] }],
    ['phoneNumbers.display', { phoneNumbers: [{ value: '1', display: ' ' }] }],
    ['addresses.locality', { addresses: [{ locality: '\u00a0' }] }],
    ['badge', { customAttributes: [{ name: 'badge', value: ' ' }] }],
    ['tags', { customAttributes: [{ name: 'tags', value: ['a', ' '] }] }],
  ];
  const { id } = await newUser(account.idp);
  for (const [field, properties] of given) {
    const refusal = {
      code: 'INVALID_INPUT',
      field: expect.stringMatching(new RegExp(`${field}$`)),
      message: expect.stringMatching(/white space alone.*null for none/),
    };
    expect(await refused(account.idp, updateUser, { id, ...properties }), field).toMatchObject(refusal);
    expect(
      await refused(account.idp, createUser, { userName: 'someone', ...properties }),
      field,
    ).toMatchObject(refusal);
  }
  const refusal = (field: string) => ({ code: 'INVALID_INPUT', field });
  expect(await refused(account.idp, createTeam, { displayName: 'x', externalId: ' ' })).toMatchObject(
    refusal('externalId'),
  );
  expect(await refused(account.admin, createRole, { name: 'x', description: ' ' })).toMatchObject(
    refusal('description'),
  );
  expect(await refused(account.admin, createCustomAttribute, { name: 'x', description: ' ' })).toMatchObject(
    refusal('description'),
  );
});

test.each(['a', '한', '中', '🎉', '‍a', 'é', '१', '-', '👩‍👩‍👧'])('%s can be seen', (text) => {
  expect(isBlank(text)).toBe(false);
});

test('an empty text clears, and says nothing of somebody new', async () => {
  await run(account.admin, createCustomAttribute, { name: 'badge' });
  const shown = `query ($id: ID!) { user(id: $id) { displayName title externalId managerReference name { givenName } customAttributes { value } } }`;
  const read = async (id: string) => (await account.idp.query<{ user: object }>(shown, { id })).user;
  const full = {
    displayName: 'Ada',
    title: 'Countess',
    externalId: 'x',
    manager: 'nobody yet',
    name: { givenName: 'Ada' },
    customAttributes: [{ name: 'badge', value: '1' }],
  };
  const empty = {
    displayName: '',
    title: '',
    externalId: '',
    manager: '',
    name: { givenName: '' },
    customAttributes: [{ name: 'badge', value: '' }],
  };
  const nothing = {
    displayName: null,
    title: null,
    externalId: null,
    managerReference: null,
    name: null,
    customAttributes: [],
  };
  const { id } = await newUser(account.idp, full);
  await change({ id, ...empty });
  expect(await read(id)).toEqual(nothing);
  expect(await read((await newUser(account.idp, empty)).id)).toEqual(nothing);
  expect(await refused(account.idp, updateUser, { id, userName: '' })).toMatchObject({ field: 'userName' });
});

test('an empty text clears in lists too, and an element of labels alone says nothing', async () => {
  const shown = `query ($id: ID!) { user(id: $id) { emails { value type primary } phoneNumbers { value display }
    addresses { locality country } directoryRoles { value } } }`;
  const hollow = {
    emails: [{ value: '', type: 'work', primary: true }],
    addresses: [{ locality: '', type: 'home' }],
    phoneNumbers: [{ value: '', display: '' }],
    directoryRoles: [{ value: '' }, { display: 'Boss' }],
  };
  const nothing = { emails: [], addresses: [], phoneNumbers: [], directoryRoles: [] };
  const created = await newUser(account.idp, hollow);
  const { id } = await newUser(account.idp, { emails: [{ value: 'a@b.example' }] });
  await change({ id, ...hollow });
  for (const person of [created.id, id])
    expect(await account.idp.query(shown, { id: person })).toEqual({ user: nothing });
  const { users } = await account.idp.query<{ users: { totalCount: number } }>(
    `query ($ids: [ID!]) { users(filter: { id: { in: $ids }, or: [{ emails: { isPresent: true } },
      { addresses: { isPresent: true } }, { directoryRoles: { isPresent: true } }] }) { totalCount } }`,
    { ids: [created.id, id] },
  );
  expect(users.totalCount).toBe(0);
  await change({
    id,
    emails: [
      { value: 'a@b.example', type: '', display: '', primary: true },
      { value: '', primary: true },
    ],
    addresses: [{ locality: '', country: 'DE' }],
  });
  expect(await account.idp.query(shown, { id })).toEqual({
    user: {
      ...nothing,
      emails: [{ value: 'a@b.example', type: null, primary: true }],
      addresses: [{ locality: null, country: 'DE' }],
    },
  });
});

test('an empty description, or external id of a team, is none', async () => {
  const role = await account.admin.query(
    'mutation { createRole(input: { name: "x", description: "" }) { role { description } } }',
  );
  expect(role).toEqual({ createRole: { role: { description: null } } });
  const attribute = await account.admin.query(
    'mutation { createCustomAttribute(input: { name: "x", description: "" }) { customAttribute { description } } }',
  );
  expect(attribute).toEqual({ createCustomAttribute: { customAttribute: { description: null } } });
  const team = await account.idp.query(
    'mutation { createTeam(input: { displayName: "x", externalId: "" }) { team { externalId } } }',
  );
  expect(team).toEqual({ createTeam: { team: { externalId: null } } });
});

test('an empty id clears what it refers to, and names nobody and nothing', async () => {
  const { id: parentId } = await newTeam(account.admin);
  const both = { parentId, leadId: account.adminId };
  const { id } = await newTeam(account.admin, both);
  const referred = async (teamId: string) =>
    account.admin.query('query ($id: ID!) { team(id: $id) { parent { id } lead { id } } }', { id: teamId });
  const empty = { parentId: '', leadId: '' };
  const none = { team: { parent: null, lead: null } };
  expect(await referred(id)).not.toEqual(none);
  await run(account.admin, updateTeam, { id, ...empty });
  expect(await referred(id)).toEqual(none);
  expect(await referred((await newTeam(account.admin, empty)).id)).toEqual(none);
  for (const kind of ['SCIM', 'API'])
    await run(account.admin, issueToken, { kind, name: 'x', connectionId: '' });
  const { adminEmail: email, adminPassword } = account;
  await run(account.admin, signIn, { email, password: adminPassword, accountId: '' });
});

test.each([
  ['filter.userName.equals', 'users', { userName: { equals: '\ud800' } }],
  ['filter.search', 'users', { search: 'a\udfff' }],
  ['filter.emails.some.value.in', 'users', { emails: { some: { value: { in: ['a', '\ud800'] } } } }],
  ['filter.or.managerReference.equals', 'users', { or: [{ managerReference: { equals: '\ud800' } }] }],
  ['filter.externalId.equals', 'users', { externalId: { equals: '\u0000' } }],
  ['filter.displayName.contains', 'teams', { displayName: { contains: '\ud800' } }],
  ['filter.requestId', 'events', { requestId: '\ud800' }],
])('%s of %s refuses a text that nothing can have', async (field, list, filter) => {
  const type = { users: 'UserFilter', teams: 'TeamFilter', events: 'EventFilter' }[list];
  const asked = account.admin.query(
    `query ($filter: ${type}) { ${list}(filter: $filter, first: 1) { nodes { id } } }`,
    {
      filter,
    },
  );
  await expect(asked).rejects.toThrow(`${field}: contains`);
  await expect(asked).rejects.toThrow('INVALID_INPUT');
});

test.each(['searchPeople', 'searchTeams'])('%s of the chart does so too', async (search) => {
  const asked = account.admin.query(
    `query ($text: String!) { orgChart { ${search}(text: $text, first: 1) { id } } }`,
    {
      text: '\ud800',
    },
  );
  await expect(asked).rejects.toThrow('text: contains half of a surrogate pair');
});

test('names that differ by case or normal form alone are one', async () => {
  await run(account.idp, createUser, { userName: 'ΣΊΣΥΦΟΣ' });
  expect(await refused(account.idp, createUser, { userName: 'σίσυφος' })).toMatchObject({
    code: 'ALREADY_EXISTS',
    field: 'userName',
  });
  await run(account.idp, createTeam, { displayName: 'Cafe\u0301' });
  expect(await refused(account.idp, createTeam, { displayName: 'CAF\u00c9' })).toMatchObject({
    code: 'ALREADY_EXISTS',
  });
});

test('departments that differ by normal form alone are one team', async () => {
  await restructure(account.admin, { createTeams: 'DEPARTMENT' });
  await hire(account.admin, [
    { name: 'Ann', department: 'Caf\u00e9' },
    { name: 'Ben', department: 'Cafe\u0301' },
  ]);
  expect(await teamsSeen(account.admin)).toMatchObject([{ name: 'Caf\u00e9', members: ['Ann', 'Ben'] }]);
});

test('names come in the order of the alphabet, whatever their accents and case', async () => {
  const names = ['Zed', 'Émile', 'emil', 'EMILY', 'Åse', 'ärne', 'Øyvind', '李', 'Ωmega'];
  await hire(
    account.admin,
    names.map((name) => ({ name })),
  );
  for (const displayName of names) await run(account.admin, createTeam, { displayName });
  const { users, teams, orgChart } = await account.admin.query<
    Record<
      'users' | 'teams' | 'orgChart',
      { nodes: { displayName: string }[] } & { people: { nodes: { displayName: string }[] } }
    >
  >(`{ users(filter: { userName: { endsWith: "@example.com" } }, orderBy: { field: LABEL, direction: ASC }) { nodes { displayName } }
    teams(orderBy: { field: DISPLAY_NAME, direction: ASC }) { nodes { displayName } } orgChart { people { nodes { displayName } } } }`);
  const sorted = names.toSorted(new Intl.Collator('en').compare);
  const among = (nodes: { displayName: string }[]) =>
    nodes.map(({ displayName }) => displayName).filter((name) => names.includes(name));
  expect(among(users.nodes)).toEqual(sorted);
  expect(among(teams.nodes)).toEqual(sorted);
  expect(among(orgChart.people.nodes)).toEqual(sorted);
});
