import { readFileSync } from 'node:fs';
import type { AccountWorld, Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import {
  createRole,
  createUser,
  deleteRole,
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
  updateConnection,
  updateRole,
  updateTeam,
  updateUser,
} from '../testing/directory.ts';
import { connectionIdOf, reasonsOf } from '../testing/group-roles.ts';
import { useWorld } from '../testing/world.ts';

const DOCUMENT = new URL('../../../../docs/roles.md', import.meta.url);

const world = useWorld();

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
async function ask(actor: Actor, { document }: InputMutation, input: object): Promise<unknown> {
  return (await actor.ask(document, { input })).errors?.[0]?.extensions.code;
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
  const scene = { account, person: await newUser(account.idp) };
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
