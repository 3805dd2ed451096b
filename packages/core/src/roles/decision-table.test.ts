import { readFileSync } from 'node:fs';
import type { AccountWorld, Actor } from '@rollcall/testkit';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createRole,
  createUser,
  deleteRole,
  deleteSignInConnection,
  deleteTeam,
  deprovisionUser,
  grantRole,
  type InputMutation,
  newTeam,
  newUser,
  revokeRole,
  roleNamed,
  run,
  setAssignableRoles,
  setDefaultRoles,
  setGroupRoles,
  setRoleSource,
  setSsoGroupRoles,
  updateConnection,
  updateRole,
  updateTeam,
  updateUser,
} from '../testing/directory.ts';
import { connectionIdOf, reasonsOf } from '../testing/group-roles.ts';
import { makeAdminByGroup, switchToScim } from '../testing/role-source.ts';
import {
  claimsOf,
  newSignInConnection,
  type SaidProvider,
  signInSaying,
  startSaidProvider,
} from '../testing/sign-in-provider.ts';
import { useWorld } from '../testing/world.ts';

const DOCUMENT = new URL('../../../../docs/roles.md', import.meta.url);

const world = useWorld({ allowedPrivateHosts: ['localhost'] });
let provider: SaidProvider;
beforeAll(async () => {
  provider = await startSaidProvider();
});
afterAll(() => provider.close());

interface Rule {
  readonly steps: readonly string[];
  readonly roles: string;
  readonly rule: string;
}

/** The rows of the document's table. */
function rules(): Rule[] {
  const rows = readFileSync(DOCUMENT, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const [steps = '', roles = '', rule = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { steps: steps.split('; '), roles, rule };
  });
}

/** An account and the person whose roles are asked for. */
interface Scene {
  readonly account: AccountWorld;
  readonly person: { readonly id: string; readonly userName: string };
  /** The sign-in connection, from the first time that it is needed. */
  signInConnectionId?: string;
}

type Step = (scene: Scene, ...words: string[]) => Promise<unknown>;

/** What a step says, and what is done for it. */
const steps: readonly (readonly [RegExp, Step])[] = [
  [/^nothing$/, async () => undefined],
  [
    /^default: (.+)$/,
    async ({ account }, roles) =>
      ask(account.admin, setDefaultRoles, { roleIds: await idsOf(account, roles) }),
  ],
  [
    /^(\w+) → (.+)$/,
    async ({ account }, groupName, roles) =>
      ask(account.admin, setGroupRoles, {
        connectionId: await connectionIdOf(account),
        groupName,
        roleIds: await idsOf(account, roles),
      }),
  ],
  [
    /^at sign-in (\w+) → (.+)$/,
    async (scene, group, roles) =>
      ask(scene.account.admin, setSsoGroupRoles, {
        signInConnectionId: await signInConnectionOf(scene),
        group,
        roleIds: await idsOf(scene.account, roles),
      }),
  ],
  [/^signs in$/, (scene) => signsIn(scene, {})],
  [/^signs in with (.+)$/, (scene, groups = '') => signsIn(scene, { groups: groups.split(', ') })],
  [
    /^signs in, and the groups are too many$/,
    (scene) => signsIn(scene, { _claim_names: { groups: 'src1' }, _claim_sources: { src1: {} } }),
  ],
  [
    /^the sign-in connection is deleted$/,
    async (scene) =>
      ask(scene.account.admin, deleteSignInConnection, { id: await signInConnectionOf(scene) }),
  ],
  [
    /^the admins are a group that is pushed$/,
    async ({ account }) => {
      await makeAdminByGroup(account);
    },
  ],
  [/^roles come from SCIM$/, async ({ account }) => codeOf(await switchToScim(account.admin))],
  [
    /^roles come by hand again$/,
    ({ account }) => ask(account.admin, setRoleSource, { roleSource: 'SSO_AND_MANUAL' }),
  ],
  [/^(\w+) is pushed$/, ({ account }, displayName) => newTeam(account.idp, { displayName })],
  [
    /^(\w+) is (pushed|made by hand) with the person$/,
    ({ account, person }, displayName, way) =>
      newTeam(way === 'pushed' ? account.idp : account.admin, { displayName, memberIds: [person.id] }),
  ],
  [
    /^(\w+) is pushed with the group (\w+)$/,
    async ({ account }, displayName, inner = '') =>
      newTeam(account.idp, { displayName, memberIds: [await groupOf(account, inner)] }),
  ],
  [/^joins (\w+)$/, (scene, group) => change(scene, group, { addMemberIds: [scene.person.id] })],
  [/^leaves (\w+)$/, (scene, group) => change(scene, group, { removeMemberIds: [scene.person.id] })],
  [/^all leave (\w+)$/, (scene, group) => change(scene, group, { setMemberIds: [] })],
  [
    /^(\w+) is called (\w+)$/,
    async (scene, name = '', another) =>
      name === 'Clerk'
        ? ask(scene.account.admin, updateRole, {
            id: await roleNamed(scene.account.admin, name),
            name: another,
          })
        : change(scene, name, { displayName: another }),
  ],
  [
    /^the provider may assign (.+)$/,
    async ({ account }, roles) =>
      ask(account.admin, setAssignableRoles, {
        connectionId: await connectionIdOf(account),
        roleIds: await idsOf(account, roles),
      }),
  ],
  [
    /^(the provider|an admin) says (.+)$/,
    ({ account, person: { id } }, who, said = '') =>
      ask(who === 'an admin' ? account.admin : account.idp, updateUser, { id, directoryRoles: saidIn(said) }),
  ],
  [
    /^the role (\w+) is made for the provider$/,
    async ({ account }, name) =>
      ask(account.admin, createRole, { name, assignableBy: await connectionIdOf(account) }),
  ],
  [
    /^groups are (roles|no roles)$/,
    async ({ account }, are) =>
      ask(account.admin, updateConnection, {
        id: await connectionIdOf(account),
        groupsAsRoles: are === 'roles',
      }),
  ],
  [/^the role (\w+) is made$/, ({ account }, name) => ask(account.admin, createRole, { name })],
  [
    /^(\w+) is deleted$/,
    async ({ account }, name = '') =>
      name === 'Clerk'
        ? ask(account.admin, deleteRole, { id: await roleNamed(account.admin, name) })
        : ask(account.idp, deleteTeam, { id: await groupOf(account, name) }),
  ],
  [
    /^(gets|loses) (\S+) by hand$/,
    async ({ account, person }, verb, role = '') =>
      ask(account.admin, verb === 'gets' ? grantRole : revokeRole, {
        userId: person.id,
        roleId: await roleNamed(account.admin, role),
      }),
  ],
  [/^is switched off$/, ({ account, person: { id } }) => ask(account.idp, updateUser, { id, active: false })],
  [/^is deprovisioned$/, ({ account, person: { id } }) => ask(account.idp, deprovisionUser, { id })],
  [/^comes back$/, ({ account, person: { userName } }) => ask(account.idp, createUser, { userName })],
];

