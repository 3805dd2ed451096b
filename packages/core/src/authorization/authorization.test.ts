import { randomUUID } from 'node:crypto';
import type { AccountWorld, Actor, World } from '@rollcall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../core.ts';
import {
  createRole,
  deleteRole,
  grantRole,
  issueToken,
  newUser,
  refused,
  revokeRole,
  revokeToken,
  roleNamed,
  rotateToken,
  run,
  signIn,
  updateRole,
  updateUser,
} from '../testing/directory.ts';
import { dumpTables } from '../testing/tables.ts';
import { openWorld } from '../testing/world.ts';
import { accountPermissions } from './permissions.ts';

let world: World<Core>;
let account: AccountWorld;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  account = await world.account();
});
afterAll(() => world.close());

const countUsers = '{ users { totalCount } }';
const password = 'correct horse battery';

/** A person who signed in. */
async function person(...roles: string[]): Promise<{ id: string; userName: string; actor: Actor }> {
  const { id, userName } = await newUser(account.idp, { password });
  for (const role of roles)
    await run(account.admin, grantRole, { userId: id, roleId: await roleNamed(account.admin, role) });
  const { secret } = await run<{ secret: string }>(account.admin, signIn, { email: userName, password });
  return { id, userName, actor: world.actor(secret) };
}

/** Resolves when the credential of the actor has ended. */
async function accessEnds(actor: Actor): Promise<void> {
  const context = await world.core.createContext({ authorization: actor.authorization });
  await new Promise<void>((resolve) => {
    const stop = world.core.onAccessEnded(context, () => {
      stop();
      resolve();
    });
  });
}

describe('permissions', () => {
  const id = randomUUID();
  const needs: [string, string, object?][] = [
    ['account:read', '{ account { id } }'],
    ['users:read', countUsers],
    ['users:write', 'mutation ($id: ID!) { updateUser(input: { id: $id }) { changed } }', { id }],
    ['teams:read', '{ teams { totalCount } }'],
    ['teams:write', 'mutation ($id: ID!) { deleteTeam(input: { id: $id }) { deletedTeamId } }', { id }],
    ['roles:read', '{ roles { totalCount } }'],
    ['roles:write', 'mutation ($id: ID!) { deleteRole(input: { id: $id }) { deletedRoleId } }', { id }],
    ['tokens:read', '{ tokens { totalCount } }'],
    ['tokens:write', 'mutation ($id: ID!) { revokeToken(input: { id: $id }) { token { id } } }', { id }],
    ['connections:read', '{ connections { totalCount } }'],
    [
      'connections:write',
      'mutation ($id: ID!) { updateConnection(input: { id: $id }) { connection { id } } }',
      { id },
    ],
    ['events:read', '{ events { totalCount } }'],
  ];

  test('every permission that an account can give is tried here', () => {
    expect(needs.map(([permission]) => permission).toSorted()).toEqual([...accountPermissions].toSorted());
  });

  test.each(needs)(
    'without %s it is FORBIDDEN, and that is said',
    async (permission, source, variables = {}) => {
      const others = accountPermissions.filter((other) => other !== permission);
      const actor = await account.withPermissions(...others);
      expect(await actor.refusal(source, variables)).toMatchObject({ code: 'FORBIDDEN', permission });
      const { errors } = await (await account.withPermissions(permission)).ask(source, variables);
      expect(errors?.[0]?.extensions.code ?? 'NOT_FOUND').toBe('NOT_FOUND');
    },
  );

  test('nested fields ask for theirs', async () => {
    const { id: userId } = await newUser(account.idp);
    const actor = await account.withPermissions('users:read');
    const nested = 'query ($id: ID!) { user(id: $id) { id teams { id } } }';
    expect(await actor.refusal(nested, { id: userId })).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'teams:read',
    });
  });

  test('a node that one may not read is not there', async () => {
    const { id: userId } = await newUser(account.idp);
    const actor = await account.withPermissions('teams:read');
    expect(await actor.query('query ($id: ID!) { node(id: $id) { id } }', { id: userId })).toEqual({
      node: null,
    });
  });

  test('the operator alone creates accounts', async () => {
    const create =
      'mutation { createAccount(input: { name: "x", adminEmail: "x@example.com" }) { account { id } } }';
    expect(await account.admin.refusal(create)).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'accounts:write',
    });
    expect(
      await refused(account.admin, issueToken, { kind: 'API', name: 'x', permissions: ['accounts:write'] }),
    ).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('nobody gives what they lack', () => {
  test('tokens, roles and grants', async () => {
    const lacking = { code: 'FORBIDDEN', permission: 'users:write' };
    const clerk = await account.withPermissions('tokens:write', 'roles:write', 'roles:read');
    const permissions = ['roles:write', 'users:write'];
    expect(await refused(clerk, issueToken, { kind: 'API', name: 'x', permissions })).toMatchObject(lacking);
    expect(await refused(clerk, createRole, { name: 'x', permissions })).toMatchObject(lacking);
    const { role } = await run<{ role: { id: string } }>(account.admin, createRole, {
      name: 'y',
      permissions: ['roles:read'],
    });
    expect(await refused(clerk, updateRole, { id: role.id, permissions })).toMatchObject(lacking);
    const { id: userId } = await newUser(account.idp);
    const roleId = await roleNamed(account.admin, 'admin');
    expect(await refused(clerk, grantRole, { userId, roleId })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refused(clerk, issueToken, { kind: 'SCIM', name: 'x' })).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'users:read',
    });
  });

  test('a new secret for a token with more than one has', async () => {
    const { token } = await run<{ token: { id: string } }>(account.admin, issueToken, {
      kind: 'API',
      name: 'x',
      permissions: ['users:write'],
    });
    const clerk = await account.withPermissions('tokens:write');
    expect(await refused(clerk, rotateToken, { id: token.id })).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'users:write',
    });
  });

  test('a token that names no permission reads, no more than its maker', async () => {
    const clerk = await account.withPermissions('tokens:write', 'users:read');
    const { token } = await run<{ token: { permissions: object[] } }>(clerk, issueToken, {
      kind: 'API',
      name: 'x',
    });
    expect(token.permissions).toEqual([{ id: 'users:read' }]);
  });
});

