import type { Actor, Refusal, World } from '@rollcall/testkit';

export interface UserData {
  readonly id: string;
  readonly userName: string;
  readonly status: string;
  readonly version: number;
  readonly displayName: string | null;
  readonly externalId: string | null;
  readonly managerId: string | null;
  readonly managerReference: string | null;
  readonly managerDisplayName: string | null;
}

export interface TeamData {
  readonly id: string;
  readonly displayName: string;
  readonly version: number;
  readonly memberCount: number;
}

export interface Changed {
  readonly changed: boolean;
}

/** A mutation with one `input`. */
export interface InputMutation {
  readonly field: string;
  readonly document: string;
}

/** The mutation `field` with one `input`, answering `selection`. */
export const mutation = (field: string, selection: string): InputMutation => ({
  field,
  document: `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`,
});

const userFields =
  'id userName status version displayName externalId managerId managerReference managerDisplayName';
const teamFields = 'id displayName version memberCount';
const membersMutation = (field: string): InputMutation => ({
  field,
  document: `mutation ($input: TeamMembersInput!) { ${field}(input: $input) { changed team { ${teamFields} } } }`,
});
const grantMutation = (field: string): InputMutation => ({
  field,
  document: `mutation ($input: RoleGrantInput!) { ${field}(input: $input) { changed } }`,
});

export const createUser = mutation('createUser', `changed user { ${userFields} }`);
export const updateUser = mutation('updateUser', `changed user { ${userFields} }`);
export const deprovisionUser = mutation('deprovisionUser', `changed user { ${userFields} }`);
export const createTeam = mutation('createTeam', `changed team { ${teamFields} }`);
export const updateTeam = mutation('updateTeam', `changed team { ${teamFields} }`);
export const deleteTeam = mutation('deleteTeam', 'deletedTeamId');
const itemError = 'error { code field message }';
export const createUsers = mutation('createUsers', `results { user { ${userFields} } ${itemError} }`);
export const createTeams = mutation('createTeams', `results { team { ${teamFields} } ${itemError} }`);
export const changeTeamMembers = mutation(
  'changeTeamMembers',
  `results { team { ${teamFields} } ${itemError} }`,
);
export const deleteTeams = mutation('deleteTeams', `results { deletedTeamId ${itemError} }`);
export const addTeamMembers = membersMutation('addTeamMembers');
export const removeTeamMembers = membersMutation('removeTeamMembers');
export const createRole = mutation('createRole', 'role { id name permissions { id } }');
export const updateRole = mutation('updateRole', 'role { id name permissions { id } }');
export const deleteRole = mutation('deleteRole', 'deletedRoleId');
export const grantRole = grantMutation('grantRole');
export const revokeRole = grantMutation('revokeRole');
const mappingFields =
  'id role { id name } connection { id } group { name pushed team { id } } userCount createdBy { kind name }';
