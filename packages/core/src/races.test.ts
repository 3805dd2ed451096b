import type { Actor } from '@rollcall/testkit';
import { describe, expect, test } from 'vitest';
import {
  addTeamMembers,
  changeTeamMembers,
  createTeams,
  createUser,
  createUsers,
  deleteTeam,
  deprovisionUser,
  eventsAbout,
  membersOf,
  newTeam,
  newUser,
  removeTeamMembers,
  run,
  type TeamResults,
  type UserData,
  updateTeam,
  updateUser,
} from './testing/directory.ts';
import { times } from './testing/races.ts';
import { useAccount, useWorld } from './testing/world.ts';

const world = useWorld();
const account = useAccount(world);

/** Each answer's code, `done` where there was no error. */
async function outcomes(
  asked: readonly Promise<{ errors?: readonly { extensions: { code?: unknown } }[] | undefined }>[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { errors } of await Promise.all(asked)) {
    const code = String(errors?.[0]?.extensions.code ?? 'done');
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

test('of 50 who create the same user at once, one does', async () => {
  const input = (n: number) => ({ userName: n % 2 === 0 ? 'same@example.com' : 'SAME@example.com' });
  const asked = times(50).map((n) => account.idp.ask(createUser.document, { input: input(n) }));
  expect(await outcomes(asked)).toEqual({ done: 1, ALREADY_EXISTS: 49 });
});

test('of 20 who revive the same user at once, one does', async () => {
  const { id, userName } = await newUser(account.idp);
  await run(account.idp, deprovisionUser, { id });
  const asked = times(20).map(() => account.idp.ask(createUser.document, { input: { userName } }));
  expect(await outcomes(asked)).toEqual({ done: 1, ALREADY_EXISTS: 19 });
  const types = (await eventsAbout(account.admin, id)).map(({ type }) => type);
  expect(types).toEqual(['USER_CREATED', 'USER_DEPROVISIONED', 'USER_REVIVED']);
});

test('changes of different attributes at once are all kept, and each counts in the version', async () => {
  const { id } = await newUser(account.idp);
  const attributes = [
    'title',
    'nickName',
    'department',
    'division',
    'costCenter',
    'organization',
    'userType',
    'locale',
  ];
  await Promise.all(
    attributes.map((attribute) => run(account.idp, updateUser, { id, [attribute]: `new ${attribute}` })),
  );
  const { user } = await account.idp.query<{ user: Record<string, unknown> }>(
    `query ($id: ID!) { user(id: $id) { version ${attributes.join(' ')} } }`,
    { id },
  );
  expect(user).toEqual({
    version: 1 + attributes.length,
    ...Object.fromEntries(attributes.map((attribute) => [attribute, `new ${attribute}`])),
  });
});

test('of those who change the version they saw, one does', async () => {
  const { id } = await newUser(account.idp);
  const asked = times(10).map((n) =>
    account.idp.ask(updateUser.document, { input: { id, ifVersion: 1, title: `title ${n}` } }),
  );
  expect(await outcomes(asked)).toEqual({ done: 1, VERSION_MISMATCH: 9 });
});

test('members added to one team at once are all in it', async () => {
  const { id: teamId } = await newTeam(account.idp);
  const people = await Promise.all(times(24).map(async () => (await newUser(account.idp)).id));
  await Promise.all(people.map((id) => run(account.idp, addTeamMembers, { teamId, userIds: [id] })));
  expect(await membersOf(account.idp, teamId)).toEqual(people.toSorted());
});

test('whoever is deprovisioned while they are added to a team is not in it', async () => {
  const { id: teamId } = await newTeam(account.idp);
  for (const _ of times(12)) {
    const { id } = await newUser(account.idp);
    const asked = [
      account.idp.ask(addTeamMembers.document, { input: { teamId, userIds: [id] } }),
      account.idp.ask(deprovisionUser.document, { input: { id } }),
    ];
    expect(await outcomes(asked)).toSatisfy(
      (codes: Record<string, number>) => codes.done === 2 || (codes.done === 1 && codes.UNKNOWN_MEMBER === 1),
    );
    expect(await membersOf(account.admin, teamId)).toEqual([]);
  }
});

test('whoever leaves while they are taken out of their teams leaves cleanly', async () => {
  const memberIds = await Promise.all(times(8).map(async () => (await newUser(account.idp)).id));
  const teams = await Promise.all(times(3).map(() => newTeam(account.idp, { memberIds })));
  const asked = memberIds.flatMap((id) => [
    account.idp.ask(deprovisionUser.document, { input: { id } }),
    ...teams.map((team) =>
      account.idp.ask(
        'mutation ($input: TeamMembersInput!) { removeTeamMembers(input: $input) { changed } }',
        {
          input: { teamId: team.id, userIds: [id] },
        },
      ),
    ),
  ]);
  expect(await outcomes(asked)).toEqual({ done: asked.length });
  for (const { id } of teams) {
    expect(await membersOf(account.admin, id)).toEqual([]);
    const removed = (await eventsAbout(account.admin, id)).filter(
      ({ type }) => type === 'TEAM_MEMBER_REMOVED',
    );
    expect(removed.map(({ related }) => related?.id).toSorted()).toEqual(memberIds.toSorted());
  }
});

test('whoever waits for a manager has them once both have come, in whichever order', async () => {
  for (const order of [
    ['boss', 'report'],
    ['report', 'boss'],
  ]) {
    const suffix = crypto.randomUUID();
    const inputs: Record<string, object> = {
      boss: { userName: `boss-${suffix}@example.com` },
      report: { userName: `report-${suffix}@example.com`, manager: `boss-${suffix}@example.com` },
    };
    const users: Record<string, UserData> = {};
    for (const who of order) users[who] = await newUser(account.idp, inputs[who]);
    const { user } = await account.idp.query<{ user: object }>(
      'query ($id: ID!) { user(id: $id) { managerId } }',
      {
        id: users.report?.id,
      },
    );
    expect(user).toEqual({ managerId: users.boss?.id });
  }
});

/** What one does about a manager while another does something about a report; the number makes their names. */
type Encounter = (manager: Actor, report: Actor, n: number) => Promise<() => Promise<unknown>[]>;

const PAIRS = 100;

/** Lets pairs of people meet in an account of their own, of which two processes take a side each. */
async function inTwoProcesses(prepare: Encounter): Promise<Actor> {
  const { idp } = await world.account();
  const other = await world.anotherCore();
  const elsewhere = other.actor(idp.token);
  for (const n of times(PAIRS)) {
    const act = await (n % 2 === 0 ? prepare(idp, elsewhere, n) : prepare(elsewhere, idp, n));
    await Promise.all(act());
  }
  await other.core.close();
  return idp;
}

describe('a manager and those who name them meet, if in the same moment', () => {
  const waiting =
    '{ users(filter: { managerId: { isPresent: false }, userName: { startsWith: "report" } }) { nodes { userName } } }';

  test.each<[string, Encounter]>([
    [
      'both arrive',
      async (manager, report, n) => () => [
        newUser(manager, { userName: `boss-${n}@example.com` }),
        newUser(report, { userName: `report-${n}@example.com`, manager: `boss-${n}@example.com` }),
      ],
    ],
    [
      'one is renamed and the other changed',
      async (manager, report, n) => {
        const [{ id: bossId }, { id }] = await Promise.all([
          newUser(manager),
          newUser(report, { userName: `report-${n}@example.com` }),
        ]);
        return () => [
          run(manager, updateUser, { id: bossId, userName: `boss-${n}@example.com` }),
          run(report, updateUser, { id, manager: `boss-${n}@example.com` }),
        ];
      },
    ],
  ])('%s', async (_what, prepare) => {
    const idp = await inTwoProcesses(prepare);
    expect(await idp.query(waiting)).toEqual({ users: { nodes: [] } });
  });
});

test.each<[string, Encounter]>([
  [
    'those who arrive',
    async (manager, report, n) => {
      const { id, userName } = await newUser(manager, { userName: `boss-${n}@example.com` });
      return () => [
        run(manager, deprovisionUser, { id }),
        newUser(report, { userName: `report-${n}@example.com`, manager: userName }),
      ];
    },
  ],
  [
    'a batch of those who arrive',
    async (manager, report, n) => {
      const { id, userName } = await newUser(manager, { userName: `boss-${n}@example.com` });
      const users = times(2).map((at) => ({ userName: `report-${n}-${at}@example.com`, manager: userName }));
      return () => [run(manager, deprovisionUser, { id }), run(report, createUsers, { users })];
    },
  ],
  [
    'those who are changed',
    async (manager, report, n) => {
      const { id: bossId } = await newUser(manager);
      const { id } = await newUser(report, { userName: `report-${n}@example.com` });
      return () => [
        run(manager, deprovisionUser, { id: bossId }),
        run(report, updateUser, { id, manager: bossId }),
      ];
    },
  ],
])('whoever is deprovisioned while they are named as manager leads nobody: %s', async (_what, prepare) => {
  const idp = await inTwoProcesses(prepare);
  const { users } = await idp.query<{ users: { nodes: object[] } }>(
    '{ users(first: 500, filter: { managerReference: { isPresent: true } }) { nodes { managerId } } }',
  );
  expect(users.nodes.length).toBeGreaterThanOrEqual(PAIRS);
  expect(users.nodes.filter((node) => !('managerId' in node) || node.managerId !== null)).toEqual([]);
});

test('nobody who changes the same team or person at the same moment is turned away', async () => {
  const { idp } = await world.account();
  const { results } = await run<{ results: { user: UserData }[] }>(idp, createUsers, {
    users: times(120).map((n) => ({ userName: `crowd-${n}@example.com` })),
  });
  const ids = results.map(({ user }) => user.id);
  const { createTeam } = await idp.query<{ createTeam: { team: { id: string } } }>(
    'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }',
    { input: { displayName: 'Crowd' } },
  );
  const join = 'mutation ($input: TeamMembersInput!) { addTeamMembers(input: $input) { changed } }';
  const rename = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }';
  await Promise.all(
    ids.flatMap((id, index) => [
      idp.query(join, { input: { teamId: createTeam.team.id, userIds: [id] } }),
      idp.query(rename, { input: { id: ids[0], title: `Title ${index}` } }),
    ]),
  );
  const { team } = await idp.query<{ team: { memberCount: number } }>(
    'query ($id: ID!) { team(id: $id) { memberCount } }',
    { id: createTeam.team.id },
  );
  expect(team.memberCount).toBe(120);
});

/** The sum of the members that a log of events leaves, as `team member`. */
async function membersToldOf(teamId: string): Promise<string[]> {
  const members = new Set<string>();
  for (const { type, related } of await eventsAbout(account.admin, teamId)) {
    const id = related?.id ?? '';
    if (type === 'TEAM_MEMBER_ADDED') {
      expect(members, `${id} joined twice`).not.toContain(id);
      members.add(id);
    } else if (type === 'TEAM_MEMBER_REMOVED') expect(members.delete(id), `${id} left twice`).toBe(true);
  }
  return [...members].toSorted();
}

test('batches that name the same teams in other orders, and single changes among them, are all done', async () => {
  const people = await Promise.all(times(12).map(async () => (await newUser(account.idp)).id));
  const teams = await Promise.all(times(8).map(async () => (await newTeam(account.idp)).id));
  const refusals: unknown[] = [];
  const batch = async (changes: object[]) => {
    const { results } = await run<TeamResults>(account.idp, changeTeamMembers, { changes });
    refusals.push(...results.filter(({ error }) => error !== null));
  };
  await Promise.all(
    people.flatMap((person, n) => {
      const turned = [...teams.slice(n % teams.length), ...teams.slice(0, n % teams.length)];
      const ordered = n % 2 === 0 ? turned : turned.toReversed();
      const single = { teamId: teams[n % teams.length], userIds: [person] };
      return [
        batch(ordered.map((id) => ({ id, addMemberIds: [person] }))),
        batch(ordered.slice(0, 3).map((id) => ({ id, removeMemberIds: [people[(n + 1) % people.length]] }))),
        run(account.idp, addTeamMembers, single),
        run(account.idp, removeTeamMembers, single),
      ];
    }),
  );
  expect(refusals).toEqual([]);
  for (const id of teams) expect(await membersToldOf(id)).toEqual(await membersOf(account.idp, id));
});

test('teams that are nested crosswise at once are nested crosswise, and none is turned away', async () => {
  const teams = await Promise.all(times(6).map(async () => (await newTeam(account.idp)).id));
  const pairs = teams.flatMap((id) =>
    teams.filter((other) => other !== id).map((other) => [id, other] as const),
  );
  await Promise.all(
    pairs.map(([id, other], n) =>
      n % 2 === 0
        ? run(account.idp, updateTeam, { id, addMemberIds: [other] })
        : run(account.idp, changeTeamMembers, { changes: [{ id, addMemberIds: [other] }] }),
    ),
  );
  for (const id of teams) {
    expect(await membersOf(account.idp, id)).toEqual(teams.filter((other) => other !== id).toSorted());
    expect(await membersToldOf(id)).toEqual(await membersOf(account.idp, id));
  }
});

test('teams that go while they are nested leave nothing behind', async () => {
  for (const _ of times(4)) {
    const teams = await Promise.all(times(5).map(async () => (await newTeam(account.idp)).id));
    const asked = teams.flatMap((id, n) => [
      account.idp.ask(updateTeam.document, { input: { id, addMemberIds: [teams[(n + 1) % teams.length]] } }),
      account.idp.ask(updateTeam.document, { input: { id, addMemberIds: [teams[(n + 2) % teams.length]] } }),
      ...(n < 2 ? [account.idp.ask(deleteTeam.document, { input: { id } })] : []),
    ]);
    const { done = 0, UNKNOWN_MEMBER = 0, NOT_FOUND = 0, ...others } = await outcomes(asked);
    expect(others).toEqual({});
    expect(done + UNKNOWN_MEMBER + NOT_FOUND).toBe(asked.length);
    for (const id of teams.slice(2)) {
      const members = await membersOf(account.idp, id);
      expect(members.filter((member) => teams.slice(0, 2).includes(member))).toEqual([]);
      expect(await membersToldOf(id)).toEqual(members);
    }
    for (const id of teams.slice(0, 2)) expect(await membersToldOf(id)).toEqual([]);
  }
});

test('of batches that create the same names in other orders, each name is created once', async () => {
  const names = times(10).map((n) => `Same ${n}`);
  const batches = await Promise.all(
    times(6).map((n) =>
      run<TeamResults>(account.idp, createTeams, {
        teams: (n % 2 === 0 ? names : names.toReversed()).map((displayName) => ({ displayName })),
      }),
    ),
  );
  const codes = batches.flatMap(({ results }) => results.map(({ error }) => error?.code ?? 'done'));
  expect(codes.filter((code) => code === 'done')).toHaveLength(names.length);
  expect(codes.filter((code) => code === 'ALREADY_EXISTS')).toHaveLength(names.length * 5);
});

test('of those who put teams under each other at once, none closes a cycle', async () => {
  for (const _ of times(5)) {
    const teams = await Promise.all(times(3).map(async () => (await newTeam(account.idp)).id));
    const asked = teams.map((id, n) =>
      account.idp.ask(updateTeam.document, { input: { id, parentId: teams[(n + 1) % teams.length] } }),
    );
    expect(await outcomes(asked)).toEqual({ done: 2, INVALID_INPUT: 1 });
  }
});
