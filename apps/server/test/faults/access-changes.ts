import { z } from 'zod';
import { httpGraphQL } from '../clients/graphql-client.ts';
import { scimClient } from '../clients/scim-client.ts';
import type { TwoNodes, TwoNodesCompany } from './two-nodes.ts';

/** Access that is taken and given at the near node, and asked for at the far one. */
export interface Access {
  revoke(): Promise<unknown>;
  /** Gives it again: the same, or a new one of its kind. */
  grant(): Promise<unknown>;
  /** Is a request that begins now answered? */
  isAllowed(): Promise<boolean>;
}

/** A kind of change by which somebody gets and loses access. */
export type AccessChange = (nodes: TwoNodes) => Promise<Access>;

const done = z.unknown();
const PEOPLE = '{ users(first: 1) { nodes { id } } }';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** May whoever has the secret read people at the far node? */
async function mayRead({ origins: [, far] }: TwoNodes, secret: string): Promise<boolean> {
  const { errors } = await httpGraphQL(far, { authorization: `Bearer ${secret}` }).ask(PEOPLE);
  const codes = errors?.map(({ extensions }) => extensions.code) ?? [];
  if (!codes.every((code) => code === 'FORBIDDEN' || code === 'UNAUTHENTICATED'))
    throw new Error(`The far node answered ${JSON.stringify(errors)}`);
  return codes.length === 0;
}

/** A role that allows to read people, in an account that gives nothing by default. */
async function openReaders(nodes: TwoNodes) {
  const company = await nodes.openCompany();
  const { createRole } = await company.mutate(
    z.object({ createRole: z.object({ role: z.object({ id: z.string() }) }) }),
    'createRole',
    'CreateRoleInput',
    'role { id }',
    { name: 'Reader', permissions: ['users:read'] },
  );
  await setDefaults(company, []);
  return { company, roleId: createRole.role.id };
}

const setDefaults = ({ mutate }: TwoNodesCompany, roleIds: readonly string[]) =>
  mutate(done, 'setDefaultRoles', 'SetDefaultRolesInput', 'changed', { roleIds });

/** Somebody who is signed in, for whom a change gives and takes the role. */
async function reader(
  nodes: TwoNodes,
  change: (scene: {
    readonly company: TwoNodesCompany;
    readonly roleId: string;
    readonly userId: string;
  }) => Promise<Pick<Access, 'revoke' | 'grant'>>,
): Promise<Access> {
  const { company, roleId } = await openReaders(nodes);
  const { id: userId, userName } = await company.hire();
  const access = await change({ company, roleId, userId });
  await access.grant();
  const secret = await company.signIn(userName);
  return { ...access, isAllowed: () => mayRead(nodes, secret) };
}

const issued = z.object({
  issueToken: z.object({ secret: z.string(), token: z.object({ id: z.string() }) }),
});

/** A token of this kind, which is revoked; another one is issued in its place. */
async function tokenOf(
  nodes: TwoNodes,
  input: object,
  isAllowed: (company: TwoNodesCompany, secret: string) => Promise<boolean>,
): Promise<Access> {
  const company = await nodes.openCompany();
  const issue = async () =>
    (await company.mutate(issued, 'issueToken', 'IssueTokenInput', 'secret token { id }', input)).issueToken;
  let { secret, token } = await issue();
  return {
    revoke: () => company.mutate(done, 'revokeToken', 'RevokeTokenInput', 'token { id }', { id: token.id }),
    async grant() {
      ({ secret, token } = await issue());
    },
    isAllowed: () => isAllowed(company, secret),
  };
}

/** Somebody whose session is ended; they sign in again. */
async function session(
  nodes: TwoNodes,
  end: (company: TwoNodesCompany, userId: string) => Promise<unknown>,
  comeBack: (company: TwoNodesCompany, userId: string) => Promise<unknown> = async () => undefined,
): Promise<Access> {
  const { company, roleId } = await openReaders(nodes);
  const { id, userName } = await company.hire();
  await setDefaults(company, [roleId]);
  let secret = await company.signIn(userName);
  return {
    revoke: () => end(company, id),
    async grant() {
      await comeBack(company, id);
      secret = await company.signIn(userName);
    },
    isAllowed: () => mayRead(nodes, secret),
  };
}

