import type { AccountWorld } from '@rollcall/testkit';
import type { GraphQLField } from 'graphql';
import type { NamedKeyPair } from '../sign-in-connections/renew-saml-key-pair.ts';
import { type CustomAttributeData, createCustomAttribute } from './custom-attributes.ts';
import {
  addDomain,
  createConnection,
  createOAuthClient,
  createRole,
  createSignInConnection,
  grantRole,
  issueToken,
  linkIdentity,
  newTeam,
  newUser,
  oauthClientInput,
  roleNamed,
  run,
  setGroupRoles,
  setSignalStream,
  signalStreamInput,
  signInConnectionInput,
} from './directory.ts';
import { newTotp } from './new-totp.ts';
import { newResetToken } from './reset-token.ts';
import { confirmed, makeAdminByGroup } from './role-source.ts';
import { newUnansweredMetadata, renewedKeyPair } from './saml-connections.ts';
import { txtRecords } from './txt-records.ts';

/** Something of each kind, to be changed. */
export interface OneOfEach {
  readonly ids: Readonly<
    Record<
      | 'user'
      | 'other'
      | 'team'
      | 'role'
      | 'adminRole'
      | 'token'
      | 'connection'
      | 'attribute'
      | 'signInConnection'
      | 'samlConnection'
      | 'identityLink'
      | 'domain'
      | 'oauthClient',
      string
    >
  >;
  /** The secret of the API token. */
  readonly toolSecret: string;
  /** What is in a link to set the user's password. */
  readonly resetToken: string;
  /** The key pair of a sign-in connection by SAML that is going to replace the one which signs. */
  readonly keyPair: NamedKeyPair;
  /** The confirmed switch to SCIM, as long as nobody is granted another role. */
  readonly roleSource: object;
}

/** Fills an account with one of each kind. */
export async function oneOfEach(account: AccountWorld, databaseUrl: string): Promise<OneOfEach> {
  const { id: accountId, admin, idp } = account;
  const user = await newUser(idp, { userName: 'someone@example.com' });
  const other = await newUser(idp, { manager: user.id });
  const team = await newTeam(idp, { memberIds: [other.id] });
  const { role } = await run<{ role: { id: string } }>(admin, createRole, { name: 'Clerk' });
  const { role: second } = await run<{ role: { id: string } }>(admin, createRole, { name: 'Second' });
  await run(admin, grantRole, { userId: other.id, roleId: role.id });
  await run(admin, setGroupRoles, { teamId: team.id, roleIds: [await roleNamed(admin, 'view-only')] });
  const { token, secret } = await run<{ token: { id: string }; secret: string }>(admin, issueToken, {
    kind: 'API',
    name: 'tool',
  });
  const { connection } = await run<{ connection: { id: string } }>(admin, createConnection, { name: 'Okta' });
  const { client } = await run<{ client: { id: string } }>(
    admin,
    createOAuthClient,
    oauthClientInput(connection.id),
  );
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    admin,
    createSignInConnection,
    signInConnectionInput('Login'),
  );
  await run(admin, setSignalStream, {
    ...signalStreamInput(signInConnection.id),
    audience: 'https://rollcall.example.com/before',
  });
  const { identityLink } = await run<{ identityLink: { id: string } }>(admin, linkIdentity, {
    userId: user.id,
    signInConnectionId: signInConnection.id,
    subject: 'somebody',
  });
  const { domain } = await run<{ domain: { id: string; txtName: string; txtValue: string } }>(
    admin,
    addDomain,
    {
      name: 'example.com',
    },
  );
  txtRecords.set(domain.txtName, [domain.txtValue]);
  const { customAttribute } = await run<{ customAttribute: CustomAttributeData }>(
    admin,
    createCustomAttribute,
    { name: 'badge' },
  );
  await makeAdminByGroup(account);
  await newUser(idp, { customAttributes: [{ name: 'badge', value: '17' }] });
  await newTotp(databaseUrl, { accountId, userId: other.id });
  return {
    ids: {
      user: user.id,
      other: other.id,
      team: team.id,
      role: role.id,
      adminRole: second.id,
      token: token.id,
      connection: connection.id,
      attribute: customAttribute.id,
      signInConnection: signInConnection.id,
      samlConnection: await newUnansweredMetadata(admin, databaseUrl),
      identityLink: identityLink.id,
      domain: domain.id,
      oauthClient: client.id,
    },
    toolSecret: secret,
    keyPair: await renewedKeyPair(admin),
    roleSource: await confirmed(admin),
    resetToken: await newResetToken(databaseUrl, { accountId, userId: user.id, address: user.userName }),
  };
}

