import type { Actor } from '@rollcall/testkit';
import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { createRole, grantRole, newUser, run } from '../../testing/directory.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
const password = 'correct horse battery';

/** Signs in and reads of the person what only their own account knows. */
const signInAndRead = `mutation ($input: SignInInput!) {
  signIn(input: $input) { account { defaultRoles { name } } user { roles { role { name userCount } } teams { id } } }
}`;

/** Somebody who may do this and nothing else. */
async function personWith(admin: Actor, ...permissions: string[]): Promise<string> {
  const { id, userName } = await newUser(admin, { password });
  const { role } = await run<{ role: { id: string } }>(admin, createRole, { name: userName, permissions });
  await run(admin, grantRole, { userId: id, roleId: role.id });
  return userName;
}

interface Answer {
  readonly signIn: { readonly user: { readonly roles: { readonly role: { readonly name: string } }[] } };
}

test.each(['another account', 'nobody', 'an operator'])(
  'what a sign-in answers is read as the person who signed in, asked for by %s',
  async (who) => {
    const [one, other] = [await world.account(), await world.account()];
    const asking = { 'another account': other.admin, nobody: world.actor(''), 'an operator': world.operator };
    const asker = asking[who as keyof typeof asking];
    const input = { email: one.adminEmail, password: one.adminPassword };
    expect(await asker.query(signInAndRead, { input })).toEqual({
      signIn: {
        account: { defaultRoles: [{ name: 'user' }] },
        user: { roles: [{ role: { name: 'admin', userCount: 1 } }], teams: [] },
      },
    });
  },
);

test('whoever signs in reads no more than they may, whoever asks for it', async () => {
  const { admin } = await world.account();
  const input = { email: await personWith(admin, 'teams:read'), password };
  expect(await admin.refusal(signInAndRead, { input })).toMatchObject({
    code: 'FORBIDDEN',
    permission: 'roles:read',
  });
});

test('after a sign-in the next mutation is asked for by whoever sent the operation', async () => {
  const [one, other] = [await world.account(), await world.account()];
  const answer = await other.admin.query<{ createTeam: { team: { id: string } } } & Answer>(
    `mutation ($input: SignInInput!) {
      signIn(input: $input) { user { roles { role { name } } } }
      createTeam(input: { displayName: "Sales" }) { team { id } }
    }`,
    { input: { email: one.adminEmail, password: one.adminPassword } },
  );
  expect(answer.signIn.user.roles).toEqual([{ role: { name: 'admin' } }]);
  const read = { id: answer.createTeam.team.id };
  const team = 'query ($id: ID!) { team(id: $id) { displayName } }';
  expect(await other.admin.query(team, read)).toEqual({ team: { displayName: 'Sales' } });
  expect(await one.admin.query(team, read)).toEqual({ team: null });
});

test('a rehearsed sign-in tells its events to whom the log of that account is open', async () => {
  const [one, other] = [await world.account(), await world.account()];
  const rehearse = async (email: string, secret: string) => {
    const context = await world.core.createContext({
      authorization: other.admin.authorization,
      'rollcall-dry-run': 'true',
    });
    const input = { email, password: secret };
    const { errors } = await graphql({
      schema: world.core.schema,
      source: signInAndRead.replace('teams { id }', ''),
      variableValues: { input },
      contextValue: context,
    });
    expect(errors).toBeUndefined();
    return context.rehearsed.map(({ type }) => type);
  };
  expect(await rehearse(await personWith(one.admin, 'roles:read'), password)).toEqual([]);
  expect(await rehearse(one.adminEmail, one.adminPassword)).toEqual(['USER_SIGNED_IN']);
});

test('what the operator reads of accounts, new ones and all, is read in each of them', async () => {
  const { id } = await world.account();
  const create = `mutation ($input: CreateAccountInput!) {
    createAccount(input: $input) { admin { roles { role { name userCount } } } account { id } }
  }`;
  const input = { name: 'New', adminEmail: 'ada@example.com' };
  const inAnAccount: Record<string, string> = { 'rollcall-account': id };
  for (const headers of [{}, inAnAccount])
    expect(await world.operator.query(create, { input }, headers)).toMatchObject({
      createAccount: { admin: { roles: [{ role: { name: 'admin', userCount: 1 } }] } },
    });
  const { accounts } = await world.operator.query<{ accounts: { nodes: object[] } }>(
    '{ accounts { nodes { defaultRoles { name userCount } } } }',
  );
  expect(accounts.nodes.length).toBeGreaterThan(2);
  for (const each of accounts.nodes)
    expect(each).toMatchObject({ defaultRoles: [{ name: 'user', userCount: expect.any(Number) }] });
});
