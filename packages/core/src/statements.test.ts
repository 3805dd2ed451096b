import type { AccountWorld, World } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Core } from './core.ts';
import {
  addTeamMembers,
  deprovisionUser,
  newTeam,
  newUser,
  removeTeamMembers,
  run,
  updateUser,
} from './testing/directory.ts';
import { withClient } from './testing/tables.ts';
import { openWorld } from './testing/world.ts';

interface Directory extends AccountWorld {
  /** A team that everybody is in. */
  readonly teamId: string;
}

let world: World<Core>;
let small: Directory;
let large: Directory;
beforeAll(async () => {
  world = await openWorld();
  small = await directoryOf(10);
  large = await directoryOf(10_000);
});
afterAll(() => world.close());

/** An account with so many people, all in one team; its identity provider has been seen. */
async function directoryOf(people: number): Promise<Directory> {
  const account = await world.account();
  const { id: teamId } = await newTeam(account.idp);
  await withClient(world.databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO users (account_id, id, status, user_name)
       SELECT $1, gen_random_uuid(), 'ACTIVE', 'seeded-' || n || '@example.com' FROM generate_series(1, $2::int) n`,
      [account.id, people],
    );
    await client.query(
      `INSERT INTO memberships (account_id, team_id, user_id) SELECT account_id, $2, id FROM users WHERE account_id = $1`,
      [account.id, teamId],
    );
    await client.query('ANALYZE');
  });
  return { ...account, teamId };
}

const userWithTeams =
  'query ($id: ID!) { user(id: $id) { id userName emails { value } teams { id displayName } } }';
const page =
  '{ users(first: 100) { nodes { id userName managerDisplayName teams { displayName } } pageInfo { hasNextPage } } }';
const pageWithTotal = '{ users(first: 5) { totalCount nodes { id } } }';

/** What is asked of the directory, and the statements that it is allowed. */
const operations: [string, number, (directory: Directory) => Promise<() => Promise<unknown>>][] = [
  [
    'a user with their teams',
    1,
    async ({ idp, teamId }) => {
      const { id } = await newUser(idp);
      await run(idp, addTeamMembers, { teamId, userIds: [id] });
      return () => idp.query(userWithTeams, { id });
    },
  ],
  [
    'a page of users with their teams',
    1,
    async ({ admin }) =>
      () =>
        admin.query(page),
  ],
  [
    'a page with the total',
    2,
    async ({ admin }) =>
      () =>
        admin.query(pageWithTotal),
  ],
  [
    'a user by userName',
    1,
    async ({ idp }) =>
      () =>
        idp.query(
          '{ users(filter: { userName: { equals: "SEEDED-7@example.com" } }, first: 1) { nodes { id teams { id } } } }',
        ),
  ],
  [
    'creating a user',
    1,
    async ({ idp }) =>
      () =>
        newUser(idp),
  ],
  [
    'changing a user',
    1,
    async ({ idp }) => {
      const { id } = await newUser(idp);
      return () =>
        run(idp, updateUser, { id, displayName: 'Changed', emails: [{ value: 'changed@example.com' }] });
    },
  ],
  [
    'changing nothing',
    1,
    async ({ idp }) => {
      const { id } = await newUser(idp, { displayName: 'Same' });
      return () => run(idp, updateUser, { id, displayName: 'Same' });
    },
  ],
  [
    'switching a user off',
    1,
    async ({ idp }) => {
      const { id } = await newUser(idp);
      return () => run(idp, updateUser, { id, active: false });
    },
  ],
  [
    'deprovisioning a user',
    4,
    async ({ idp }) => {
      const { id } = await newUser(idp);
      return () => run(idp, deprovisionUser, { id });
    },
  ],
  [
    'adding a member',
    1,
    async ({ idp, teamId }) => {
      const { id } = await newUser(idp);
      return () =>
        idp.query(
          `mutation ($input: TeamMembersInput!) { ${addTeamMembers.field}(input: $input) { changed } }`,
          {
            input: { teamId, userIds: [id] },
          },
        );
    },
  ],
  [
    'removing a member',
    1,
    async ({ idp, teamId }) => {
      const { id } = await newUser(idp);
      await run(idp, addTeamMembers, { teamId, userIds: [id] });
      return () =>
        idp.query(
          `mutation ($input: TeamMembersInput!) { ${removeTeamMembers.field}(input: $input) { changed } }`,
          {
            input: { teamId, userIds: [id] },
          },
        );
    },
  ],
  [
    'a team without its members',
    1,
    async ({ idp, teamId }) =>
      () =>
        idp.query('query ($id: ID!) { team(id: $id) { id displayName version } }', { id: teamId }),
  ],
  [
    'a team with its members',
    2,
    async ({ idp, teamId }) =>
      () =>
        idp.query('query ($id: ID!) { team(id: $id) { displayName memberReferences { id displayName } } }', {
          id: teamId,
        }),
  ],
];

describe.each(operations)('%s', (_, allowed, prepare) => {
  test.each([
    ['10', () => small],
    ['10,000', () => large],
  ])(`takes ${allowed} in a directory of %s`, async (_size, directory) => {
    const operation = await prepare(directory());
    expect(await world.countStatements(operation)).toBe(allowed);
  });
});

test('a batch takes the same for 2 as for 500', async () => {
  const { idp } = await world.account();
  await newUser(idp);
  const batch = (size: number) => () =>
    idp.query(
      'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
      {
        input: {
          users: Array.from({ length: size }, (_, n) => ({
            userName: `batch-${size}-${n}@example.com`,
            externalId: `${size}-${n}`,
          })),
        },
      },
    );
  const [two, many] = [await world.countStatements(batch(2)), await world.countStatements(batch(500))];
  expect([two, many]).toEqual([4, 4]);
});

test('deprovisioning a batch takes the same for 2 as for 200', async () => {
  const { idp } = await world.account();
  const idsOf = async (size: number): Promise<string[]> => {
    const { createUsers } = await idp.query<{ createUsers: { results: { user: { id: string } }[] } }>(
      'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
      {
        input: {
          users: Array.from({ length: size }, (_, n) => ({ userName: `leaver-${size}-${n}@example.com` })),
        },
      },
    );
    return createUsers.results.map(({ user }) => user.id);
  };
  const deprovision = async (size: number) => {
    const ids = await idsOf(size);
    return world.countStatements(() =>
      idp.query(
        'mutation ($input: DeprovisionUsersInput!) { deprovisionUsers(input: $input) { results { error { code } } } }',
        {
          input: { ids },
        },
      ),
    );
  };
  expect([await deprovision(2), await deprovision(200)]).toEqual([4, 4]);
});

test('lists of nested objects are read at once, not one by one', async () => {
  const { idp, admin } = await world.account();
  const manager = await newUser(idp);
  const memberIds: string[] = [];
  for (let n = 0; n < 8; n += 1) memberIds.push((await newUser(idp, { manager: manager.id })).id);
  for (let n = 0; n < 3; n += 1) await newTeam(idp, { memberIds, leadId: manager.id });
  const teams = () =>
    admin.query(
      '{ teams { nodes { memberCount memberReferences { id } lead { reportCount roles { role { name } } } connection { name } } } }',
    );
  await teams();
  // The teams; and for all of them at once: counts, members, leads, connections; and for the leads: reports, roles.
  expect(await world.countStatements(teams)).toBe(7);
});
