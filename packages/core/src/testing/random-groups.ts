import type { AccountWorld, Actor } from '@rollcall/testkit';
import fc from 'fast-check';
import type { ExecutionResult } from 'graphql';
import {
  changeTeamMembers,
  createTeam,
  createUser,
  deleteTeam,
  deprovisionUser,
  grantRole,
  type InputMutation,
  revokeRole,
  setAssignableRoles,
  setDefaultRoles,
  setGroupRoles,
  setRoleSource,
  setSsoGroupRoles,
  updateTeam,
  updateUser,
} from './directory.ts';
import { confirmed } from './role-source.ts';
import { claimsOf, type SaidProvider, signInSaying } from './sign-in-provider.ts';

/** Few of each, so that changes meet. */
const people = fc.integer({ min: 0, max: 4 });
const groups = fc.integer({ min: 0, max: 2 });
const roles = fc.integer({ min: 0, max: 3 });
const some = (items: fc.Arbitrary<number>) => fc.uniqueArray(items, { maxLength: 3 });

/** A change of somebody, a group or a mapping; people, groups and roles by number. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('push'), group: groups, members: some(people) }),
  fc.record({ kind: fc.constant('add'), group: groups, person: people }),
  fc.record({ kind: fc.constant('remove'), group: groups, person: people }),
  fc.record({ kind: fc.constant('anew'), group: groups, members: some(people) }),
  fc.record({ kind: fc.constant('batch'), group: groups, other: groups, members: some(people) }),
  fc.record({ kind: fc.constant('rename'), group: groups, name: groups }),
  fc.record({ kind: fc.constant('delete'), group: groups }),
  fc.record({ kind: fc.constant('map'), group: groups, roles: some(roles) }),
  fc.record({ kind: fc.constant('mapName'), group: groups, roles: some(roles) }),
  fc.record({ kind: fc.constant('defaults'), roles: some(roles) }),
  fc.record({ kind: fc.constant('grant'), person: people, role: roles }),
  fc.record({ kind: fc.constant('revoke'), person: people, role: roles }),
  fc.record({ kind: fc.constant('signIn'), person: people, groups: some(groups) }),
  fc.record({ kind: fc.constant('mapSignIn'), group: groups, roles: some(roles) }),
  fc.record({ kind: fc.constant('say'), person: people, roles: some(roles) }),
  fc.record({ kind: fc.constant('assign'), roles: some(roles) }),
  fc.record({ kind: fc.constant('roleSource'), isScim: fc.boolean() }),
  fc.record({ kind: fc.constant('activate'), person: people, active: fc.boolean() }),
  fc.record({ kind: fc.constant('deprovision'), person: people }),
  fc.record({ kind: fc.constant('revive'), person: people }),
);

export type GroupChange = typeof change extends fc.Arbitrary<infer Change> ? Change : never;

/** What several writers do at once, each one thing after the other. */
export const writersAtWork = (writers: number): fc.Arbitrary<GroupChange[][]> =>
  fc.array(fc.array(change, { minLength: 3, maxLength: 6 }), { minLength: writers, maxLength: writers });

/** Where changes are made: an account with its people and roles by number. */
export interface GroupArena {
  readonly account: AccountWorld;
  readonly connectionId: string;
  /** By which they sign in, all at one provider. */
  readonly signIn: { readonly provider: SaidProvider; readonly connectionId: string };
  readonly people: readonly { readonly id: string; readonly userName: string }[];
  readonly roles: readonly string[];
  /** What they are called. */
  readonly roleNames: readonly string[];
}

const nameOf = (group: number): string => `Group ${group}`;

/** A refusal that a change may meet because another was faster, or came to nothing. */
const expected: ReadonlySet<unknown> = new Set([
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'UNKNOWN_MEMBER',
  'EXCLUSIVE_ROLE',
  'VERSION_MISMATCH',
  'SIGN_IN_FAILED',
  'ROLE_SOURCE_SCIM',
]);