/** Goes on at an identity provider, from where nothing comes back undone; or is good or shown once. */
export const unrehearsed: Readonly<Record<string, object>> = {
  beginSingleSignOn: { signInConnectionId: crypto.randomUUID() },
  beginSignInTest: { signInConnectionId: crypto.randomUUID() },
  finishSignInTest: { signInConnectionId: crypto.randomUUID(), query: 'code=1&state=1' },
  finishSingleSignOn: { signInConnectionId: crypto.randomUUID(), query: 'code=1&state=1' },
  deliverSecurityEvent: {
    signInConnectionId: crypto.randomUUID(),
    token: 'rc_signals_',
    securityEvent: 'a.b.c',
  },
  acceptSamlLogout: { signInConnectionId: crypto.randomUUID(), samlRequest: 'PHg+' },
  issueAccessToken: { clientAssertion: 'a.b.c' },
  acceptLogoutToken: { signInConnectionId: crypto.randomUUID(), logoutToken: 'a.b.c' },
  receiveSamlResponse: { signInConnectionId: crypto.randomUUID(), samlResponse: 'PHg+' },
  finishSignIn: { pendingSecret: 'x', totpCode: '123456' },
  beginPasskeySignIn: {},
  signInByPasskey: { passkey: {} },
  beginPasskeyProof: {},
  beginTotp: {},
  confirmTotp: { code: '123456' },
  beginPasskeyRegistration: {},
  registerPasskey: { response: {}, name: 'Key' },
  removeTotp: {},
  renamePasskey: { id: crypto.randomUUID(), name: 'Key' },
  removePasskey: { id: crypto.randomUUID() },
  renewRecoveryCodes: {},
  proveIdentity: { password: 'x' },
  beginProviderProof: { signInConnectionId: crypto.randomUUID() },
  finishProviderProof: { signInConnectionId: crypto.randomUUID(), query: 'code=1&state=proof.1' },
};

/** Asks for the mutation, and for nothing of what it answers. */
export const documentOf = ({ name, args }: GraphQLField<unknown, unknown>): string =>
  args.length === 0
    ? `mutation { ${name} { __typename } }`
    : `mutation ($input: ${args[0]?.type}) { ${name}(input: $input) { __typename } }`;