const switchTo = ({ scim }: TwoNodesCompany, id: string, active: boolean) =>
  scim.expect(200, {
    method: 'PATCH',
    path: `/Users/${id}`,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: active }],
    },
  });

/** The kinds, by what happens. */
export const accessChanges: Readonly<Record<string, AccessChange>> = {
  'an API token is revoked': (nodes) =>
    tokenOf(nodes, { kind: 'API', name: 'short', permissions: ['users:read'] }, (_, secret) =>
      mayRead(nodes, secret),
    ),
  'a SCIM token is revoked': (nodes) =>
    tokenOf(nodes, { kind: 'SCIM', name: 'short' }, async ({ id }, secret) => {
      const { status } = await scimClient(nodes.origins[1], `/scim/v2/${id}`, secret).send({
        path: '/Users?count=1',
      });
      return status === 200;
    }),
  'a role is revoked': (nodes) =>
    reader(nodes, async ({ company: { mutate }, roleId, userId }) => ({
      revoke: () => mutate(done, 'revokeRole', 'RoleGrantInput', 'changed', { userId, roleId }),
      grant: () => mutate(done, 'grantRole', 'RoleGrantInput', 'changed', { userId, roleId }),
    })),
  'the permissions of a role change': (nodes) =>
    reader(nodes, async ({ company: { mutate }, roleId, userId }) => {
      await mutate(done, 'grantRole', 'RoleGrantInput', 'changed', { userId, roleId });
      const set = (permissions: string[]) =>
        mutate(done, 'updateRole', 'UpdateRoleInput', 'role { id }', { id: roleId, permissions });
      return { revoke: () => set([]), grant: () => set(['users:read']) };
    }),
  'the default roles of the account change': (nodes) =>
    reader(nodes, async ({ company, roleId }) => ({
      revoke: () => setDefaults(company, []),
      grant: () => setDefaults(company, [roleId]),
    })),
  'somebody leaves a mapped group over SCIM': (nodes) =>
    reader(nodes, async ({ company, roleId, userId }) => {
      const { id } = await company.scim.create('Groups', { schemas: [GROUP], displayName: 'Readers' });
      await company.mutate(done, 'setGroupRoles', 'SetGroupRolesInput', 'mappings { id }', {
        teamId: id,
        roleIds: [roleId],
      });
      const member = [{ value: userId }];
      return {
        revoke: () =>
          company.scim.patch(`/Groups/${id}`, { op: 'remove', path: `members[value eq "${userId}"]` }),
        grant: () => company.scim.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: member }),
      };
    }),
  'somebody is deactivated over SCIM': (nodes) =>
    session(
      nodes,
      (company, id) => switchTo(company, id, false),
      (company, id) => switchTo(company, id, true),
    ),
  'the sessions of somebody are ended': (nodes) =>
    session(nodes, ({ mutate }, userId) =>
      mutate(done, 'endSessions', 'EndSessionsInput', 'endedSessionIds', { userId }),
    ),
};

/**
 * Somebody signs in at the far node, and is known there, while the default roles change at the near one. Gives whether they
 * may then do what the roles of before allowed.
 */
export async function openSignInBesideChange(nodes: TwoNodes): Promise<() => Promise<boolean>> {
  const { company, roleId } = await openReaders(nodes);
  const { userName } = await company.hire();
  return async () => {
    await setDefaults(company, [roleId]);
    const [secret] = await Promise.all([
      company.signIn(userName, nodes.origins[1]).then(async (began) => {
        await mayRead(nodes, began);
        return began;
      }),
      setDefaults(company, []),
    ]);
    return mayRead(nodes, secret);
  };
}