/** The refusal's code, if it is refused. */
const ask = async (actor: Actor, { document }: InputMutation, input: object): Promise<unknown> =>
  codeOf(await actor.ask(document, { input }));

const codeOf = ({ errors }: ExecutionResult): unknown => errors?.[0]?.extensions.code;

async function signInConnectionOf(scene: Scene): Promise<string> {
  scene.signInConnectionId ??= await newSignInConnection(scene.account, provider);
  return scene.signInConnectionId;
}

/** The refusal's code, if the person is not let in. */
async function signsIn(scene: Scene, claims: object): Promise<unknown> {
  const connectionId = await signInConnectionOf(scene);
  const said = claimsOf(scene.person.userName, claims);
  return codeOf(await signInSaying(world.operator, { provider, connectionId }, said));
}

/** Values of `roles`, as in: 25 (Clerk), admin */
const saidIn = (said: string): object[] =>
  said === 'nothing'
    ? []
    : said.split(', ').map((each) => {
        const [, value, display] = /^(\S+)(?: \((.+)\))?$/.exec(each) ?? [];
        return { value, ...(display !== undefined && { display }) };
      });

const idsOf = async ({ admin }: AccountWorld, roles = ''): Promise<string[]> =>
  roles === 'nothing' ? [] : Promise.all(roles.split(', ').map((name) => roleNamed(admin, name)));

/** The id of the group that has the name; of nothing, where none has. */
async function groupOf({ idp }: AccountWorld, name: string): Promise<string> {
  const { teams } = await idp.query<{ teams: { nodes: { id: string }[] } }>(
    'query ($name: String!) { teams(filter: { displayName: { equals: $name } }) { nodes { id } } }',
    { name },
  );
  return teams.nodes[0]?.id ?? crypto.randomUUID();
}

const change = async ({ account }: Scene, group = '', update: object): Promise<unknown> =>
  ask(account.idp, updateTeam, { id: await groupOf(account, group), ...update });

/** Does what a step says; answers the code of a refusal. */
async function play(scene: Scene, step: string): Promise<unknown> {
  for (const [pattern, act] of steps) {
    const words = pattern.exec(step);
    if (words !== null) return act(scene, ...words.slice(1));
  }
  throw new Error(`"${step}" is no step that is known: say in the test what it is.`);
}

const REFUSAL = /: ([A-Z_]+)$/;

test.each(rules())('$rule', async ({ steps, roles }) => {
  const account = await world.account();
  await run(account.admin, createRole, { name: 'Clerk', permissions: ['users:read'] });
  const scene: Scene = { account, person: await newUser(account.idp) };
  for (const step of steps) {
    const answer = await play(scene, step.replace(REFUSAL, ''));
    const refusal = typeof answer === 'string' ? answer : undefined;
    expect(refusal, step).toBe(REFUSAL.exec(step)?.[1]);
  }
  const counting = await reasonsOf(account.admin, scene.person.id);
  expect(counting.join(', ') || 'none').toBe(roles);
});

test('the table is read', () => {
  expect(rules().length).toBeGreaterThan(30);
});
