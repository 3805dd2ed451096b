import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { graphqlSchema } from '../api/build-schema.ts';
import {
  addDomain,
  addTeamMembers,
  changeTeamMembers,
  createConnection,
  createOAuthClient,
  createRole,
  createSignInConnection,
  createUser,
  createUsers,
  deleteConnection,
  deleteOAuthClient,
  deleteRole,
  deleteSignalStream,
  deleteSignInConnection,
  deleteTeam,
  deleteTeams,
  grantRole,
  type InputMutation,
  issueToken,
  linkIdentity,
  newTeam,
  newUser,
  oauthClientInput,
  removeTeamMembers,
  revokeRole,
  revokeToken,
  roleNamed,
  rotateOAuthClientKeys,
  rotateSignalToken,
  rotateToken,
  run,
  sendPasswordReset,
  setAssignableRoles,
  setGroupRoles,
  setRoleSource,
  setSignalStream,
  setSsoGroupRoles,
  signalStreamInput,
  signInConnectionInput,
  unlinkIdentity,
  updateConnection,
  updateRole,
  updateSignInConnection,
  updateSignInPolicy,
  updateTeam,
  updateUser,
  verifyDomain,
} from '../testing/directory.ts';
import { connectionIdOf } from '../testing/group-roles.ts';
import {
  newSamlConnection,
  newUnansweredMetadata,
  refreshSamlMetadata,
  renewedKeyPair,
  renewSamlKeyPair,
  retireSamlKeyPair,
  switchSamlKeyPair,
} from '../testing/saml-connections.ts';
import { txtRecords } from '../testing/txt-records.ts';
import { useWorld } from '../testing/world.ts';
import { type Requirement, scimPermissions } from './permissions.ts';

const world = useWorld();
let account: AccountWorld;
beforeAll(async () => {
  account = await world.account();
});

/** What a mutation needs besides its permission, and an input for which it needs the permission `lacking`. */
interface Beyond {
  readonly rule: string;
  readonly mutation: InputMutation;
  readonly lacking: string;
  readonly input: () => Promise<object>;
}

interface MutationNeeds {
  readonly needs: Requirement;
  readonly beyond?: readonly Beyond[];
}

const password = 'correct horse battery';

const newRole = async (...permissions: string[]): Promise<string> => {
  const name = `role ${crypto.randomUUID()}`;
  return (await run<{ role: { id: string } }>(account.admin, createRole, { name, permissions })).role.id;
};

/** Somebody with a role of these permissions, in the words of a grant. */
async function holder(...permissions: string[]): Promise<{ userId: string; roleId: string }> {
  const [{ id: userId }, roleId] = [await newUser(account.idp), await newRole(...permissions)];
  await run(account.admin, grantRole, { userId, roleId });
  return { userId, roleId };
}

const newToken = async (input: object): Promise<string> =>
  (await run<{ token: { id: string } }>(account.admin, issueToken, { name: 'x', ...input })).token.id;

const newConnection = async (provider: string): Promise<string> => {
  const input = { name: crypto.randomUUID(), provider };
  return (await run<{ connection: { id: string } }>(account.admin, createConnection, input)).connection.id;
};

/** A connection whose identity provider may assign a role of these permissions. */
async function assigning(...permissions: string[]): Promise<string> {
  const connectionId = await newConnection('ENTRA');
  await run(account.admin, setAssignableRoles, { connectionId, roleIds: [await newRole(...permissions)] });
  return connectionId;
}

const write = { permissions: ['tokens:write'] };

/** A group that is mapped to a role of these permissions. */
async function groupWith(...permissions: string[]): Promise<string> {
  const { id: teamId } = await newTeam(account.idp);
  await run(account.admin, setGroupRoles, { teamId, roleIds: [await newRole(...permissions)] });
  return teamId;
}

/** A group of a sign-in connection, mapped to a role of these permissions where there are any. */
async function ssoGroup(...permissions: string[]): Promise<object> {
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    account.admin,
    createSignInConnection,
    signInConnectionInput(crypto.randomUUID()),
  );
  const group = { signInConnectionId: signInConnection.id, group: 'staff' };
  if (permissions.length > 0)
    await run(account.admin, setSsoGroupRoles, { ...group, roleIds: [await newRole(...permissions)] });
  return group;
}