/** An input that changes something, for each mutation. */
export const inputsOfMutations = (
  { adminEmail, adminPassword }: AccountWorld,
  { ids, resetToken, roleSource, keyPair }: OneOfEach,
): Readonly<Record<string, object>> => ({
  createUser: { userName: 'rehearsed@example.com', manager: ids.user },
  createUsers: {
    users: [{ userName: 'one@example.com' }, { userName: 'two@example.com', manager: ids.other }],
  },
  updateUser: {
    id: ids.user,
    displayName: 'Rehearsed',
    active: false,
    customAttributes: [{ name: 'badge', value: '18' }],
  },
  deprovisionUser: { id: ids.other },
  deprovisionUsers: { ids: [ids.user, ids.other] },
  createTeam: { displayName: 'Rehearsed', memberIds: [ids.user] },
  updateTeam: { id: ids.team, displayName: 'Rehearsed', setMemberIds: [ids.user] },
  addTeamMembers: { teamId: ids.team, userIds: [ids.user] },
  removeTeamMembers: { teamId: ids.team, userIds: [ids.other] },
  deleteTeam: { id: ids.team },
  createTeams: { teams: [{ displayName: 'One', memberIds: [ids.user, ids.team] }, { displayName: 'Two' }] },
  changeTeamMembers: { changes: [{ id: ids.team, addMemberIds: [ids.user], removeMemberIds: [ids.other] }] },
  deleteTeams: { teams: [{ id: ids.team }] },
  createRole: { name: 'Rehearsed', permissions: ['users:read'] },
  updateRole: { id: ids.role, name: 'Rehearsed' },
  deleteRole: { id: ids.role },
  grantRole: { userId: ids.user, roleId: ids.adminRole },
  revokeRole: { userId: ids.other, roleId: ids.role },
  setGroupRoles: { teamId: ids.team, roleIds: [ids.role] },
  setAssignableRoles: { connectionId: ids.connection, roleIds: [ids.role] },
  setSsoGroupRoles: { signInConnectionId: ids.signInConnection, group: 'staff', roleIds: [ids.role] },
  setRoleSource: roleSource,
  setDefaultRoles: { roleIds: [ids.role, ids.adminRole] },
  issueToken: { kind: 'API', name: 'Rehearsed' },
  issueOwnToken: {
    name: 'Rehearsed',
    permissions: [],
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
  },
  rotateToken: { id: ids.token },
  revokeToken: { id: ids.token },
  createConnection: { name: 'Rehearsed' },
  createOAuthClient: oauthClientInput(ids.connection),
  rotateOAuthClientKeys: { id: ids.oauthClient, jwksUri: 'https://keys.example.com/rehearsed' },
  deleteOAuthClient: { id: ids.oauthClient },
  updateConnection: { id: ids.connection, name: 'Rehearsed' },
  deleteConnection: { id: ids.connection },
  createSignInConnection: signInConnectionInput('Rehearsed'),
  updateSignInConnection: { id: ids.signInConnection, name: 'Rehearsed', clientSecret: 'another' },
  deleteSignInConnection: { id: ids.signInConnection },
  renewSamlKeyPair: { signInConnectionId: ids.samlConnection },
  refreshSamlMetadata: { signInConnectionId: ids.samlConnection },
  switchSamlKeyPair: keyPair,
  retireSamlKeyPair: keyPair,
  setSignalStream: signalStreamInput(ids.signInConnection),
  rotateSignalToken: { signInConnectionId: ids.signInConnection },
  deleteSignalStream: { signInConnectionId: ids.signInConnection },
  linkIdentity: { userId: ids.other, signInConnectionId: ids.signInConnection, subject: 'another' },
  unlinkIdentity: { id: ids.identityLink },
  addDomain: { name: 'rehearsed.example.com' },
  verifyDomain: { id: ids.domain },
  removeDomain: { id: ids.domain },
  createCustomAttribute: { name: 'rehearsed' },
  updateCustomAttribute: { id: ids.attribute, name: 'rehearsed', indexed: true },
  deleteCustomAttribute: { id: ids.attribute },
  updateOrgStructure: { createTeams: 'MANAGER', teamAttribute: 'division' },
  rebuildOrgStructure: {},
  createAccount: { name: 'Rehearsed', adminEmail: 'rehearsed@example.com' },
  signIn: { email: adminEmail, password: adminPassword },
  signOut: {},
  requestPasswordReset: { email: adminEmail },
  sendPasswordReset: { userId: ids.user },
  resetPassword: { token: resetToken, password: 'a rehearsed password' },
  endSessions: {},
  removeSecondFactors: { userId: ids.other },
  updateSignInPolicy: { secondFactor: 'WITH_PASSWORD', stepUp: true, evenIfIHaveNone: true },
  updateTimeSettings: { timeZone: 'Asia/Tokyo' },
  changePassword: { currentPassword: adminPassword, password: 'a rehearsed password' },
});
