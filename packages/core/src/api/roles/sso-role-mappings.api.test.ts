import type { AccountWorld, Actor } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createConnection,
  createRole,
  createSignInConnection,
  deleteRole,
  deleteSignInConnection,
  eventsAbout,
  issueToken,
  newUser,
  refused,
  roleNamed,
  run,
  setSsoGroupRoles,
  signInConnectionInput,
} from '../../testing/directory.ts';
import { newRole, rolesOf } from '../../testing/group-roles.ts';
import {
  claimsOf,
  newSignInConnection,
  type SaidProvider,
  signInSaying,
  startSaidProvider,
} from '../../testing/sign-in-provider.ts';
import { withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld({ allowedPrivateHosts: ['localhost'] });
let provider: SaidProvider;
let account: AccountWorld;
let admin: Actor;
let signInConnectionId: string;
beforeAll(async () => {
  provider = await startSaidProvider();
  account = await world.account();
  admin = account.admin;
  signInConnectionId = await newSignInConnection(account, provider);
});
afterAll(() => provider.close());

interface Mapping {
  readonly id: string;
  readonly group: string;
  readonly userCount: number;
  readonly role: { readonly id: string; readonly name: string };
}

const give = async (group: string, ...roles: string[]): Promise<Mapping[]> => {
  const roleIds = await Promise.all(roles.map((name) => roleNamed(admin, name)));
  const input = { signInConnectionId, group, roleIds };
  return (await run<{ mappings: Mapping[] }>(admin, setSsoGroupRoles, input)).mappings;
};

interface SignedIn {
  readonly finishSingleSignOn: { readonly secret: string };
}

async function signIn(userName: string, claims: object): Promise<Actor> {
  const told = claimsOf(userName, claims);
  const { data, errors } = await signInSaying(
    world.operator,
    { provider, connectionId: signInConnectionId },
    told,
  );
  expect(errors).toBeUndefined();
  return world.actor((data as unknown as SignedIn).finishSingleSignOn.secret);
}

const groupsOf = async (contains?: string) =>
  (
    await admin.query<{ ssoGroups: { totalCount: number; withheldCount: number; nodes: object[] } }>(
      `query ($id: ID!, $contains: String) { ssoGroups(signInConnectionId: $id, contains: $contains) {
        totalCount withheldCount nodes { group userCount lastSeenAt mappings { group role { name } } } } }`,
      { id: signInConnectionId, contains },
    )
  ).ssoGroups;

test('a sign-in adds the roles of its groups to the session that it begins, and says why for good', async () => {
  const { id, userName } = await newUser(account.idp);
  const [mapping] = await give(' Management ', 'admin');
  expect(mapping).toMatchObject({ group: 'Management', userCount: 0, role: { name: 'admin' } });
  const session = await signIn(userName, { groups: ['Staff', 'management'] });
  await session.query('{ tokens(first: 1) { totalCount } }');
  const why = [
    {
      role: { name: 'admin' },
      because: [
        {
          source: 'SSO_MAPPING',
          requestId: expect.any(String),
          mapping: null,
          signIn: { group: 'Management', signInConnectionName: 'Login' },
          endsWhen:
            'Revoking it takes it away, and nothing else does; a sign-in with the group Management adds it again while the group is mapped to it.',
        },
      ],
    },
  ];
  expect(await rolesOf(admin, id)).toEqual(why);
  const told = await eventsAbout(admin, id);
  expect(told.map(({ type }) => type)).toEqual([
    'USER_CREATED',
    'IDENTITY_LINKED',
    'ROLE_GRANTED',
    'USER_SIGNED_IN',
  ]);
  expect(told[2]).toMatchObject({
    related: { type: 'ROLE', id: mapping?.role.id },
    changes: [
      {
        field: 'signIn',
        before: null,
        after: {
          group: 'Management',
          mappingId: mapping?.id,
          signInConnectionId,
          signInConnection: 'Login',
        },
      },
    ],
  });
  await signIn(userName, { groups: ['Management'] });
  expect((await eventsAbout(admin, id)).filter(({ type }) => type === 'ROLE_GRANTED')).toHaveLength(1);
  const { ssoRoleMappings, node } = await admin.query<{ ssoRoleMappings: object; node: object }>(
    `query ($filter: SsoRoleMappingFilterInput, $id: ID!) { node(id: $id) { ... on SsoRoleMapping { group } }
      ssoRoleMappings(filter: $filter) { totalCount nodes { userCount users { nodes { id } } createdBy { name } } } }`,
    { filter: { roleId: mapping?.role.id, signInConnectionId }, id: mapping?.id },
  );
  expect(node).toEqual({ group: 'Management' });
  expect(ssoRoleMappings).toEqual({
    totalCount: 1,
    nodes: [{ userCount: 1, users: { nodes: [{ id }] }, createdBy: { name: 'Ada Admin' } }],
  });
  expect(await give('Management')).toEqual([]);
  expect(await rolesOf(admin, id)).toEqual(why);
  expect(await eventsAbout(admin, mapping?.id ?? '')).toMatchObject([
    { type: 'ROLE_MAPPING_CREATED', changes: [{ after: { id: signInConnectionId, name: 'Login' } }] },
    { type: 'ROLE_MAPPING_DELETED', changes: [{ before: { id: signInConnectionId, name: 'Login' } }] },
  ]);
});

test('groups that have arrived are listed with how many people they came with, and mapped ones that have not', async () => {
  const [one, other] = [await newUser(account.idp), await newUser(account.idp)];
  await give('Seen by none', 'user');
  await signIn(one.userName, { groups: ['seen one', 'Seen both', ' seen both'] });
  await signIn(other.userName, { groups: ['seen both', 'seen once'] });
  await signIn(other.userName, { groups: 'SEEN BOTH' });
  const seen = { lastSeenAt: expect.any(String), mappings: [] };
  expect(await groupsOf('SEEN')).toEqual({
    totalCount: 3,
    withheldCount: 0,
    nodes: [
      {
        group: 'Seen by none',
        userCount: 0,
        lastSeenAt: null,
        mappings: [{ group: 'Seen by none', role: { name: 'user' } }],
      },
      { group: expect.stringMatching(/^seen both$/i), userCount: 2, ...seen },
      { group: 'seen one', userCount: 1, ...seen },
    ],
  });
});

test('groups that the provider holds back are told, and not taken for none', async () => {
  const { id, userName } = await newUser(account.idp);
  await signIn(userName, { groups: ['before'] });
  for (const overage of [{ _claim_names: { groups: 'src1' }, _claim_sources: {} }, { hasgroups: true }]) {
    await signIn(userName, overage);
    expect((await eventsAbout(admin, id)).at(-1)?.changes).toContainEqual({
      field: 'groupsProblem',
      before: null,
      after: expect.stringContaining('Entra ID sent no groups'),
    });
    expect(await groupsOf('before')).toMatchObject({ withheldCount: 1, nodes: [{ userCount: 1 }] });
  }
  await withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT p.groups, p.groups_withheld FROM provider_sessions p JOIN sessions s ON s.id = p.session_id
       WHERE s.user_id = $1 ORDER BY s.created_at, s.id`,
      [id],
    );
    expect(rows.map(({ groups, groups_withheld }) => [groups, groups_withheld])).toEqual([
      [['before'], false],
      [null, true],
      [null, true],
    ]);
  });
  await signIn(userName, { groups: [] });
  expect(await groupsOf('before')).toMatchObject({ withheldCount: 0, nodes: [] });
});

test('what a sign-in would add is shown before', async () => {
  const { id: userId, userName } = await newUser(account.idp);
  await give('Viewers', 'view-only');
  await give('Engineers', 'user');
  const preview = async (groups: string[], of: string | null) =>
    (
      await admin.query<{ previewSsoRoles: { group: string; outcome: string; role: { name: string } }[] }>(
        `query ($id: ID!, $groups: [String!]!, $userId: ID) {
          previewSsoRoles(signInConnectionId: $id, groups: $groups, userId: $userId) { group outcome role { name } } }`,
        { id: signInConnectionId, groups, userId: of },
      )
    ).previewSsoRoles.map(({ group, outcome, role }) => `${group} ${role.name} ${outcome}`);
  expect(await preview(['viewers', 'others'], null)).toEqual(['Viewers view-only ADDED']);
  await signIn(userName, { groups: ['Engineers'] });
  expect(await preview(['viewers', 'engineers'], userId)).toEqual([
    'Engineers user HAS_IT_ALREADY',
    'Viewers view-only NEVER_TO_VIEW_ONLY',
  ]);
});

test('a mapping is refused where it can not be meant, and nothing is changed', async () => {
  const roleIds = [await roleNamed(admin, 'user')];
  const known = { signInConnectionId, group: 'refused', roleIds };
  const refusals: [object, object][] = [
    [{ signInConnectionId: 'none' }, { code: 'NOT_FOUND', field: 'signInConnectionId' }],
    [{ signInConnectionId: crypto.randomUUID() }, { code: 'NOT_FOUND', field: 'signInConnectionId' }],
    [{ roleIds: [signInConnectionId] }, { code: 'NOT_FOUND', field: 'roleIds' }],
    [{ group: '\u200b ' }, { code: 'INVALID_INPUT', field: 'group' }],
    [{ group: 'x'.repeat(1025) }, { code: 'INVALID_INPUT', field: 'group' }],
    [
      { ifRoleIds: roleIds },
      {
        code: 'VERSION_MISMATCH',
        field: 'ifRoleIds',
        message: 'ifRoleIds: the group gives other roles by now. Read its mappings again.',
      },
    ],
  ];
  for (const [input, refusal] of refusals)
    expect(await refused(admin, setSsoGroupRoles, { ...known, ...input })).toMatchObject(refusal);
  expect(await groupsOf('refused')).toMatchObject({ totalCount: 0 });
  expect(await run(admin, setSsoGroupRoles, { ...known, ifRoleIds: [] })).toMatchObject({ changed: true });
  expect(await run(admin, setSsoGroupRoles, { ...known, ifRoleIds: roleIds })).toMatchObject({
    changed: false,
  });
});

test('with a role, and with a sign-in connection, its mappings go, and the log tells', async () => {
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    admin,
    createSignInConnection,
    signInConnectionInput('Another'),
  );
  const [first, second] = [await newRole(admin), await newRole(admin)];
  const input = { signInConnectionId: signInConnection.id, group: 'gone', roleIds: [first.id, second.id] };
  const { mappings } = await run<{ mappings: Mapping[] }>(admin, setSsoGroupRoles, input);
  await run(admin, deleteRole, { id: first.id });
  await run(admin, deleteSignInConnection, { id: signInConnection.id });
  for (const { id } of mappings)
    expect((await eventsAbout(admin, id)).map(({ type }) => type)).toEqual([
      'ROLE_MAPPING_CREATED',
      'ROLE_MAPPING_DELETED',
    ]);
});

test('a token by which people are linked needs what sign-ins add to them', async () => {
  const { connection } = await run<{ connection: { id: string } }>(admin, createConnection, {
    name: 'Directory',
  });
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    admin,
    createSignInConnection,
    {
      ...signInConnectionInput('By external id'),
      linkRule: 'EXTERNAL_ID',
      connectionId: connection.id,
    },
  );
  const { role } = await run<{ role: { id: string } }>(admin, createRole, {
    name: 'Structure',
    permissions: ['structure:write'],
  });
  const token = { kind: 'SCIM', name: 'x', connectionId: connection.id };
  const tool = await account.withPermissions(
    ...['tokens:write', 'users:read', 'users:write', 'teams:read', 'teams:write'],
    ...['account:read', 'roles:read', 'events:read'],
  );
  await run(tool, issueToken, token);
  await run(admin, setSsoGroupRoles, {
    signInConnectionId: signInConnection.id,
    group: 'structure',
    roleIds: [role.id],
  });
  expect(await refused(tool, issueToken, token)).toMatchObject({
    code: 'FORBIDDEN',
    permission: 'roles:write',
  });
});