export const setGroupRoles = mutation('setGroupRoles', `changed mappings { ${mappingFields} }`);
export const setAssignableRoles = mutation(
  'setAssignableRoles',
  'changed connection { assignableRoles { id name } unmetRoles { said { value display } userCount role { name } } }',
);
export const setSsoGroupRoles = mutation(
  'setSsoGroupRoles',
  'changed mappings { id group userCount role { id name } }',
);
export const setRoleSource = mutation('setRoleSource', 'roleSource changed erasedGrantCount');
export const setDefaultRoles = mutation('setDefaultRoles', 'changed roles { id name }');
export const issueToken = mutation('issueToken', 'secret token { id status permissions { id } }');
export const issueOwnToken = mutation('issueOwnToken', 'secret token { id status permissions { id } }');
export const rotateToken = mutation('rotateToken', 'secret token { id overlapEndsAt }');
export const revokeToken = mutation('revokeToken', 'token { id status }');
export const createConnection = mutation('createConnection', 'connection { id name passwordSync }');
export const updateConnection = mutation('updateConnection', 'connection { id name passwordSync }');
export const deleteConnection = mutation('deleteConnection', 'deletedId userCount teamCount');
export const createSignInConnection = mutation('createSignInConnection', 'signInConnection { id name }');
export const updateSignInConnection = mutation('updateSignInConnection', 'signInConnection { id name }');
export const deleteSignInConnection = mutation('deleteSignInConnection', 'deletedId');
export const linkIdentity = mutation('linkIdentity', 'changed identityLink { id subject user { id } }');
export const unlinkIdentity = mutation('unlinkIdentity', 'unlinkedId');
export const acceptLogoutToken = mutation('acceptLogoutToken', 'accepted');
export const addDomain = mutation('addDomain', 'domain { id name txtName txtValue verifiedAt }');
export const verifyDomain: InputMutation = {
  field: 'verifyDomain',
  document:
    'mutation ($input: DomainInput!) { verifyDomain(input: $input) { found domain { id status verifiedAt missingSince lostAt } } }',
};
export const removeDomain: InputMutation = {
  field: 'removeDomain',
  document: 'mutation ($input: DomainInput!) { removeDomain(input: $input) { removedId } }',
};
export const signIn = mutation(
  'signIn',
  'secret session { id } user { id } account { id } pending { secret secondFactors }',
);
const signedIn = 'secret session { id method secondFactor } user { id }';
const ownFactors = 'secondFactors { totp { lastUsedAt } passkeys { id name lastUsedAt } recoveryCodesLeft }';
export const finishSignIn = mutation('finishSignIn', signedIn);
export const beginPasskeySignIn = mutation('beginPasskeySignIn', 'options browserSecret');
export const signInByPasskey = mutation('signInByPasskey', signedIn);
export const beginPasskeyProof = mutation('beginPasskeyProof', 'options');
export const proveIdentity = mutation('proveIdentity', 'provenUntil');
export const beginTotp = mutation('beginTotp', 'secret uri');
export const confirmTotp = mutation('confirmTotp', `recoveryCodes signedIn { ${signedIn} }`);
export const beginPasskeyRegistration = mutation('beginPasskeyRegistration', 'options');
export const registerPasskey = mutation('registerPasskey', `recoveryCodes signedIn { ${signedIn} }`);
export const renamePasskey = mutation('renamePasskey', ownFactors);
export const removePasskey = mutation('removePasskey', ownFactors);
export const removeTotp: InputMutation = {
  field: 'removeTotp',
  document: `mutation { removeTotp { ${ownFactors} } }`,
};
export const renewRecoveryCodes: InputMutation = {
  field: 'renewRecoveryCodes',
  document: 'mutation { renewRecoveryCodes { recoveryCodes } }',
};
export const removeSecondFactors = mutation('removeSecondFactors', 'user { id }');
export const updateSignInPolicy = mutation(
  'updateSignInPolicy',
  'policy { secondFactor stepUp } endedSessionIds',
);
export const updateTimeSettings = mutation(
  'updateTimeSettings',
  'timeSettings { timeZone timeFormat chosenTimeZone chosenTimeFormat }',
);
export const requestPasswordReset = mutation('requestPasswordReset', 'accepted');
export const sendPasswordReset = mutation('sendPasswordReset', 'address user { id }');
export const resetPassword = mutation('resetPassword', 'userName');
export const endSessions = mutation('endSessions', 'endedSessionIds');
export const changePassword = mutation('changePassword', 'changed');

export const createOAuthClient = mutation('createOAuthClient', 'client { id }');
export const rotateOAuthClientKeys = mutation('rotateOAuthClientKeys', 'client { id }');
export const deleteOAuthClient = mutation('deleteOAuthClient', 'deletedId');

/** A client whose keys nobody asks for. */
export const oauthClientInput = (connectionId: string): object => ({
  connectionId,
  name: 'Provisioner',
  jwksUri: 'https://keys.example.com/jwks.json',
});

export const setSignalStream = mutation('setSignalStream', 'signInConnection { id }');
export const rotateSignalToken = mutation('rotateSignalToken', 'signInConnection { id }');
export const deleteSignalStream = mutation('deleteSignalStream', 'signInConnection { id }');

