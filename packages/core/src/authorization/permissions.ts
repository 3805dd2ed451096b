/** What a viewer may be allowed. Tokens and roles carry these; each resolver names the one it needs. */
export const permissions = {
  'account:read': {
    title: 'See the account',
    description: 'Name, region, addresses and settings of the account.',
  },
  'users:read': {
    title: 'See people',
    description: 'Every attribute of every person, and who reports to whom.',
  },
  'users:write': {
    title: 'Change people',
    description:
      'Create, change, deactivate, deprovision and revive people. What they sign in with, of those alone who may do no more than you.',
  },
  'attributes:write': {
    title: 'Define attributes',
    description:
      'Create, change and delete the custom attributes of people; deleting one deletes its values.',
  },
  'teams:read': { title: 'See teams', description: 'Teams, their hierarchy and their members.' },
  'teams:write': {
    title: 'Change teams',
    description: 'Create, change and delete teams; add and remove members.',
  },
  'structure:write': {
    title: 'Change the org structure',
    description: 'Decide which teams follow from department and manager, and have them rebuilt.',
  },
  'roles:read': { title: 'See roles', description: 'Roles, who has them and why.' },
  'roles:write': {
    title: 'Change roles',
    description:
      'Create, change and delete roles; grant and revoke them. Only such as allow no more than you may do.',
  },
  'tokens:read': {
    title: 'See tokens',
    description: 'Names, permissions and last use of tokens; never their secrets.',
  },
  'tokens:write': {
    title: 'Change tokens',
    description: 'Issue, rotate and revoke tokens. Only such as allow no more than you may do.',
  },
  'connections:read': { title: 'See connections', description: 'Connections with identity providers.' },
  'connections:write': { title: 'Change connections', description: 'Create and change connections.' },
  'sign-in:read': {
    title: 'See how people sign in',
    description: 'Sign-in connections and domains of e-mail addresses; never client secrets.',
  },
  'sign-in:write': {
    title: 'Change how people sign in',
    description:
      'Prove and remove domains, link people, ask for second factors. What is done with sign-in connections, and asking for less, takes every permission of the account: who is let in is anybody.',
  },
  'events:read': { title: 'See events', description: 'The audit log and the live feeds.' },
  'accounts:write': {
    title: 'Manage accounts',
    description: 'Create accounts and list them: the operator alone.',
  },
} as const satisfies Record<string, { title: string; description: string }>;

export type PermissionId = keyof typeof permissions;

export const permissionIds = Object.keys(permissions).filter(isPermission);

/** Is this one of the permissions that exist? */
export function isPermission(id: string): id is PermissionId {
  return Object.hasOwn(permissions, id);
}

/** The operator's own; no account can give it. */
const operatorOnly: ReadonlySet<PermissionId> = new Set(['accounts:write']);

/** What a role or token of an account may carry. */
export const accountPermissions: readonly PermissionId[] = permissionIds.filter(
  (id) => !operatorOnly.has(id),
);

/** What an identity provider needs, and no more. */
export const scimPermissions: readonly PermissionId[] = [
  'users:read',
  'users:write',
  'teams:read',
  'teams:write',
];

/** What an API token gets when it names nothing: reading. */
export const defaultApiPermissions: readonly PermissionId[] = accountPermissions.filter((id) =>
  id.endsWith(':read'),
);

/** What a resolver may ask for: a permission, any valid credential, or none. */
export type Requirement = PermissionId | 'signed-in' | 'anyone';
