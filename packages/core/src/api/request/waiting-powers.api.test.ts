import type { Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import {
  createRole,
  grantRole,
  newUser,
  revokeRole,
  run,
  signIn,
  type UserData,
  updateUser,
} from '../../testing/directory.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);
const password = 'correct horse battery';

/** Takes all the connections that requests of the account may have, until they are given back. */
function holdShare(): () => Promise<unknown> {
  const { promise: end, resolve } = Promise.withResolvers<void>();
  const writer = world.core.database.writing({ owner: account.id });
  const held = Array.from({ length: 10 }, () => writer.transaction(() => end));
  return () => {
    resolve();
    return Promise.all(held);
  };
}

/** Somebody who may change people, signed in. */
async function clerk() {
  const { id: userId, userName } = await newUser(account.admin, { password });
  const permissions = ['users:read', 'users:write'];
  const { role } = await run<{ role: { id: string } }>(account.admin, createRole, {
    name: 'Clerk',
    permissions,
  });
  const grant = { userId, roleId: role.id };
  await run(account.admin, grantRole, grant);
  const { secret } = await run<{ secret: string }>(account.admin, signIn, { email: userName, password });
  const actor = world.actor(secret);
  await actor.query('{ viewer { kind } }');
  return { actor, userId, grant };
}

const mayStillWrite = async ({ authorization }: Actor): Promise<boolean> => {
  const { viewer } = await world.core.createContext({ authorization });
  return 'permissions' in viewer && viewer.permissions.has('users:write');
};

test.each([
  [
    'is deactivated',
    'UNAUTHENTICATED',
    (there: Actor, { userId }: Awaited<ReturnType<typeof clerk>>) =>
      run(there, updateUser, { id: userId, active: false }),
  ],
  [
    'loses the permission',
    'FORBIDDEN',
    (there: Actor, { grant }: Awaited<ReturnType<typeof clerk>>) => run(there, revokeRole, grant),
  ],
])('whoever %s while their change waits for its turn changes nothing', async (_, code, lose) => {
  const other = await world.anotherCore();
  const there = other.actor(account.admin.authorization.replace('Bearer ', ''));
  const who = await clerk();
  const subject = await newUser(account.idp);
  const giveBack = holdShare();
  const changing = who.actor.ask(updateUser.document, { input: { id: subject.id, displayName: 'Too late' } });
  await lose(there, who);
  await expect.poll(() => mayStillWrite(who.actor)).toBe(false);
  await giveBack();
  const { errors } = await changing;
  expect(errors?.[0]?.extensions.code).toBe(code);
  const { user } = await there.query<{ user: UserData }>(
    'query ($id: ID!) { user(id: $id) { displayName version } }',
    { id: subject.id },
  );
  expect(user).toEqual({ displayName: null, version: 1 });
});