/** A stream of security events from a transmitter that nobody asks. */
export const signalStreamInput = (signInConnectionId: string): object => ({
  signInConnectionId,
  issuer: 'https://signals.example.com',
  audience: 'https://rollcall.example.com',
  delivery: 'PUSH',
});

/** A sign-in connection with a provider that nobody asks. */
export const signInConnectionInput = (name: string): object => ({
  name,
  issuer: 'https://login.example.com',
  clientId: 'rollcall',
  clientSecret: 'a secret of the client',
});

/** The payload of a mutation; fails when it is refused. */
export async function run<Payload>(
  actor: Actor,
  { field, document }: InputMutation,
  input: object,
  headers?: Record<string, string>,
): Promise<Payload> {
  const data = await actor.query<Record<string, Payload>>(document, { input }, headers);
  const payload = data[field];
  if (payload === undefined) throw new Error(`${field} answered nothing.`);
  return payload;
}

/** Why a mutation is refused; fails when it is not. */
export const refused = (actor: Actor, { document }: InputMutation, input: object): Promise<Refusal> =>
  actor.refusal(document, { input });

/** A new user; a userName of its own where none is given. */
export async function newUser(actor: Actor, input: object = {}): Promise<UserData> {
  const userName = `user-${crypto.randomUUID()}@example.com`;
  return (await run<{ user: UserData }>(actor, createUser, { userName, ...input })).user;
}

/** A new team; a name of its own where none is given. */
export async function newTeam(actor: Actor, input: object = {}): Promise<TeamData> {
  const displayName = `Team ${crypto.randomUUID()}`;
  return (await run<{ team: TeamData }>(actor, createTeam, { displayName, ...input })).team;
}

/** The ids of a team's members, in order. */
export async function membersOf(actor: Actor, id: string): Promise<string[]> {
  const { team } = await actor.query<{ team: { memberReferences: { id: string }[] } | null }>(
    'query ($id: ID!) { team(id: $id) { memberReferences { id } } }',
    { id },
  );
  return (team?.memberReferences ?? []).map((member) => member.id);
}

/** The id of the account's role of this name. */
export async function roleNamed(actor: Actor, name: string): Promise<string> {
  const { roles } = await actor.query<{ roles: { nodes: { id: string; name: string }[] } }>(
    '{ roles { nodes { id name } } }',
  );
  const role = roles.nodes.find((each) => each.name === name);
  if (role === undefined) throw new Error(`There is no role ${name}.`);
  return role.id;
}

/** What a batch of teams answered, item by item. */
export interface TeamResults {
  readonly results: readonly {
    readonly team: TeamData | null;
    readonly error: { readonly code: string; readonly field: string | null; readonly message: string } | null;
  }[];
}

export interface LoggedEvent {
  readonly type: string;
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
  readonly subject: { readonly id: string };
  readonly related: { readonly id: string; readonly type: string } | null;
}

/** What happened to an object, oldest first. */
export async function eventsAbout(actor: Actor, subjectId: string): Promise<LoggedEvent[]> {
  const { events } = await actor.query<{ events: { nodes: LoggedEvent[] } }>(
    `query ($id: ID!) { events(filter: { subjectId: $id }, first: 500) {
      nodes { type changes { field before after } subject { id } related { id type } } } }`,
    { id: subjectId },
  );
  return events.nodes.toReversed();
}

/** The identity provider of a new connection that sets passwords. */
export async function syncingProvider(world: Pick<World<unknown>, 'actor'>, admin: Actor): Promise<Actor> {
  const input = { name: `Okta ${crypto.randomUUID()}`, provider: 'OKTA' };
  const { connection } = await run<{ connection: { id: string } }>(admin, createConnection, input);
  const { secret } = await run<{ secret: string }>(admin, issueToken, {
    kind: 'SCIM',
    name: 'Okta',
    connectionId: connection.id,
  });
  return world.actor(secret);
}
