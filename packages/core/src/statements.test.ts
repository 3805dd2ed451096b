import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Recorded } from './database/record.ts';
import type { WrittenFacts } from './directory/create-newcomer.ts';
import type { CreatedRow } from './directory/create-users.statements.ts';
import type { DepartureRow } from './directory/deprovision-users.ts';
import type { UpdatedRow } from './directory/update-user.statement.ts';
import type { ListPosition } from './pages/list-order.ts';
import type { CreatedTeamRow } from './teams/create-teams.statement.ts';
import type { TeamRecord } from './teams/team-record.ts';
import type { UpdatedTeamRow } from './teams/update-team.statement.ts';
import { define } from './testing/custom-attributes.ts';
import {
  addTeamMembers,
  changeTeamMembers,
  createTeams,
  deleteTeams,
  deprovisionUser,
  newTeam,
  newUser,
  removeTeamMembers,
  run,
  syncingProvider,
  type TeamResults,
  updateUser,
} from './testing/directory.ts';
import { statementsKept } from './testing/explaining.ts';
import { give } from './testing/group-roles.ts';
import { hire, restructure } from './testing/org-settings.ts';
import { withClient } from './testing/tables.ts';
import { useWorld } from './testing/world.ts';
import type { UserRecord } from './users/user-record.ts';

interface Directory extends AccountWorld {
  /** A team that everybody is in. */
  readonly teamId: string;
  /** A group that everybody is in, and that gives a role. */
  readonly groupId: string;
}

const world = useWorld();
let small: Directory;
let large: Directory;
beforeAll(async () => {
  small = await directoryOf(10);
  large = await directoryOf(10_000);
});

