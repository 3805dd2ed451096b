import type { AccountWorld } from '@rollcall/testkit';
import { beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import type { PermissionId } from '../authorization/permissions.ts';
import type { SignedInViewer, UserViewer } from '../authorization/viewer.ts';
import { committedWork, type EntityWriter, type Work } from '../database/work.ts';
import { grantRole, revokeRole } from '../directory/grant-role.ts';
import type { Authorship } from '../model/event.ts';
import { createRole, deleteRole, updateRole } from '../roles/change-roles.ts';
import {
  updateTeam as changeTeam,
  revokeToken as endToken,
  grantRole as grant,
  newTeam,
  newUser,
  revokeRole as revoke,
  roleNamed,
  run,
  signIn,
  updateUser,
} from '../testing/directory.ts';
import { give, newRole } from '../testing/group-roles.ts';
import { dumpTables, withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { issueToken, revokeToken, rotateToken } from '../tokens/change-tokens.ts';
import { hold } from './hold.ts';

const world = useWorld();
let account: AccountWorld;
let adminRole: string;
beforeEach(async () => {
  account = await world.account();
  adminRole = await roleNamed(account.admin, 'admin');
});

const work = (): Work => committedWork(world.core.database);
const everything: ReadonlySet<PermissionId> = new Set([
  'account:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'tokens:read',
  'tokens:write',
]);

/** An admin, and a token of theirs; as a request that began a moment ago remembers them. */
async function admin(): Promise<{ id: string; token: SignedInViewer & { kind: 'TOKEN' }; by: Authorship }> {
  const { id } = await newUser(account.idp);
  await run(account.admin, grant, { userId: id, roleId: adminRole });
  const issued = await issueToken(
    work(),
    authorship(),
    { kind: 'OPERATOR', accountId: account.id, actor: authorship().actor, permissions: everything },
    { kind: 'API', name: 'Before', permissions: [...everything] },
  );
  const tokenId = issued.token.id;
  const actor = { kind: 'TOKEN', id: tokenId, name: 'Before' } as const;
  const token = {
    kind: 'TOKEN',
    accountId: account.id,
    actor,
    permissions: everything,
    tokenId,
    connectionId: null,
    userId: id,
    endsAt: null,
    pausedConnection: null,
    setsPasswords: true,
  } as const;
  return { id, token, by: authorship() };
}

/** The account's admin by a new session, as a request that began a moment ago remembers it. */
async function signedInAdmin(): Promise<UserViewer> {
  const { adminEmail: email, adminPassword: password, adminId: userId, id: accountId } = account;
  const { session } = await run<{ session: { id: string } }>(world.operator, signIn, { email, password });
  const actor = { kind: 'USER', id: userId, name: 'Admin' } as const;
  const endsAt = new Date(Date.now() + 86_400_000);
  return { kind: 'USER', accountId, actor, permissions: everything, userId, sessionId: session.id, endsAt };
}

const authorship = (): Authorship => ({
  accountId: account.id,
  actor: { kind: 'SYSTEM', id: null, name: 'Rollcall' },
  connectionId: null,
  requestId: 'late',
});

/** What asks who asks. */
const changes: [
  string,
  (viewer: SignedInViewer, ids: { userId: string; tokenId: string }) => Promise<unknown>,
][] = [
  [
    'creating a role',
    (viewer) => createRole(work(), authorship(), viewer, { name: 'Late', permissions: ['users:write'] }),
  ],
  [
    'granting a role',
    (viewer, { userId }) => grantRole(work(), authorship(), viewer, { userId, roleId: adminRole }),
  ],
  [
    'issuing a token',
    (viewer) =>
      issueToken(work(), authorship(), viewer, { kind: 'API', name: 'Late', permissions: ['users:write'] }),
  ],
  [
    'rotating a token',
    (viewer, { tokenId }) => rotateToken(work(), authorship(), viewer, { id: tokenId, overlapSeconds: 0 }),
  ],
  [
    'revoking a role',
    (viewer, { userId }) => revokeRole(work(), authorship(), viewer, { userId, roleId: adminRole }),
  ],
  ['changing a role', (viewer) => updateRole(work(), authorship(), viewer, { id: adminRole, name: 'Late' })],
  ['deleting a role', (viewer) => deleteRole(work(), authorship(), viewer, adminRole)],
  ['revoking a token', (viewer, { tokenId }) => revokeToken(work(), authorship(), viewer, tokenId)],
];

describe('whoever asks is as they are when the change is made', () => {
  test.each(changes.slice(0, 4))('%s gives no more than they may by then', async (_, change) => {
    const { id: userId, token } = await admin();
    const { token: other } = await admin();
    await run(account.admin, revoke, { userId, roleId: adminRole });
    const before = await dumpTables(world.databaseUrl, account.id);
    await expect(change(token, { userId, tokenId: other.tokenId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await dumpTables(world.databaseUrl, account.id)).toEqual(before);
  });

  test.each(changes)('%s is nothing for whoever lost their access', async (_, change) => {
    const { id: userId, token } = await admin();
    const { token: other } = await admin();
    const ids = { userId: account.adminId, tokenId: other.tokenId };
    await run(account.admin, updateUser, { id: userId, active: false });
    await run(account.admin, endToken, { id: other.tokenId });
    const before = await dumpTables(world.databaseUrl, account.id);
    for (const viewer of [token, { ...other, userId: null }])
      await expect(change(viewer, ids)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await dumpTables(world.databaseUrl, account.id)).toEqual(before);
  });
});

describe('a session or token is as it is when the change is made', () => {
  test.each(changes)('%s is nothing from a session that a new password ended', async (_, change) => {
    const thief = await signedInAdmin();
    const { id: userId, token } = await admin();
    await run(account.admin, updateUser, { id: account.adminId, password: 'the second of two horses' });
    const before = await dumpTables(world.databaseUrl, account.id);
    await expect(change(thief, { userId, tokenId: token.tokenId })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(await dumpTables(world.databaseUrl, account.id)).toEqual(before);
  });

  test('nothing is changed by a session or token whose time ran out meanwhile', async () => {
    const { token } = await admin();
    const early = new Date(Date.now() - 1000);
    const late = { kind: 'API', name: 'Late', permissions: ['users:write'] } as const;
    const issue = (viewer: SignedInViewer) =>
      issueToken(work(), authorship(), viewer, { ...late, permissions: [...late.permissions] });
    for (const viewer of [
      { ...(await signedInAdmin()), endsAt: early },
      { ...token, endsAt: early },
    ])
      await expect(issue(viewer)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(issue(token)).resolves.toMatchObject({ token: { name: 'Late' } });
    await withClient(world.databaseUrl, (client) =>
      client.query('UPDATE tokens SET expires_at = $2 WHERE id = $1', [token.tokenId, early]),
    );
    await expect(issue(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('a session that is still there changes what it may', async () => {
    await expect(
      createRole(work(), authorship(), await signedInAdmin(), { name: 'New', permissions: ['users:read'] }),
    ).resolves.toMatchObject({ name: 'New' });
  });
});

test('a transaction holds once: a second time would be out of order', async () => {
  const twice = work().transaction(async (scope) => {
    await hold(scope, account.id, { roles: [adminRole] });
    await hold(scope, account.id, { people: [account.adminId] });
  });
  await expect(twice).rejects.toThrow('passes the gate once');
});

test('whoever acts does not wait for those who only refer to them, as somebody who brings their reports', async () => {
  const team = await newTeam(account.idp);
  const role = await newRole(account.admin);
  await give(account.admin, { teamId: team.id }, role.name);
  const { id } = await newUser(account.idp);
  await withClient(world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT FROM users WHERE account_id = $1 AND id = $2 FOR KEY SHARE', [
      account.id,
      account.adminId,
    ]);
    await run(account.admin, grant, { userId: id, roleId: adminRole });
    await run(account.admin, changeTeam, { id: team.id, addMemberIds: [id] });
    await run(account.admin, changeTeam, { id: team.id, removeMemberIds: [id] });
    await client.query('ROLLBACK');
  });
});

test('nobody loses what a group gives them while they act by it', async () => {
  const team = await newTeam(account.idp);
  const role = await newRole(account.admin);
  await give(account.admin, { teamId: team.id }, role.name);
  const viewer = await signedInAdmin();
  await run(account.idp, changeTeam, { id: team.id, addMemberIds: [viewer.userId] });
  const order: string[] = [];
  let left: Promise<unknown> | undefined;
  await work().transaction(async (scope) => {
    await hold(scope, account.id, { viewer });
    left = run(account.idp, changeTeam, { id: team.id, removeMemberIds: [viewer.userId] }).then(() =>
      order.push('left'),
    );
    await somebodyWaits();
    order.push('acted');
  });
  await left;
  expect(order).toEqual(['acted', 'left']);
});

/** Until a transaction waits for a row that another one holds. */
const somebodyWaits = (): Promise<void> =>
  withClient(world.databaseUrl, async (client) => {
    const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await vi.waitUntil(async () => (await client.query(waits)).rows.length > 0, { timeout: 20_000 });
  });

test('the entity manager of a transaction does not read', () => {
  expectTypeOf<keyof EntityWriter>().toEqualTypeOf<'create' | 'remove' | 'nativeDelete' | 'flush'>();
});
