import { randomUUID } from 'node:crypto';
import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createRole,
  deleteRole,
  grantRole,
  newUser,
  refused,
  revokeRole,
  roleNamed,
  run,
  signIn,
  updateRole,
  updateUser,
} from '../../testing/directory.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
beforeEach(async () => {
  account = await world.account();
});

const password = 'correct horse battery';

/** A person who signed in. */
async function person(...roles: string[]): Promise<{ id: string; userName: string; actor: Actor }> {
  const { id, userName } = await newUser(account.admin, { password });
  for (const role of roles)
    await run(account.admin, grantRole, { userId: id, roleId: await roleNamed(account.admin, role) });
  const { secret } = await run<{ secret: string }>(account.admin, signIn, { email: userName, password });
  return { id, userName, actor: world.actor(secret) };
}

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
  const pairs = ways.flatMap(([one, first], index) =>
    ways.slice(index).map(([other, second]) => ({ one, other, first, second })),
  );

  test.each(pairs)(
    '$one and $other two admins at the same moment leaves one of them',
    async ({ first, second }) => {
      for (let round = 0; round < 2; round += 1) {
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