/** An account with so many people, all in one team; its identity provider has been seen. */
async function directoryOf(people: number): Promise<Directory> {
  const account = await world.account();
  const { id: teamId } = await newTeam(account.idp);
  const { id: groupId } = await newTeam(account.idp);
  const [mapping] = await give(account.admin, { teamId: groupId }, 'user');
  await withClient(world.databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO users (account_id, id, status, user_name)
       SELECT $1, gen_random_uuid(), 'ACTIVE', 'seeded-' || n || '@example.com' FROM generate_series(1, $2::int) n`,
      [account.id, people],
    );
    await client.query(
      `INSERT INTO memberships (account_id, team_id, user_id, role_mapping_ids)
       SELECT account_id, t, id, CASE WHEN t = $3::uuid THEN ARRAY[$4::uuid] END
       FROM users, unnest($2::uuid[]) AS t WHERE account_id = $1`,
      [account.id, [teamId, groupId], groupId, mapping?.id],
    );
    await client.query('ANALYZE');
  });
  return { ...account, teamId, groupId };
}

/** The name of a unique attribute that the account has defined, and its identity provider has heard of. */
async function badgeOf(admin: Actor, idp: Actor): Promise<string> {
  const name = `badge-${crypto.randomUUID()}`;
  await define(admin, { name, uniqueness: 'SERVER' });
  await newUser(idp, { customAttributes: [{ name, value: 'first' }] });
  return name;
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
    'a page in the order of an attribute',
    1,
    async ({ admin }) =>
      () =>
        admin.query(
          '{ users(first: 100, orderBy: { field: EMAILS_VALUE, direction: DESC }) { nodes { id emails { value } } } }',
        ),
  ],
  [
    'a page of teams in the order of their members',
    1,
    async ({ idp }) =>
      () =>
        idp.query('{ teams(first: 100, orderBy: { field: MEMBER_DISPLAY_NAME }) { nodes { displayName } } }'),
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
    'creating a user, to be shown with their teams',
    1,
    async ({ admin }) =>
      () =>
        admin.query(
          'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id teams { id } } } }',
          {
            input: { userName: crypto.randomUUID() },
          },
        ),
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
    'creating a user with custom attributes',
    1,
    async ({ admin, idp }) => {
      const customAttributes = [{ name: await badgeOf(admin, idp), value: crypto.randomUUID() }];
      return () => newUser(idp, { customAttributes });
    },
  ],
  [
    "changing a user's custom attributes",
    1,
    async ({ admin, idp }) => {
      const name = await badgeOf(admin, idp);
      const { id } = await newUser(idp);
      return () => run(idp, updateUser, { id, customAttributes: [{ name, value: crypto.randomUUID() }] });
    },
  ],
  [
    'users with their custom attributes, by one',
    1,
    async ({ admin, idp }) => {
      const filter = { customAttribute: { name: await badgeOf(admin, idp), text: { startsWith: '1' } } };
      return () =>
        idp.query(
          'query ($filter: UserFilter) { users(filter: $filter) { nodes { customAttributes { name value } } } }',
          { filter },
        );
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
    'changing a password, which may take a proof and ends sessions, of somebody whom no strict connection manages',
    4,
    async ({ admin }) => {
      const { id } = await newUser(admin, { password: 'correct horse battery' });
      return () => run(admin, updateUser, { id, password: 'next horse battery' });
    },
  ],
  [
    'an identity provider creating a user with a password',
    1,
    async ({ admin }) => {
      const okta = await syncingProvider(world, admin);
      await newUser(okta);
      return () => newUser(okta, { password: 'correct horse battery' });
    },
  ],
  [
    'an identity provider changing a userName and a password',
    2,
    async ({ admin }) => {
      const okta = await syncingProvider(world, admin);
      const { id } = await newUser(okta, { password: 'correct horse battery' });
      await run(okta, updateUser, { id, userName: crypto.randomUUID(), password: 'other horse battery' });
      return () =>
        run(okta, updateUser, { id, userName: crypto.randomUUID(), password: 'next horse battery' });
    },
  ],
  [
    'deprovisioning a user',
    1,
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
    'adding a member to a group that gives a role',
    1,
    async ({ idp, groupId }) => {
      const { id } = await newUser(idp);
      return () =>
        idp.query(
          `mutation ($input: TeamMembersInput!) { ${addTeamMembers.field}(input: $input) { changed } }`,
          { input: { teamId: groupId, userIds: [id] } },
        );
    },
  ],
  [
    'removing a member from a group that gives a role',
    1,
    async ({ idp, groupId }) => {
      const { id } = await newUser(idp);
      await run(idp, addTeamMembers, { teamId: groupId, userIds: [id] });
      return () =>
        idp.query(
          `mutation ($input: TeamMembersInput!) { ${removeTeamMembers.field}(input: $input) { changed } }`,
          { input: { teamId: groupId, userIds: [id] } },
        );
    },
  ],
  [
    'the roles of a person by a group, and why',
    2,
    async ({ admin, idp, groupId }) => {
      const { id } = await newUser(idp);
      await run(idp, addTeamMembers, { teamId: groupId, userIds: [id] });
      return () =>
        admin.query(
          'query ($id: ID!) { user(id: $id) { roles { role { name } because { source mapping { group { name } } } } } }',
          { id },
        );
    },
  ],
  [
    'a page of the people with the role of a group',
    2,
    async ({ admin, groupId }) => {
      const { roleMappings } = await admin.query<{
        roleMappings: { nodes: { group: { team: { id: string } } }[] };
      }>('{ roleMappings { nodes { group { team { id } } } } }');
      expect(roleMappings.nodes.map(({ group }) => group.team.id)).toEqual([groupId]);
      return () => admin.query('{ roleMappings { nodes { id users(first: 10) { nodes { id } } } } }');
    },
  ],
  [
    'nesting a team',
    1,
    async ({ idp, teamId }) => {
      const { id } = await newTeam(idp);
      return () =>
        idp.query('mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { changed } }', {
          input: { id: teamId, addMemberIds: [id] },
        });
    },
  ],
  [
    'moving a team under another',
    1,
    async ({ idp, teamId }) => {
      const { id } = await newTeam(idp);
      return () =>
        idp.query('mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { changed } }', {
          input: { id, parentId: teamId },
        });
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
  expect([two, many]).toEqual([5, 5]);
});

test.each([
  [
    'creating teams',
    1,
    (teamIds: string[], userIds: string[]) => ({
      mutation: createTeams,
      input: {
        teams: teamIds.map((id, n) => ({
          displayName: `Statement ${id}`,
          memberIds: [id, userIds[n % userIds.length]],
        })),
      },
    }),
  ],
  [
    'changing members of teams',
    4,
    (teamIds: string[], userIds: string[]) => ({
      mutation: changeTeamMembers,
      input: {
        changes: teamIds.map((id, n) => ({
          id,
          addMemberIds: [userIds[n % userIds.length], teamIds[(n + 1) % teamIds.length]],
        })),
      },
    }),
  ],
  [
    'deleting teams',
    4,
    (teamIds: string[]) => ({
      mutation: deleteTeams,
      input: { teams: teamIds.map((id) => ({ id })) },
    }),
  ],
] as const)('%s takes %i statements for 10 as for 1,000', async (_, allowed, prepare) => {
  const { idp } = await world.account();
  const userIds = [(await newUser(idp)).id, (await newUser(idp)).id];
  for (const size of [10, 1000]) {
    const teams = Array.from({ length: size }, (_, n) => ({
      displayName: `Team ${size}-${n}`,
      memberIds: userIds,
    }));
    const { results } = await run<TeamResults>(idp, createTeams, { teams });
    const { mutation, input } = prepare(
      results.map(({ team }) => team?.id ?? ''),
      userIds,
    );
    const document = `mutation ($input: ${mutation.field[0]?.toUpperCase()}${mutation.field.slice(1)}Input!) {
      ${mutation.field}(input: $input) { results { error { code } } } }`;
    const asked = () => idp.query<Record<string, { results: { error: null }[] }>>(document, { input });
    let refusals: unknown[] = [];
    const count = await world.countStatements(async () => {
      refusals = (await asked())[mutation.field]?.results.filter(({ error }) => error !== null) ?? [
        'nothing',
      ];
    });
    expect([count, refusals]).toEqual([allowed, []]);
  }
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
  const inner = await newTeam(idp);
  for (let n = 0; n < 3; n += 1)
    await newTeam(idp, { memberIds: [...memberIds, inner.id], leadId: manager.id });
  const teams = () =>
    admin.query(
      '{ teams { nodes { nestedTeams { id } outerTeams { id } memberCount memberReferences { id } lead { reportCount roles { role { name } } } connection { name } } } }',
    );
  await teams();
  // The teams; and for all of them at once: the teams in them and around them, counts, members, leads, connections; and for
  // the leads: reports, roles.
  expect(await world.countStatements(teams)).toBe(9);
});

test('where teams follow from people, a colleague who comes, changes and leaves takes one statement each time', async () => {
  const { admin, idp } = await world.account();
  await restructure(admin, { createTeams: 'MANAGER' });
  const department = 'Sales';
  await hire(idp, [
    { name: 'Lead', department },
    { name: 'Ann', department, manager: 'Lead' },
    { name: 'Ben', department, manager: 'Lead' },
  ]);
  const manager = 'lead@example.com';
  const counts: number[] = [];
  const counted = async <Result>(operation: () => Promise<Result>): Promise<Result> => {
    let result: Result | undefined;
    counts.push(
      await world.countStatements(async () => {
        result = await operation();
      }),
    );
    return result as Result;
  };
  const { id } = await counted(() => newUser(idp, { department, manager }));
  await counted(() => run(idp, updateUser, { id, title: 'Clerk' }));
  await counted(() => run(idp, updateUser, { id, manager: null }));
  await counted(() => run(idp, updateUser, { id, manager }));
  await counted(() => run(idp, updateUser, { id, active: false }));
  await counted(() => run(idp, updateUser, { id, active: true }));
  await counted(() => run(idp, deprovisionUser, { id }));
  expect(counts).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

/** The columns of a row by its type: some statements of a family leave out what is optional. */
type ColumnsOf<Row> = {
  readonly [Column in keyof Row]-?: Record<never, never> extends Pick<Row, Column> ? 'sometimes' : 'always';
};

/** Statements that are told by their text, and what they answer. */
const answering = <Row>(of: string, text: RegExp, columns: ColumnsOf<Row>) => ({
  of,
  text,
  columns: columns as Readonly<Record<string, 'always' | 'sometimes'>>,
});

const always = 'always';
const sometimes = 'sometimes';

const teamColumns: ColumnsOf<Omit<TeamRecord, 'nested'>> = {
  account_id: always,
  id: always,
  origin: always,
  connection_id: always,
  external_id: always,
  display_name: always,
  parent_id: always,
  lead_id: always,
  version: always,
  created_at: always,
  updated_at: always,
};

const answers = [
  answering<WrittenFacts>('newcomers', /INSERT INTO users AS u .*DO NOTHING/s, {
    created_at: always,
    updated_at: always,
    version: always,
    manager_id: always,
    manager_display_name: always,
    teams: sometimes,
  }),
  answering<CreatedRow>('batches of people', /INSERT INTO users AS u .*DO UPDATE/s, {
    position: always,
    existing_id: always,
    created_id: always,
    record: always,
  }),
  answering<UpdatedRow>('changes of people', /UPDATE users u SET .* FROM before b/s, {
    record: always,
    changed: always,
    version_before: always,
    is_last_admin: sometimes,
    beyond: sometimes,
    is_own: sometimes,
    lacking: sometimes,
    told: sometimes,
  }),
  answering<DepartureRow>('departures', /leave_directory/, {
    id: always,
    version: always,
    refusal: always,
    record: always,
    told: always,
  }),
  answering<Required<CreatedTeamRow>>('batches of teams', /INSERT INTO teams AS t/, {
    ...teamColumns,
    nested: always,
    position: always,
    missing: always,
    has_parent: always,
    has_lead: always,
  }),
  answering<Omit<UpdatedTeamRow, 'nested'>>('changes of teams', /UPDATE teams t SET .* FROM before b/s, {
    ...teamColumns,
    changed: always,
    version_before: always,
    missing: always,
    circular: always,
    has_lead: always,
  }),
  answering<Recorded<UserRecord>>('people by id', /^SELECT \(SELECT row_to_json.* FROM users u/s, {
    record: always,
  }),
  answering<Recorded<UserRecord> & ListPosition>('pages of people', /row_to_json.* FROM users u .*AS page/s, {
    id: always,
    key: always,
    record: always,
  }),
];

// Last, since it looks at what all tests above have had prepared.
describe('of the statements above', () => {
  let kept: Awaited<ReturnType<typeof statementsKept>>;
  beforeAll(async () => {
    kept = await statementsKept(world.core.database.pool);
  });

  test('none reads a large table from end to end, and each has an index for every table', () => {
    expect(kept.size).toBeGreaterThan(40);
    const large = /Seq Scan on (users|memberships|user_external_ids|events)\b/;
    for (const [statement, { asPlanned, byIndex }] of kept) {
      expect(asPlanned, statement).not.toMatch(large);
      expect(byIndex, statement).not.toMatch(/Seq Scan on/);
    }
  });

  test.each(answers)('$of answer what the type of their rows says', ({ text, columns }) => {
    const answered = [...kept].flatMap(([statement, { columns: names }]) =>
      text.test(statement) ? [names] : [],
    );
    const always = Object.keys(columns).filter((name) => columns[name] === 'always');
    for (const names of answered) {
      expect(names).toEqual([...new Set(names)]);
      expect(names).toEqual(expect.arrayContaining(always));
    }
    expect([...new Set(answered.flat())].sort()).toEqual(Object.keys(columns).sort());
  });
});