/** Whoever changes who is in a mapped group gives and takes its roles. */
const mappedGroup = (
  mutation: InputMutation,
  who: string,
  input: (teamId: string, userId: string) => object,
): Beyond => ({
  rule: `of a mapped group, ${who} needs what its roles allow`,
  mutation,
  lacking: 'roles:write',
  input: async () => input(await groupWith('tokens:write'), (await newUser(account.idp)).id),
});

const newSignInConnection = async (): Promise<string> => {
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    account.admin,
    createSignInConnection,
    signInConnectionInput(crypto.randomUUID()),
  );
  return signInConnection.id;
};

/** A sign-in connection with a stream of security events. */
async function withStream(): Promise<object> {
  const signInConnectionId = await newSignInConnection();
  await run(account.admin, setSignalStream, signalStreamInput(signInConnectionId));
  return { signInConnectionId };
}

/** What is done with who lets people in, or sends them away, takes every permission of the account. */
const everyPower = (mutation: InputMutation, input: () => Promise<object>): MutationNeeds => ({
  needs: 'sign-in:write',
  beyond: [{ rule: `${mutation.field} needs every permission`, mutation, lacking: 'account:read', input }],
});

const newOAuthClient = async (): Promise<string> =>
  (
    await run<{ client: { id: string } }>(
      account.admin,
      createOAuthClient,
      oauthClientInput(await newConnection('OKTA')),
    )
  ).client.id;

/** What is as good as a SCIM token takes what such a token allows. */
const asToken = (mutation: InputMutation, input: () => Promise<object>): MutationNeeds => ({
  needs: 'tokens:write',
  beyond: [
    { rule: `${mutation.field} needs what a SCIM token allows`, mutation, lacking: 'users:read', input },
  ],
});

