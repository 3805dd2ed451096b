import { randomUUID } from 'node:crypto';
import type { Actor } from '@rollcall/testkit';
import { describe, expect, test } from 'vitest';
import {
  createRole,
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
import { useAccount, useWorld } from '../testing/world.ts';
import { accountPermissions } from './permissions.ts';

const world = useWorld();
const account = useAccount(world);

const countUsers = '{ users { totalCount } }';
const password = 'correct horse battery';

/** A person who signed in. */
async function person(...roles: string[]): Promise<{ id: string; userName: string; actor: Actor }> {
  const { id, userName } = await newUser(account.admin, { password });
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
    [
      'attributes:write',
      'mutation ($id: ID!) { deleteCustomAttribute(input: { id: $id }) { deletedCustomAttributeId } }',
      { id },
    ],
    ['teams:read', '{ teams { totalCount } }'],
    ['teams:write', 'mutation ($id: ID!) { deleteTeam(input: { id: $id }) { deletedTeamId } }', { id }],
    ['structure:write', 'mutation { updateOrgStructure(input: {}) { orgStructure { createTeams } } }'],
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
    ['sign-in:read', '{ emailDomains { id } }'],
    ['sign-in:write', 'mutation ($id: ID!) { removeDomain(input: { id: $id }) { removedId } }', { id }],
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

describe('a token of a person', () => {
  test('allows no more than they may do now: who loses a role loses it there too, and issues nothing with it', async () => {
    const { id, actor } = await person('admin');
    const permissions = ['users:write', 'roles:write', 'tokens:write', 'users:read'];
    const { secret } = await run<{ secret: string }>(actor, issueToken, {
      kind: 'API',
      name: 'x',
      permissions,
    });
    const token = world.actor(secret);
    const allowed = async (who: Actor) =>
      (
        await who.query<{ viewer: { permissions: { id: string }[] } }>('{ viewer { permissions { id } } }')
      ).viewer.permissions.map((each) => each.id);
    expect((await allowed(token)).toSorted()).toEqual(permissions.toSorted());
    const admin = { userId: id, roleId: await roleNamed(account.admin, 'admin') };
    await run(account.admin, revokeRole, admin);
    await expect.poll(() => allowed(token)).toEqual(['users:read']);
    await expect
      .poll(async () => (await allowed(actor)).filter((each) => each.endsWith(':write')))
      .toEqual([]);
    for (const who of [token, actor]) {
      expect(await refused(who, issueToken, { kind: 'API', name: 'y' })).toMatchObject({
        code: 'FORBIDDEN',
        permission: 'tokens:write',
      });
    }
    await run(account.admin, grantRole, admin);
    await expect.poll(async () => (await allowed(token)).toSorted()).toEqual(permissions.toSorted());
  });

  test('is what the roles say that the directory tells, whatever is granted', async () => {
    const roles = await Promise.all([
      roleNamed(account.admin, 'view-only'),
      ...[['users:read'], ['users:read', 'tokens:read'], []].map(
        async (permissions) =>
          (
            await run<{ role: { id: string } }>(account.admin, createRole, {
              name: randomUUID(),
              permissions,
            })
          ).role.id,
      ),
    ]);
    for (const granted of [[], [0], [1], [3], [1, 2], [2, 3], [1, 2, 3]]) {
      const { id, actor } = await person();
      for (const n of granted) await run(account.admin, grantRole, { userId: id, roleId: roles[n] });
      const { user } = await account.admin.query<{
        user: { roles: { role: { permissions: { id: string }[] } }[] };
      }>('query ($id: ID!) { user(id: $id) { roles { role { permissions { id } } } } }', { id });
      const told = user.roles.flatMap(({ role }) => role.permissions.map((each) => each.id));
      await expect
        .poll(async () => {
          const { viewer } = await actor.query<{ viewer: { permissions: { id: string }[] } }>(
            '{ viewer { permissions { id } } }',
          );
          return viewer.permissions.map((each) => each.id).toSorted();
        })
        .toEqual([...new Set(told)].toSorted());
    }
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
    const soon = await issue({ expiresAt: new Date(Date.now() + 2_000).toISOString() });
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
    const third = await rotate(2);
    expect(await world.actor(second.secret).query(countUsers)).toBeTruthy();
    expect(await world.actor(third.secret).query(countUsers)).toBeTruthy();
    await expect
      .poll(async () => (await world.actor(second.secret).ask(countUsers)).errors?.[0]?.extensions.code)
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
    const user = await newUser(account.admin, { password });
    await run(account.admin, updateUser, { id: user.id, password: `${password} again` });
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
    const tokens = () =>
      account.admin.query('query ($id: ID!) { user(id: $id) { tokens { name } } }', { id });
    expect(await tokens()).toEqual({ user: { tokens: [{ name: 'y' }, { name: 'x' }] } });
    const rehearsed = await account.admin.query(
      'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { tokens { name } } } }',
      { input: { id, active: false } },
      { 'rollcall-dry-run': 'true' },
    );
    expect(rehearsed).toEqual({ updateUser: { user: { tokens: [] } } });
    const ended = Promise.all(theirs.map(accessEnds));
    await run(account.idp, updateUser, { id, active: false });
    await ended;
    expect(await tokens()).toEqual({ user: { tokens: [] } });
    for (const each of theirs)
      expect(await each.refusal(countUsers)).toMatchObject({ code: 'UNAUTHENTICATED' });
    await run(account.idp, updateUser, { id, active: true });
    for (const each of theirs)
      expect(await each.refusal(countUsers)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await world.actor(scim.secret).query(countUsers)).toBeTruthy();
  });
});
