import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeAll, expect, test } from 'vitest';
import { addTeamMembers, deprovisionUser, newTeam, newUser, run } from '../testing/directory.ts';
import { useWorld } from '../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
const ids: string[] = [];

beforeAll(async () => {
  account = await world.account();
  for (const name of ['anna', 'bert', 'cleo', 'dora']) {
    const { id } = await newUser(account.idp, { userName: `${name}@example.com`, externalId: `Ext-${name}` });
    ids.push(id);
  }
  const { id: teamId } = await newTeam(account.idp);
  await run(account.idp, addTeamMembers, { teamId, userIds: [ids[0]] });
  await run(account.idp, deprovisionUser, { id: ids[3] });
});

const page = 'totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const whole = `query ($filter: UserFilter, $first: Int, $offset: Int) {
  users(filter: $filter, first: $first, offset: $offset) { ${page} nodes { id userName externalId } } }`;
const withTeams = whole.replace('externalId', 'externalId teams { displayName }');

/** Filters whose statements have their text made once. */
const usual: [string, object | null][] = [
  ['nobody named', null],
  ['nobody named in an empty filter', {}],
  ['a userName', { userName: { equals: 'ANNA@example.com' } }],
  ['another userName', { userName: { equals: 'bert@example.com' } }],
  ['a userName of somebody deprovisioned', { userName: { equals: 'dora@example.com' } }],
  ['an externalId', { externalId: { equals: 'Ext-anna' } }],
  ['another externalId', { externalId: { equals: 'Ext-bert' } }],
  ['an externalId in another case', { externalId: { equals: 'ext-bert' } }],
];

test.each(usual)('%s: the usual page is that of any filter that says the same', async (_name, filter) => {
  const same = { and: [filter ?? {}] };
  for (const actor of [account.idp, account.admin])
    for (const query of [whole, withTeams])
      for (const part of [{}, { first: 1 }, { first: 1, offset: 1 }, { offset: 9 }])
        expect(await actor.query(query, { filter, ...part })).toEqual(
          await actor.query(query, { filter: same, ...part }),
        );
});

test('who is looked for is found, by whoever knows them so', async () => {
  const found = async (actor: Actor, filter: object) => {
    const { users } = await actor.query<{ users: { nodes: { id: string }[] } }>(whole, { filter });
    return users.nodes.map(({ id }) => ids.indexOf(id));
  };
  expect(await found(account.idp, { userName: { equals: 'Anna@Example.com' } })).toEqual([0]);
  expect(await found(account.idp, { userName: { equals: 'cleo@example.com' } })).toEqual([2]);
  expect(await found(account.idp, { externalId: { equals: 'Ext-bert' } })).toEqual([1]);
  expect(await found(account.admin, { userName: { equals: 'bert@example.com' } })).toEqual([1]);
  // What a connection calls people is its own.
  expect(await found(account.admin, { externalId: { equals: 'Ext-bert' } })).toEqual([]);
});