/** Makes a change, and passes over a refusal that others explain. */
export async function makeChange(arena: GroupArena, made: GroupChange): Promise<void> {
  const { admin, idp } = arena.account;
  const idOf = (person: number) => arena.people[person]?.id ?? '';
  const ids = (numbers: readonly number[]) => numbers.map(idOf);
  const roleIds = (numbers: readonly number[]) => numbers.map((role) => arena.roles[role] ?? '');
  switch (made.kind) {
    case 'push':
      return attempt(idp, createTeam, { displayName: nameOf(made.group), memberIds: ids(made.members) });
    case 'add':
      return attempt(idp, updateTeam, {
        id: await teamOf(arena, made.group),
        addMemberIds: [idOf(made.person)],
      });
    case 'remove':
      return attempt(idp, updateTeam, {
        id: await teamOf(arena, made.group),
        removeMemberIds: [idOf(made.person)],
      });
    case 'anew':
      return attempt(idp, updateTeam, {
        id: await teamOf(arena, made.group),
        setMemberIds: ids(made.members),
      });
    case 'batch': {
      const changes = [
        { id: await teamOf(arena, made.group), addMemberIds: ids(made.members) },
        { id: await teamOf(arena, made.other), removeMemberIds: ids(made.members) },
      ];
      return attempt(idp, changeTeamMembers, { changes });
    }
    case 'rename':
      return attempt(idp, updateTeam, {
        id: await teamOf(arena, made.group),
        displayName: nameOf(made.name),
      });
    case 'delete':
      return attempt(idp, deleteTeam, { id: await teamOf(arena, made.group) });
    case 'map':
      return attempt(admin, setGroupRoles, {
        teamId: await teamOf(arena, made.group),
        roleIds: roleIds(made.roles),
      });
    case 'mapName':
      return attempt(admin, setGroupRoles, {
        connectionId: arena.connectionId,
        groupName: nameOf(made.group).toUpperCase(),
        roleIds: roleIds(made.roles),
      });
    case 'defaults':
      return attempt(admin, setDefaultRoles, { roleIds: roleIds(made.roles) });
    case 'grant':
    case 'revoke': {
      const input = { userId: idOf(made.person), roleId: arena.roles[made.role] ?? '' };
      return attempt(admin, made.kind === 'grant' ? grantRole : revokeRole, input);
    }
    case 'signIn': {
      const { userName = '' } = arena.people[made.person] ?? {};
      const claims = claimsOf(userName, { groups: made.groups.map(nameOf) });
      return assertExplained('signIn', claims, await signInSaying(admin, arena.signIn, claims));
    }
    case 'mapSignIn':
      return attempt(admin, setSsoGroupRoles, {
        signInConnectionId: arena.signIn.connectionId,
        group: nameOf(made.group).toUpperCase(),
        roleIds: roleIds(made.roles),
      });
    case 'say': {
      const directoryRoles = made.roles.map((role) => ({ value: arena.roleNames[role] }));
      return attempt(idp, updateUser, { id: idOf(made.person), directoryRoles });
    }
    case 'assign':
      return attempt(admin, setAssignableRoles, {
        connectionId: arena.connectionId,
        roleIds: roleIds(made.roles),
      });
    case 'roleSource': {
      const input = made.isScim ? await confirmed(admin) : { roleSource: 'SSO_AND_MANUAL' };
      return attempt(admin, setRoleSource, input);
    }
    case 'activate':
      return attempt(idp, updateUser, { id: idOf(made.person), active: made.active });
    case 'deprovision':
      return attempt(idp, deprovisionUser, { id: idOf(made.person) });
    case 'revive':
      return attempt(idp, createUser, { userName: arena.people[made.person]?.userName });
  }
}

const attempt = async (actor: Actor, { field, document }: InputMutation, input: object): Promise<void> =>
  assertExplained(field, input, await actor.ask(document, { input }));

/** Fails for a refusal that nobody else explains. */
function assertExplained(what: string, input: object, { errors }: ExecutionResult): void {
  const unexpected = errors?.find(({ extensions }) => !expected.has(extensions.code));
  if (unexpected !== undefined) throw new Error(`${what} ${JSON.stringify(input)}: ${unexpected.message}`);
}

/** The team that has the group's name at the moment; an id of nothing where none has. */
async function teamOf({ account }: GroupArena, group: number): Promise<string> {
  const { teams } = await account.idp.query<{ teams: { nodes: { id: string }[] } }>(
    'query ($name: String!) { teams(filter: { displayName: { equals: $name } }, first: 1) { nodes { id } } }',
    { name: nameOf(group) },
  );
  return teams.nodes[0]?.id ?? crypto.randomUUID();
}