/** Every mutation: what it needs, and what it needs beyond that so that nobody becomes more than they are. */
const mutations: Record<string, MutationNeeds> = {
  createUser: {
    needs: 'users:write',
    beyond: [
      {
        rule: 'a password needs what the default roles allow',
        mutation: createUser,
        lacking: 'account:read',
        input: async () => ({ userName: crypto.randomUUID(), password }),
      },
    ],
  },
  createUsers: { needs: 'users:write' },
  updateUser: {
    needs: 'users:write',
    beyond: [
      {
        rule: 'a password needs what the person may do',
        mutation: updateUser,
        lacking: 'tokens:write',
        input: async () => ({ id: (await holder('tokens:write')).userId, password }),
      },
      {
        rule: 'a userName needs what the person may do',
        mutation: updateUser,
        lacking: 'tokens:write',
        input: async () => ({ id: (await holder('tokens:write')).userId, userName: crypto.randomUUID() }),
      },
      {
        rule: 'an e-mail address, to which a link to set a password may go, needs what the person may do',
        mutation: updateUser,
        lacking: 'tokens:write',
        input: async () => ({
          id: (await holder('tokens:write')).userId,
          emails: [{ value: 'another@example.com', primary: true }],
        }),
      },
    ],
  },
  // Identity providers end access this way, also of people who may do more; the last admin stays.
  deprovisionUser: { needs: 'users:write' },
  deprovisionUsers: { needs: 'users:write' },
  // Neither roles nor access follow from a team that is made by hand, and nobody else makes one.
  createTeam: { needs: 'teams:write' },
  createTeams: { needs: 'teams:write' },
  updateTeam: {
    needs: 'teams:write',
    beyond: [
      mappedGroup(updateTeam, 'members', (id) => ({ id, setMemberIds: [] })),
      mappedGroup(updateTeam, 'another name', (id) => ({ id, displayName: crypto.randomUUID() })),
      {
        rule: 'a name by which roles wait for a group needs what they allow',
        mutation: updateTeam,
        lacking: 'roles:write',
        input: async () => {
          const displayName = crypto.randomUUID();
          const connectionId = await connectionIdOf(account);
          const roleIds = [await newRole('tokens:write')];
          await run(account.admin, setGroupRoles, { connectionId, groupName: displayName, roleIds });
          return { id: (await newTeam(account.idp)).id, displayName };
        },
      },
    ],
  },
  addTeamMembers: {
    needs: 'teams:write',
    beyond: [mappedGroup(addTeamMembers, 'who joins', (teamId, userId) => ({ teamId, userIds: [userId] }))],
  },
  removeTeamMembers: {
    needs: 'teams:write',
    beyond: [
      mappedGroup(removeTeamMembers, 'who leaves', (teamId, userId) => ({ teamId, userIds: [userId] })),
    ],
  },
  changeTeamMembers: {
    needs: 'teams:write',
    beyond: [
      mappedGroup(changeTeamMembers, 'who joins', (id, userId) => ({
        changes: [{ id, addMemberIds: [userId] }],
      })),
    ],
  },
  deleteTeam: {
    needs: 'teams:write',
    beyond: [mappedGroup(deleteTeam, 'who loses the group', (id) => ({ id }))],
  },
  deleteTeams: {
    needs: 'teams:write',
    beyond: [mappedGroup(deleteTeams, 'who loses the group', (id) => ({ teams: [{ id }] }))],
  },
  setGroupRoles: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'mapping a group needs what the role allows',
        mutation: setGroupRoles,
        lacking: 'tokens:write',
        input: async () => ({
          teamId: (await newTeam(account.idp)).id,
          roleIds: [await newRole('tokens:write')],
        }),
      },
      {
        rule: 'mapping a group needs what the default roles allow, which it takes away',
        mutation: setGroupRoles,
        lacking: 'account:read',
        input: async () => ({ teamId: (await newTeam(account.idp)).id, roleIds: [await newRole()] }),
      },
      {
        rule: 'unmapping a group needs what the role allows',
        mutation: setGroupRoles,
        lacking: 'tokens:write',
        input: async () => ({ teamId: await groupWith('tokens:write'), roleIds: [] }),
      },
    ],
  },
  setAssignableRoles: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'letting an identity provider assign a role needs what the role allows',
        mutation: setAssignableRoles,
        lacking: 'tokens:write',
        input: async () => ({
          connectionId: await newConnection('ENTRA'),
          roleIds: [await newRole('tokens:write')],
        }),
      },
      {
        rule: 'letting it assign a role needs what the default roles allow, which it takes away',
        mutation: setAssignableRoles,
        lacking: 'account:read',
        input: async () => ({ connectionId: await newConnection('ENTRA'), roleIds: [await newRole()] }),
      },
      {
        rule: 'letting it assign a role no more needs what the role allows',
        mutation: setAssignableRoles,
        lacking: 'tokens:write',
        input: async () => ({ connectionId: await assigning('tokens:write'), roleIds: [] }),
      },
    ],
  },
  setSsoGroupRoles: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'mapping a group of sign-ins needs what the role allows',
        mutation: setSsoGroupRoles,
        lacking: 'tokens:write',
        input: async () => ({ ...(await ssoGroup()), roleIds: [await newRole('tokens:write')] }),
      },
      {
        rule: 'mapping a group of sign-ins needs what the default roles allow, which it takes away',
        mutation: setSsoGroupRoles,
        lacking: 'account:read',
        input: async () => ({ ...(await ssoGroup()), roleIds: [await newRole()] }),
      },
      {
        rule: 'unmapping a group of sign-ins needs what the role allows',
        mutation: setSsoGroupRoles,
        lacking: 'tokens:write',
        input: async () => ({ ...(await ssoGroup('tokens:write')), roleIds: [] }),
      },
    ],
  },
  setRoleSource: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'deciding where roles come from needs every permission',
        mutation: setRoleSource,
        lacking: 'account:read',
        input: async () => ({ roleSource: 'SSO_AND_MANUAL' }),
      },
    ],
  },
  // What it needs beyond that is tested with an account for each (api/roles/role-mappings.api.test.ts): it is everybody's.
  setDefaultRoles: { needs: 'roles:write' },
  createRole: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'a role needs what it allows',
        mutation: createRole,
        lacking: 'tokens:write',
        input: async () => ({ name: crypto.randomUUID(), ...write }),
      },
    ],
  },
  updateRole: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'a role needs what it is to allow',
        mutation: updateRole,
        lacking: 'tokens:write',
        input: async () => ({ id: await newRole(), ...write }),
      },
      {
        rule: 'emptying a role needs what it allows',
        mutation: updateRole,
        lacking: 'tokens:write',
        input: async () => ({ id: await newRole('tokens:write'), permissions: [] }),
      },
      {
        rule: 'renaming a role needs what it allows',
        mutation: updateRole,
        lacking: 'tokens:write',
        input: async () => ({ id: await newRole('tokens:write'), name: crypto.randomUUID() }),
      },
    ],
  },
  deleteRole: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'deleting a role needs what it allows',
        mutation: deleteRole,
        lacking: 'tokens:write',
        input: async () => ({ id: await newRole('tokens:write') }),
      },
      {
        rule: 'deleting a role needs the default roles that its holders have then',
        mutation: deleteRole,
        lacking: 'account:read',
        input: async () => ({ id: (await holder()).roleId }),
      },
    ],
  },
  grantRole: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'granting needs what the role allows',
        mutation: grantRole,
        lacking: 'tokens:write',
        input: async () => ({
          userId: (await newUser(account.idp)).id,
          roleId: await newRole('tokens:write'),
        }),
      },
      {
        rule: 'granting the first role needs what the default roles allow, which it takes away',
        mutation: grantRole,
        lacking: 'account:read',
        input: async () => ({ userId: (await newUser(account.idp)).id, roleId: await newRole() }),
      },
    ],
  },
  revokeRole: {
    needs: 'roles:write',
    beyond: [
      {
        rule: 'revoking needs what the role allows',
        mutation: revokeRole,
        lacking: 'tokens:write',
        input: () => holder('tokens:write'),
      },
      {
        rule: 'revoking the last role needs what the default roles allow, which it gives',
        mutation: revokeRole,
        lacking: 'account:read',
        input: () => holder(),
      },
    ],
  },
  issueToken: {
    needs: 'tokens:write',
    beyond: [
      {
        rule: 'a token needs what it allows',
        mutation: issueToken,
        lacking: 'users:write',
        input: async () => ({ kind: 'API', name: 'x', permissions: ['users:write'] }),
      },
      {
        rule: 'a SCIM token needs what an identity provider can do',
        mutation: issueToken,
        lacking: 'users:read',
        input: async () => ({ kind: 'SCIM', name: 'x', connectionId: await newConnection('ENTRA') }),
      },
    ],
  },
  rotateToken: {
    needs: 'tokens:write',
    beyond: [
      {
        rule: 'a secret needs what the token allows',
        mutation: rotateToken,
        lacking: 'users:write',
        input: async () => ({ id: await newToken({ kind: 'API', permissions: ['users:write'] }) }),
      },
    ],
  },
  // For oneself alone, with what one has; those of others are revoked with more, which `own-tokens.api.test.ts` has.
  issueOwnToken: { needs: 'signed-in' },
  revokeToken: { needs: 'signed-in' },
  // Without a token nothing comes of it.
  // Whoever chooses a provider can have it say that they are anybody.
  createSignInConnection: {
    needs: 'sign-in:write',
    beyond: [
      {
        rule: 'creating a sign-in connection needs every permission',
        mutation: createSignInConnection,
        lacking: 'account:read',
        input: async () => signInConnectionInput(crypto.randomUUID()),
      },
    ],
  },
  updateSignInConnection: {
    needs: 'sign-in:write',
    beyond: [
      {
        rule: 'changing a sign-in connection needs every permission',
        mutation: updateSignInConnection,
        lacking: 'account:read',
        input: async () => ({ id: await newSignInConnection(), linkRule: 'NONE' }),
      },
    ],
  },
  // Whoever deletes it keeps people out, and takes back the roles that it adds.
  deleteSignInConnection: everyPower(deleteSignInConnection, async () => ({
    id: await newSignInConnection(),
  })),
  linkIdentity: {
    needs: 'sign-in:write',
    beyond: [
      {
        rule: 'who is linked signs in as the person, with what that person may do',
        mutation: linkIdentity,
        lacking: 'account:read',
        input: async () => ({
          userId: (await newUser(account.idp)).id,
          signInConnectionId: await newSignInConnection(),
          subject: 'x',
        }),
      },
    ],
  },
  unlinkIdentity: {
    needs: 'sign-in:write',
    beyond: [
      {
        rule: 'unlinking somebody keeps them out, which needs what they may do',
        mutation: unlinkIdentity,
        lacking: 'account:read',
        input: async () => {
          const { identityLink } = await run<{ identityLink: { id: string } }>(account.admin, linkIdentity, {
            userId: (await newUser(account.idp)).id,
            signInConnectionId: await newSignInConnection(),
            subject: 'x',
          });
          return { id: identityLink.id };
        },
      },
    ],
  },
  addDomain: { needs: 'sign-in:write' },
  verifyDomain: {
    needs: 'sign-in:write',
    beyond: [
      {
        rule: 'proving a domain needs what the default roles allow',
        mutation: verifyDomain,
        lacking: 'account:read',
        input: async () => {
          const { domain } = await run<{ domain: { id: string; txtName: string; txtValue: string } }>(
            account.admin,
            addDomain,
            { name: `${crypto.randomUUID()}.example` },
          );
          txtRecords.set(domain.txtName, [domain.txtValue]);
          return { id: domain.id };
        },
      },
    ],
  },
  removeDomain: { needs: 'sign-in:write' },
  beginSingleSignOn: { needs: 'anyone' },
  finishSingleSignOn: { needs: 'anyone' },
  // Whoever has our key is us to the provider.
  renewSamlKeyPair: everyPower(renewSamlKeyPair, async () => ({
    signInConnectionId: await newSamlConnection(account.admin),
  })),
  refreshSamlMetadata: everyPower(refreshSamlMetadata, async () => ({
    signInConnectionId: await newUnansweredMetadata(account.admin, world.databaseUrl),
  })),
  switchSamlKeyPair: everyPower(switchSamlKeyPair, () => renewedKeyPair(account.admin)),
  retireSamlKeyPair: everyPower(retireSamlKeyPair, () => renewedKeyPair(account.admin)),
  // A transmitter ends the sessions of everybody.
  setSignalStream: everyPower(setSignalStream, async () => signalStreamInput(await newSignInConnection())),
  rotateSignalToken: everyPower(rotateSignalToken, withStream),
  deleteSignalStream: everyPower(deleteSignalStream, withStream),
  deliverSecurityEvent: { needs: 'anyone' },
  issueAccessToken: { needs: 'anyone' },
  // Whoever has the keys of a client has its tokens.
  createOAuthClient: asToken(createOAuthClient, async () => oauthClientInput(await newConnection('OKTA'))),
  rotateOAuthClientKeys: asToken(rotateOAuthClientKeys, async () => ({
    id: await newOAuthClient(),
    jwksUri: 'https://keys.example.com/others',
  })),
  deleteOAuthClient: asToken(deleteOAuthClient, async () => ({ id: await newOAuthClient() })),
  acceptLogoutToken: { needs: 'anyone' },
  acceptSamlLogout: { needs: 'anyone' },
  receiveSamlResponse: { needs: 'anyone' },
  // It lets nobody in.
  beginSignInTest: { needs: 'sign-in:write' },
  finishSignInTest: { needs: 'anyone' },
  createConnection: { needs: 'connections:write' },
  updateConnection: {
    needs: 'connections:write',
    beyond: [
      {
        rule: 'setting passwords needs what an identity provider can do then',
        mutation: updateConnection,
        lacking: 'users:read',
        input: async () => ({ id: await newConnection('ENTRA'), passwordSync: true }),
      },
      {
        rule: 'groups as roles need roles:write',
        mutation: updateConnection,
        lacking: 'roles:write',
        input: async () => ({ id: await newConnection('ENTRA'), groupsAsRoles: true }),
      },
      {
        rule: 'pausing takes from an identity provider what it can do',
        mutation: updateConnection,
        lacking: 'users:read',
        input: async () => ({ id: await newConnection('ENTRA'), paused: true }),
      },
    ],
  },
  deleteConnection: {
    needs: 'connections:write',
    beyond: [
      {
        rule: 'deleting a connection ends its tokens, with all that they can do',
        mutation: deleteConnection,
        lacking: 'users:read',
        input: async () => ({ id: await newConnection('ENTRA') }),
      },
    ],
  },
  createCustomAttribute: { needs: 'attributes:write' },
  updateCustomAttribute: { needs: 'attributes:write' },
  deleteCustomAttribute: { needs: 'attributes:write' },
  updateOrgStructure: { needs: 'structure:write' },
  rebuildOrgStructure: { needs: 'structure:write' },
  createAccount: { needs: 'accounts:write' },
  signIn: { needs: 'anyone' },
  signOut: { needs: 'signed-in' },
  // They send to whom it is about, and set what the secret in it is for.
  requestPasswordReset: { needs: 'anyone' },
  resetPassword: { needs: 'anyone' },
  changePassword: { needs: 'signed-in' },
  // Each is for whoever has the secret of a sign-in, or a session of their own; a token does none of them.
  finishSignIn: { needs: 'anyone' },
  beginPasskeySignIn: { needs: 'anyone' },
  signInByPasskey: { needs: 'anyone' },
  beginPasskeyProof: { needs: 'anyone' },
  beginTotp: { needs: 'anyone' },
  confirmTotp: { needs: 'anyone' },
  beginPasskeyRegistration: { needs: 'anyone' },
  registerPasskey: { needs: 'anyone' },
  removeTotp: { needs: 'signed-in' },
  renamePasskey: { needs: 'signed-in' },
  updateTimeSettings: { needs: 'signed-in' },
  removePasskey: { needs: 'signed-in' },
  renewRecoveryCodes: { needs: 'signed-in' },
  proveIdentity: { needs: 'signed-in' },
  beginProviderProof: { needs: 'signed-in' },
  finishProviderProof: { needs: 'signed-in' },
  // What it needs beyond that is tested with people, for no token does it (api/second-factors/second-factors.api.test.ts).
  removeSecondFactors: { needs: 'users:write' },
  // It opens the account to nobody.
  // Asking for more needs no more.
  updateSignInPolicy: everyPower(updateSignInPolicy, async () => {
    await run(account.admin, updateSignInPolicy, { stepUp: true });
    return { stepUp: false };
  }),
  // Those of others need more, which `sessions.api.test.ts` has.
  endSessions: { needs: 'signed-in' },
  sendPasswordReset: {
    needs: 'users:write',
    beyond: [
      {
        rule: 'sending a link needs what the person may do',
        mutation: sendPasswordReset,
        lacking: 'tokens:write',
        input: async () => ({ userId: (await holder('tokens:write')).userId }),
      },
    ],
  },
};

