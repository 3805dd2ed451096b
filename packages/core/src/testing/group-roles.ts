import type { AccountWorld, Actor } from '@rollcall/testkit';
import { createRole, roleNamed, run, setGroupRoles } from './directory.ts';

export interface MappingData {
  readonly id: string;
  readonly role: { readonly id: string; readonly name: string };
  readonly connection: { readonly id: string };
  readonly group: {
    readonly name: string;
    readonly pushed: boolean;
    readonly team: { readonly id: string } | null;
  };
  readonly userCount: number;
}

/** What a group gives from now on, by the names of the roles. */
export async function give(admin: Actor, group: object, ...roles: string[]): Promise<MappingData[]> {
  const roleIds = await Promise.all(roles.map((name) => roleNamed(admin, name)));
  return (await run<{ mappings: MappingData[] }>(admin, setGroupRoles, { ...group, roleIds })).mappings;
}

/** The connection of an account's identity provider. */
export async function connectionIdOf({ idp }: Pick<AccountWorld, 'idp'>): Promise<string> {
  const { ownConnection } = await idp.query<{ ownConnection: { id: string } }>('{ ownConnection { id } }');
  return ownConnection.id;
}

interface EffectiveData {
  readonly role: { readonly name: string };
  readonly because: readonly {
    readonly source: string;
    readonly endsWhen: string;
    readonly requestId: string | null;
    readonly mapping: { readonly group: { readonly name: string } } | null;
    readonly signIn: { readonly group: string } | null;
  }[];
}

/** The roles that count for somebody, by name. */
export async function rolesOf(admin: Actor, id: string): Promise<EffectiveData[]> {
  const document = `query ($id: ID!) { user(id: $id) { roles { role { name }
    because { source endsWhen requestId mapping { group { name } connection { name } }
    signIn { group signInConnectionName } } } } }`;
  const { user } = await admin.query<{ user: { roles: EffectiveData[] } }>(document, { id });
  return user.roles.toSorted((one, other) => one.role.name.localeCompare(other.role.name));
}

/** Why somebody has roles: each with the group, the sign-in, or another source. */
export const reasonsOf = async (admin: Actor, id: string): Promise<string[]> =>
  (await rolesOf(admin, id))
    .flatMap(({ role, because }) =>
      because.map(({ source, mapping, signIn }) => {
        const cause = signIn === null ? (mapping?.group.name ?? source) : `sign-in with ${signIn.group}`;
        return `${role.name} by ${cause}`;
      }),
    )
    .toSorted();

export async function newRole(admin: Actor, ...permissions: string[]): Promise<{ id: string; name: string }> {
  const input = { name: `role ${crypto.randomUUID()}`, permissions };
  return (await run<{ role: { id: string; name: string } }>(admin, createRole, input)).role;
}
