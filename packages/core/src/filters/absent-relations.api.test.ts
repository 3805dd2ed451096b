import type { Actor } from '@rollcall/testkit';
import { beforeAll, expect, test } from 'vitest';
import { grantRole, newTeam, newUser, roleNamed, run } from '../testing/directory.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';

const world = useWorld();
const account = useSharedAccount(world);
const nobody = crypto.randomUUID();
const names = new Map<string, string>();
const ids: Record<string, string> = {};
beforeAll(async () => {
  const { admin } = account;
  const person = async (name: string) => {
    ids[name] = (await newUser(admin, { userName: name, title: 'Clerk' })).id;
    names.set(ids[name], name);
  };
  for (const name of ['granted', 'plain']) await person(name);
  ids.role = await roleNamed(admin, 'user');
  ids.otherRole = await roleNamed(admin, 'admin');
  await run(admin, grantRole, { userId: ids.granted, roleId: ids.role });
  for (const [name, memberIds] of [
    ['empty', []],
    ['inner', [ids.granted]],
    ['outer', [ids.plain, 'inner']],
  ] as const) {
    const members = memberIds.map((id) => (id === 'inner' ? ids.inner : id));
    ids[name] = (await newTeam(admin, { displayName: name, memberIds: members })).id;
    names.set(ids[name], name);
  }
});

async function found(list: 'users' | 'teams', filter: object, actor: Actor = account.admin) {
  const type = list === 'users' ? 'UserFilter' : 'TeamFilter';
  const answer = await actor.query<Record<string, { nodes: { id: string }[] }>>(
    `query ($filter: ${type}) { ${list}(filter: $filter) { nodes { id } } }`,
    { filter },
  );
  return answer[list]?.nodes.flatMap(({ id }) => names.get(id) ?? []).toSorted();
}

const clerks = ['granted', 'plain'];
test.each<[string, () => object, string[]]>([
  ['present', () => ({ isPresent: true }), ['granted']],
  ['absent', () => ({ isPresent: false }), ['plain']],
  ['nothing', () => ({}), clerks],
  ['null', () => ({ equals: null, notEquals: null, in: null, isPresent: null }), clerks],
  ['a role', () => ({ equals: ids.role }), ['granted']],
  ['one of several', () => ({ in: [ids.role, ids.otherRole] }), ['granted']],
  ['not a role', () => ({ notEquals: ids.role }), ['plain']],
  ['not a role that nobody of them has', () => ({ notEquals: ids.otherRole }), clerks],
  ['not what is no id', () => ({ notEquals: 'zz' }), clerks],
])('people by a granted role: %s', async (_, roleId, expected) => {
  expect(await found('users', { roleId: roleId(), title: { equals: 'Clerk' } })).toEqual(expected);
});

const teams = ['empty', 'inner', 'outer'];
test.each<[string, () => object, string[]]>([
  ['present', () => ({ isPresent: true }), ['inner']],
  ['absent', () => ({ isPresent: false }), ['empty', 'outer']],
  ['nothing', () => ({}), teams],
  ['null', () => ({ equals: null, notEquals: null }), teams],
  ['a team', () => ({ equals: ids.outer }), ['inner']],
  ['not a team', () => ({ notEquals: ids.outer }), ['empty', 'outer']],
])('teams by the team that they are nested in: %s', async (_, nestedIn, expected) => {
  expect(await found('teams', { nestedIn: nestedIn() })).toEqual(expected);
});

test.each<[string, () => object, string[]]>([
  ['present', () => ({ someId: { isPresent: true } }), ['inner', 'outer']],
  ['absent', () => ({ someId: { isPresent: false } }), ['empty']],
  ['absent among the teams', () => ({ someId: { isPresent: false }, type: 'TEAM' }), ['empty', 'inner']],
  ['nothing', () => ({ someId: {} }), teams],
  ['null', () => ({ someId: { equals: null, notEquals: null } }), teams],
  ['a person', () => ({ someId: { equals: ids.plain } }), ['outer']],
  ['not a person', () => ({ someId: { notEquals: ids.plain } }), ['empty', 'inner']],
  ['not a team', () => ({ someId: { notEquals: ids.inner } }), ['empty', 'inner']],
  ['not somebody who is in none', () => ({ someId: { notEquals: nobody } }), teams],
])('teams by the id of a member: %s', async (_, members, expected) => {
  expect(await found('teams', { members: members() })).toEqual(expected);
});