test('every mutation says what it needs', () => {
  const fields = Object.values(graphqlSchema().getMutationType()?.getFields() ?? {});
  const stated = Object.entries(mutations).map(([name, { needs }]) => [name, needs]);
  expect(
    Object.fromEntries(fields.map(({ name, extensions }) => [name, extensions.requires])),
    'A new mutation: who becomes more by it than they are?',
  ).toEqual(Object.fromEntries(stated));
});

const rules = Object.values(mutations).flatMap(({ needs, beyond = [] }) =>
  beyond.map((each) => ({ ...each, needs })),
);

describe('beyond its permission', () => {
  test.each(rules)('$mutation.field: $rule', async ({ needs, mutation, lacking, input }) => {
    const ask = (actor: Actor, variables: object) => actor.ask(mutation.document, { input: variables });
    const wanted = await input();
    const alone = await ask(await account.withPermissions(needs), wanted);
    expect(alone.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: lacking });
    expect((await ask(account.admin, wanted)).errors).toBeUndefined();
  });

  test('createUsers: a password needs what the default roles allow, for each by itself', async () => {
    const { results } = await run<{ results: object[] }>(
      await account.withPermissions('users:write', 'users:read'),
      createUsers,
      { users: [{ userName: crypto.randomUUID(), password }, { userName: crypto.randomUUID() }] },
    );
    expect(results).toMatchObject([
      { user: null, error: { code: 'FORBIDDEN', field: 'password' } },
      { error: null },
    ]);
  });

  test.each([
    ['sets passwords', 'OKTA'],
    ['links people who sign in by its external ids', 'ENTRA'],
  ])('a token of a connection that %s counts with the default roles', async (_what, provider) => {
    const connectionId = await newConnection(provider);
    if (provider === 'ENTRA') {
      const rule = { linkRule: 'EXTERNAL_ID', connectionId };
      const input = { ...signInConnectionInput(crypto.randomUUID()), ...rule };
      await run(account.admin, createSignInConnection, input);
    }
    const clerk = await account.withPermissions(
      'tokens:write',
      'users:read',
      'users:write',
      'teams:read',
      'teams:write',
    );
    const token = { kind: 'SCIM', name: 'x', connectionId };
    const id = await newToken(token);
    for (const [mutation, input] of [
      [issueToken, token],
      [rotateToken, { id }],
      [revokeToken, { id }],
    ] as const) {
      const { errors } = await clerk.ask(mutation.document, { input });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'account:read' });
    }
  });

  test('an identity provider whose groups give roles is worth these roles and the default ones', async () => {
    const connectionId = await newConnection('ENTRA');
    const token = { kind: 'SCIM', name: 'x', connectionId };
    const id = await newToken(token);
    const roleIds = [await newRole('attributes:write')];
    await run(account.admin, setGroupRoles, { connectionId, groupName: 'Waits for its push', roleIds });
    const ways = [
      [issueToken, token],
      [rotateToken, { id, overlapSeconds: 0 }],
      [revokeToken, { id }],
      [updateConnection, { id: connectionId, passwordSync: true }],
    ] as const;
    const byDefault = ['account:read', 'roles:read', 'events:read'];
    const needed = [...scimPermissions, 'roles:write', 'attributes:write', ...byDefault];
    const asks = async (...permissions: string[]) => {
      const clerk = await account.withPermissions('tokens:write', 'connections:write', ...permissions);
      const answers = [];
      for (const [mutation, input] of ways)
        answers.push((await clerk.ask(mutation.document, { input })).errors?.[0]?.extensions);
      return answers;
    };
    for (const lacking of ['roles:write', 'attributes:write', 'account:read'])
      for (const refusal of await asks(...needed.filter((each) => each !== lacking)))
        expect(refusal).toMatchObject({ code: 'FORBIDDEN', permission: lacking });
    expect(await asks(...needed)).toEqual(ways.map(() => undefined));
  });

  test('everybody revokes their own token, also one that allows more than they still may', async () => {
    const clerk = await account.withPermissions('tokens:write');
    const { tokens } = await account.admin.query<{ tokens: { nodes: { id: string }[] } }>(
      '{ tokens(first: 1) { nodes { id } } }',
    );
    expect(await run(clerk, revokeToken, { id: tokens.nodes[0]?.id })).toMatchObject({
      token: { status: 'REVOKED' },
    });
    const own = await newToken({ kind: 'API', permissions: ['users:write'] });
    expect(await run(account.admin, revokeToken, { id: own })).toBeTruthy();
  });

  test('who has a role of their own may give it and take it', async () => {
    const roleId = await newRole('roles:read', 'roles:write', 'account:read');
    const all = ['account:read', 'users:read', 'teams:read', 'roles:read', 'events:read', 'roles:write'];
    const clerk = await account.withPermissions(...all);
    const userId = (await newUser(account.idp)).id;
    for (const mutation of [grantRole, revokeRole])
      expect(await run(clerk, mutation, { userId, roleId })).toEqual({ changed: true });
    const admin = { userId, roleId: await roleNamed(account.admin, 'admin') };
    await run(account.admin, grantRole, admin);
    const { errors } = await clerk.ask(revokeRole.document, { input: admin });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', field: 'roleId' });
  });
});

test('whoever may change people takes e-mail addresses away, also of who may do more, and is told which field brings one', async () => {
  const clerk = await account.withPermissions('users:write', 'users:read');
  const [kept, gone] = [{ value: 'kept@example.com' }, { value: 'gone@example.com', primary: true }];
  const { userId: id } = await holder('tokens:write');
  await run(account.admin, updateUser, { id, emails: [gone, kept] });
  const { user } = await run<{ user: { userName: string } }>(clerk, updateUser, { id, emails: [kept] });
  for (const emails of [[{ ...kept, primary: true }], [gone, kept]]) {
    const { errors } = await clerk.ask(updateUser.document, {
      input: { id, userName: user.userName, emails },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', field: 'emails' });
  }
  await run(clerk, updateUser, { id, emails: [] });
});