describe('credentials', () => {
  test.each([undefined, '', 'Basic abc', 'Bearer nonsense', 'Bearer rc_api_0_0'])(
    '%j is UNAUTHENTICATED',
    async (authorization) => {
      const context = await world.core.createContext({ authorization });
      expect(context.viewer.kind).toBe('ANONYMOUS');
      const stranger = { ...world.actor(authorization?.replace('Bearer ', '') ?? '') };
      expect(await stranger.refusal(countUsers)).toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  );

  test('a token in the name of another account is UNAUTHENTICATED, in its own it is not', async () => {
    const other = await world.account();
    expect(await account.idp.refusal(countUsers, {}, { 'rollcall-account': other.id })).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(
      await account.idp.query(countUsers, {}, { 'rollcall-account': account.id.toUpperCase() }),
    ).toBeTruthy();
  });

  test('an operator acts in the account they name, if there is one', async () => {
    const { users } = await world.operator.query<{ users: { totalCount: number } }>(
      countUsers,
      {},
      { 'rollcall-account': account.id },
    );
    expect(users.totalCount).toBe(1);
    expect(await world.operator.refusal(countUsers)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'rollcall-account',
    });
    expect(await world.operator.refusal(countUsers, {}, { 'rollcall-account': randomUUID() })).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  test('a secret with one letter changed is refused', async () => {
    const { token } = account.idp;
    const last = token.at(-20) === 'A' ? 'B' : 'A';
    expect(
      await world.actor(token.slice(0, -20) + last + token.slice(-19)).refusal(countUsers),
    ).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('an expired token is refused, a revoked one too', async () => {
    const issue = (input: object) =>
      run<{ secret: string; token: { id: string } }>(account.admin, issueToken, {
        kind: 'API',
        name: 'x',
        ...input,
      });
    const soon = await issue({ expiresAt: new Date(Date.now() + 400).toISOString() });
    expect(await world.actor(soon.secret).query(countUsers)).toBeTruthy();
    await expect
      .poll(async () => (await world.actor(soon.secret).ask(countUsers)).errors?.[0]?.extensions.code)
      .toBe('UNAUTHENTICATED');
    const revoked = await issue({});
    expect(await world.actor(revoked.secret).query(countUsers)).toBeTruthy();
    expect(await run(account.admin, revokeToken, { id: revoked.token.id })).toMatchObject({
      token: { status: 'REVOKED' },
    });
    expect(await world.actor(revoked.secret).refusal(countUsers)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await refused(account.admin, rotateToken, { id: revoked.token.id })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'id',
    });
  });

  test('rotation ends the old secret at once, or after the overlap', async () => {
    const first = await run<{ secret: string; token: { id: string } }>(account.admin, issueToken, {
      kind: 'API',
      name: 'x',
    });
    const rotate = (overlapSeconds: number) =>
      run<{ secret: string }>(account.admin, rotateToken, { id: first.token.id, overlapSeconds });
    const second = await rotate(0);
    expect(await world.actor(first.secret).refusal(countUsers)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const third = await rotate(1);
    expect(await world.actor(second.secret).query(countUsers)).toBeTruthy();
    expect(await world.actor(third.secret).query(countUsers)).toBeTruthy();
    await expect
      .poll(async () => (await world.actor(second.secret).ask(countUsers)).errors?.[0]?.extensions.code, {
        timeout: 5000,
      })
      .toBe('UNAUTHENTICATED');
    expect(await world.actor(third.secret).query(countUsers)).toBeTruthy();
  });

  test('no secret and no password is anywhere in the database', async () => {
    const { secret, token } = await run<{ secret: string; token: { id: string } }>(
      account.admin,
      issueToken,
      { kind: 'API', name: 'x' },
    );
    const rotated = await run<{ secret: string }>(account.admin, rotateToken, {
      id: token.id,
      overlapSeconds: 60,
    });
    const user = await newUser(account.idp, { password });
    await run(account.idp, updateUser, { id: user.id, password: `${password} again` });
    const session = await run<{ secret: string }>(account.admin, signIn, {
      email: user.userName,
      password: `${password} again`,
    });
    const tables = JSON.stringify(await dumpTables(world.databaseUrl, account.id));
    expect(tables).toContain(user.userName);
    for (const text of [
      secret,
      rotated.secret,
      session.secret,
      password,
      account.adminPassword,
      account.idp.token,
    ])
      expect(tables).not.toContain(text.startsWith('rc_') ? text.slice(-51, -8) : text);
  });
});

describe('deactivation', () => {
  test('ends sessions and API tokens, those made by tokens too; coming back does not bring them back', async () => {
    const { id, actor } = await person('admin');
    const byPerson = await run<{ secret: string }>(actor, issueToken, {
      kind: 'API',
      name: 'x',
      permissions: ['users:read', 'tokens:write'],
    });
    const byToken = await run<{ secret: string }>(world.actor(byPerson.secret), issueToken, {
      kind: 'API',
      name: 'y',
      permissions: ['users:read'],
    });
    const scim = await run<{ secret: string }>(actor, issueToken, { kind: 'SCIM', name: 'z' });
    const theirs = [actor, world.actor(byPerson.secret), world.actor(byToken.secret)];
    for (const each of theirs) expect(await each.query('{ users { totalCount } }')).toBeTruthy();
    const ended = Promise.all(theirs.map(accessEnds));
    await run(account.idp, updateUser, { id, active: false });
    await ended;
    for (const each of theirs)
      expect(await each.refusal(countUsers)).toMatchObject({ code: 'UNAUTHENTICATED' });
    await run(account.idp, updateUser, { id, active: true });
    for (const each of theirs)
      expect(await each.refusal(countUsers)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await world.actor(scim.secret).query(countUsers)).toBeTruthy();
  });
});

describe('roles', () => {
  interface Effective {
    readonly role: { readonly name: string };
    readonly because: {
      readonly source: string;
      readonly grantedBy: object | null;
      readonly explanation: string;
    }[];
  }
  const rolesOf = async (id: string): Promise<Effective[]> =>
    (
      await account.admin.query<{ user: { roles: Effective[] } }>(
        'query ($id: ID!) { user(id: $id) { roles { role { name } because { source grantedBy { kind name } explanation } } } }',
        { id },
      )
    ).user.roles;

  test('whoever was granted nothing has the default, and the answer says why', async () => {
    const { id } = await newUser(account.idp);
    expect(await rolesOf(id)).toEqual([
      {
        role: { name: 'user' },
        because: [
          { source: 'DEFAULT', grantedBy: null, explanation: expect.stringContaining('default role') },
        ],
      },
    ]);
    const roleId = await roleNamed(account.admin, 'admin');
    expect(await run(account.admin, grantRole, { userId: id, roleId })).toEqual({ changed: true });
    expect(await run(account.admin, grantRole, { userId: id, roleId })).toEqual({ changed: false });
    expect(await rolesOf(id)).toEqual([
      {
        role: { name: 'admin' },
        because: [
          {
            source: 'MANUAL',
            grantedBy: { kind: 'USER', name: 'Ada Admin' },
            explanation: 'Ada Admin granted it. Revoking it takes it away.',
          },
        ],
      },
    ]);
    expect(await run(account.admin, revokeRole, { userId: id, roleId })).toEqual({ changed: true });
    expect(await run(account.admin, revokeRole, { userId: id, roleId })).toEqual({ changed: false });
    expect((await rolesOf(id)).map(({ role }) => role.name)).toEqual(['user']);
  });

  test('an exclusive role combines with no other', async () => {
    const { id: userId } = await newUser(account.idp);
    const grant = async (name: string) => ({ userId, roleId: await roleNamed(account.admin, name) });
    const refusal = { code: 'EXCLUSIVE_ROLE', field: 'roleId' };
    await run(account.admin, grantRole, await grant('view-only'));
    expect(await refused(account.admin, grantRole, await grant('admin'))).toMatchObject(refusal);
    await run(account.admin, revokeRole, await grant('view-only'));
    await run(account.admin, grantRole, await grant('admin'));
    expect(await refused(account.admin, grantRole, await grant('view-only'))).toMatchObject(refusal);
  });

  test('built-in roles stay as they are, and names are unique', async () => {
    const id = await roleNamed(account.admin, 'user');
    expect(await refused(account.admin, updateRole, { id, name: 'x' })).toMatchObject({
      code: 'BUILT_IN_ROLE',
    });
    expect(await refused(account.admin, deleteRole, { id })).toMatchObject({ code: 'BUILT_IN_ROLE' });
    expect(await refused(account.admin, createRole, { name: 'ADMIN' })).toMatchObject({
      code: 'ALREADY_EXISTS',
      field: 'name',
    });
  });

  test.each([
    [
      'revoking it',
      async (userId: string, roleId: string) => run(account.admin, revokeRole, { userId, roleId }),
    ],
    [
      'taking its permissions',
      async (_: string, id: string) => run(account.admin, updateRole, { id, permissions: ['users:read'] }),
    ],
    ['deleting it', async (_: string, id: string) => run(account.admin, deleteRole, { id })],
  ])('%s takes effect on whoever is signed in', async (_, change) => {
    const { role } = await run<{ role: { id: string } }>(account.admin, createRole, {
      name: `tokens ${randomUUID()}`,
      permissions: ['tokens:read'],
    });
    const { id, actor } = await person();
    await run(account.admin, grantRole, { userId: id, roleId: role.id });
    const read = () => actor.ask('{ tokens { totalCount } }');
    await expect.poll(async () => (await read()).errors).toBeUndefined();
    await change(id, role.id);
    await expect
      .poll(async () => (await read()).errors?.[0]?.extensions)
      .toMatchObject({ code: 'FORBIDDEN', permission: 'tokens:read' });
  });
});

describe('the last admin', () => {
  const lastAdmin = { code: 'LAST_ADMIN' };
  const adminRole = () => roleNamed(account.admin, 'admin');

  test('keeps the role, and may give it up once there is another', async () => {
    const roleId = await adminRole();
    const own = { userId: account.adminId, roleId };
    expect(await refused(account.admin, revokeRole, own)).toMatchObject(lastAdmin);
    const inactive = await newUser(account.idp, { active: false });
    await run(account.admin, grantRole, { userId: inactive.id, roleId });
    expect(await refused(account.admin, revokeRole, own)).toMatchObject(lastAdmin);
    const second = await newUser(account.idp);
    await run(account.admin, grantRole, { userId: second.id, roleId });
    expect(await run(account.admin, revokeRole, own)).toEqual({ changed: true });
    expect(await refused(account.idp, updateUser, { id: second.id, active: false })).toMatchObject(lastAdmin);
  });

  test('a batch that would take all admins leaves one', async () => {
    const second = await person('admin');
    const { deprovisionUsers } = await account.idp.query<{
      deprovisionUsers: { results: { error: { code: string } | null }[] };
    }>('mutation ($ids: [ID!]!) { deprovisionUsers(input: { ids: $ids }) { results { error { code } } } }', {
      ids: [account.adminId, second.id],
    });
    expect(deprovisionUsers.results.map(({ error }) => error?.code ?? 'gone').toSorted()).toEqual([
      'LAST_ADMIN',
      'gone',
    ]);
  });

  const ways: [
    string,
    (
      id: string,
      roleId: string,
    ) => Promise<{ errors?: readonly { extensions: { code?: unknown } }[] | undefined }>,
  ][] = [
    ['deactivating', (id) => account.idp.ask(updateUser.document, { input: { id, active: false } })],
    [
      'deprovisioning',
      (id) =>
        account.idp.ask('mutation ($id: ID!) { deprovisionUser(input: { id: $id }) { changed } }', { id }),
    ],
    [
      'revoking',
      (userId, roleId) =>
        world.operator.ask(
          revokeRole.document,
          { input: { userId, roleId } },
          { 'rollcall-account': account.id },
        ),
    ],
  ];
  const pairs = ways.flatMap(([one, first]) =>
    ways.map(([other, second]) => ({ one, other, first, second })),
  );

  test.each(pairs)(
    '$one and $other two admins at the same moment leaves one of them',
    async ({ first, second }) => {
      for (let round = 0; round < 4; round += 1) {
        account = await world.account();
        const roleId = await adminRole();
        const { id } = await newUser(account.idp);
        await run(account.admin, grantRole, { userId: id, roleId });
        const answers = await Promise.all([first(account.adminId, roleId), second(id, roleId)]);
        const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'done');
        expect(codes.toSorted()).toEqual(['LAST_ADMIN', 'done']);
      }
    },
  );
});
