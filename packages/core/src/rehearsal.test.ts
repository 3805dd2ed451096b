import { beforeAll, expect, test } from 'vitest';
import { graphqlSchema } from './api/build-schema.ts';
import { type CustomAttributeData, createCustomAttribute } from './testing/custom-attributes.ts';
import {
  createConnection,
  createRole,
  grantRole,
  issueToken,
  newTeam,
  newUser,
  run,
} from './testing/directory.ts';
import { dumpTables } from './testing/tables.ts';
import { useSharedAccount, useWorld } from './testing/world.ts';

const world = useWorld();
const account = useSharedAccount(world);
/** The secret of the API token that rehearsals rotate and revoke. */
let toolSecret: string;
let ids: Record<
  'user' | 'other' | 'team' | 'role' | 'adminRole' | 'token' | 'connection' | 'attribute',
  string
>;
beforeAll(async () => {
  const { admin, idp } = account;
  const user = await newUser(idp, { userName: 'someone@example.com' });
  const other = await newUser(idp);
  const team = await newTeam(idp, { memberIds: [other.id] });
  const { role } = await run<{ role: { id: string } }>(admin, createRole, { name: 'Clerk' });
  const { role: second } = await run<{ role: { id: string } }>(admin, createRole, { name: 'Second' });
  await run(admin, grantRole, { userId: other.id, roleId: role.id });
  const { token, secret } = await run<{ token: { id: string }; secret: string }>(admin, issueToken, {
    kind: 'API',
    name: 'tool',
  });
  const { connection } = await run<{ connection: { id: string } }>(admin, createConnection, { name: 'Okta' });
  const { customAttribute } = await run<{ customAttribute: CustomAttributeData }>(
    admin,
    createCustomAttribute,
    { name: 'badge' },
  );
  await newUser(idp, { customAttributes: [{ name: 'badge', value: '17' }] });
  toolSecret = secret;
  ids = {
    user: user.id,
    other: other.id,
    team: team.id,
    role: role.id,
    adminRole: second.id,
    token: token.id,
    connection: connection.id,
    attribute: customAttribute.id,
  };
});

/** An input that changes something, for each mutation, and how many events it writes at least. */
const inputs: Record<string, () => object> = {
  createUser: () => ({ userName: 'rehearsed@example.com', manager: ids.user }),
  createUsers: () => ({ users: [{ userName: 'one@example.com' }, { userName: 'two@example.com' }] }),
  updateUser: () => ({
    id: ids.user,
    displayName: 'Rehearsed',
    active: false,
    customAttributes: [{ name: 'badge', value: '18' }],
  }),
  deprovisionUser: () => ({ id: ids.other }),
  deprovisionUsers: () => ({ ids: [ids.user, ids.other] }),
  createTeam: () => ({ displayName: 'Rehearsed', memberIds: [ids.user] }),
  updateTeam: () => ({ id: ids.team, displayName: 'Rehearsed', setMemberIds: [ids.user] }),
  addTeamMembers: () => ({ teamId: ids.team, userIds: [ids.user] }),
  removeTeamMembers: () => ({ teamId: ids.team, userIds: [ids.other] }),
  deleteTeam: () => ({ id: ids.team }),
  createTeams: () => ({
    teams: [{ displayName: 'One', memberIds: [ids.user, ids.team] }, { displayName: 'Two' }],
  }),
  changeTeamMembers: () => ({
    changes: [{ id: ids.team, addMemberIds: [ids.user], removeMemberIds: [ids.other] }],
  }),
  deleteTeams: () => ({ teams: [{ id: ids.team }] }),
  createRole: () => ({ name: 'Rehearsed', permissions: ['users:read'] }),
  updateRole: () => ({ id: ids.role, name: 'Rehearsed' }),
  deleteRole: () => ({ id: ids.role }),
  grantRole: () => ({ userId: ids.user, roleId: ids.adminRole }),
  revokeRole: () => ({ userId: ids.other, roleId: ids.role }),
  issueToken: () => ({ kind: 'API', name: 'Rehearsed' }),
  rotateToken: () => ({ id: ids.token }),
  revokeToken: () => ({ id: ids.token }),
  createConnection: () => ({ name: 'Rehearsed' }),
  updateConnection: () => ({ id: ids.connection, name: 'Rehearsed' }),
  createCustomAttribute: () => ({ name: 'rehearsed' }),
  updateCustomAttribute: () => ({ id: ids.attribute, name: 'rehearsed', indexed: true }),
  deleteCustomAttribute: () => ({ id: ids.attribute }),
  updateOrgStructure: () => ({ createTeams: 'MANAGER', teamAttribute: 'division' }),
  rebuildOrgStructure: () => ({}),
  createAccount: () => ({ name: 'Rehearsed', adminEmail: 'rehearsed@example.com' }),
  signIn: () => ({ email: account.adminEmail, password: account.adminPassword }),
  signOut: () => ({}),
};

const mutations = Object.values(graphqlSchema().getMutationType()?.getFields() ?? {});

test.each(mutations.map((field) => [field.name, field] as const))(
  '%s in rehearsal answers and changes nothing',
  async (name, field) => {
    const input = inputs[name];
    if (input === undefined) throw new Error(`The mutation ${name} is new: say in inputs what it changes.`);
    const document =
      field.args.length === 0
        ? `mutation { ${name} { __typename } }`
        : `mutation ($input: ${field.args[0]?.type}) { ${name}(input: $input) { __typename } }`;
    const actor = name === 'createAccount' ? world.operator : account.admin;
    const before = await dumpTables(world.databaseUrl);
    const ended: string[] = [];
    for (const authorization of [account.admin.authorization, `Bearer ${toolSecret}`]) {
      const context = await world.core.createContext({ authorization });
      world.core.onAccessEnded(context, () => ended.push(name));
    }
    const data = await actor.query<Record<string, object>>(
      document,
      { input: input() },
      { 'rollcall-dry-run': 'true' },
    );
    expect(Object.keys(data)).toEqual([name]);
    expect(await dumpTables(world.databaseUrl)).toEqual(before);
    expect(await account.admin.query('{ viewer { kind } }')).toEqual({ viewer: { kind: 'USER' } });
    expect(ended).toEqual([]);
  },
);

test('a rehearsal is refused like the real thing', async () => {
  const headers = { 'rollcall-dry-run': 'true' };
  const create = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }';
  const taken = { input: { userName: 'SOMEONE@example.com' } };
  expect(await account.idp.refusal(create, taken, headers)).toMatchObject({
    code: 'ALREADY_EXISTS',
    conflictingId: ids.user,
  });
  const rename = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }';
  const clash = { input: { id: ids.other, userName: 'someone@example.com' } };
  expect(await account.idp.refusal(rename, clash, headers)).toMatchObject({
    code: 'ALREADY_EXISTS',
    field: 'userName',
  });
});

test('nobody rehearses without a credential, also what needs none otherwise', async () => {
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { secret } }';
  const input = { email: account.adminEmail, password: account.adminPassword };
  expect(
    await world.actor('nobody').refusal(signIn, { input }, { 'rollcall-dry-run': 'true' }),
  ).toMatchObject({ code: 'UNAUTHENTICATED', field: 'rollcall-dry-run' });
});
