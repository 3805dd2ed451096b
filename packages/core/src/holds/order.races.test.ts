import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeAll, expect, test, vi } from 'vitest';
import { define, deleteCustomAttribute } from '../testing/custom-attributes.ts';
import {
  changeTeamMembers,
  createTeams,
  createUsers,
  deleteTeam,
  deprovisionUser,
  membersOf,
  run,
  type TeamResults,
  type UserData,
  updateTeam,
  updateUser,
} from '../testing/directory.ts';
import { at, codeOf, newcomers, ROUNDS, race, type Sides, times } from '../testing/races.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

vi.setConfig({ testTimeout: 120_000 });
const world = useWorld();
let account: AccountWorld;
let sides: Sides;
let admin: Actor;

/** Two processes of which no deadlock is ended by PostgreSQL: whoever waits for those who wait for them, waits until the test fails. */
beforeAll(async () => {
  account = await world.account();
  await withClient(world.databaseUrl, (client) =>
    client.query(
      `ALTER DATABASE "${new URL(world.databaseUrl).pathname.slice(1)}" SET deadlock_timeout = '1h'`,
    ),
  );
  const [one, other] = [await world.anotherCore(), await world.anotherCore()];
  sides = [one.actor(account.idp.token), other.actor(account.idp.token)];
  admin = one.actor(account.admin.authorization.replace('Bearer ', ''));
});

const deprovisionUsers =
  'mutation ($ids: [ID!]!) { deprovisionUsers(input: { ids: $ids }) { results { error { code } } } }';
const leave = (actor: Actor, ...people: readonly UserData[]) =>
  people.length === 1
    ? actor.ask(deprovisionUser.document, { input: { id: people[0]?.id } })
    : actor.ask(deprovisionUsers, { ids: people.map(({ id }) => id) });

interface Crew {
  /** Some people, of whom each leads the next. */
  readonly people: readonly UserData[];
  /** Two teams that have them all; the second is in the first. */
  readonly teams: readonly string[];
}

const SIZE = 4;

/** People and teams for each round. */
async function crews(): Promise<Crew[]> {
  const { idp } = account;
  const people = await newcomers(idp, ROUNDS * SIZE);
  const groups = times(ROUNDS).map((n) => people.slice(n * SIZE, (n + 1) * SIZE));
  await withClient(world.databaseUrl, (client) =>
    client.query(
      `UPDATE users u SET manager_id = m.id, manager_value = m.id::text
       FROM unnest($2::uuid[], $3::uuid[]) AS m (report, id) WHERE u.account_id = $1 AND u.id = m.report`,
      [
        account.id,
        groups.flatMap((group) => group.slice(1).map(({ id }) => id)),
        groups.flatMap((group) => group.slice(0, -1).map(({ id }) => id)),
      ],
    ),
  );
  const outer = await teamsOf(groups.map((group) => group.map(({ id }) => id)));
  const inner = await teamsOf(groups.map((group) => group.map(({ id }) => id)));
  await run(idp, changeTeamMembers, {
    changes: outer.map((id, n) => ({ id, addMemberIds: [at(inner, n)] })),
  });
  return groups.map((group, n) => ({ people: group, teams: [at(outer, n), at(inner, n)] }));
}

async function teamsOf(members: readonly string[][]): Promise<string[]> {
  const teams = members.map((memberIds) => ({ displayName: `Crew ${crypto.randomUUID()}`, memberIds }));
  const { results } = await run<TeamResults>(account.idp, createTeams, { teams });
  return results.flatMap(({ team }) => team?.id ?? []);
}

/** What two do at the same moment, each by several requests. */
type Encounter = (one: Actor, other: Actor, crew: Crew, n: number) => ReturnType<Actor['ask']>[];

const everybody = ({ people }: Crew) => people.map(({ id }) => id);

test.each<[string, readonly string[], Encounter]>([
  [
    'a group PUT beside DELETEs of its members',
    ['UNKNOWN_MEMBER'],
    (one, other, crew) => [
      one.ask(updateTeam.document, {
        input: { id: crew.teams[0], setMemberIds: everybody(crew).toReversed() },
      }),
      ...crew.people.map((person) => leave(other, person)),
    ],
  ],
  [
    'members of several teams changed beside a batch that leaves',
    ['UNKNOWN_MEMBER'],
    (one, other, crew) => [
      one.ask(changeTeamMembers.document, {
        input: { changes: crew.teams.map((id) => ({ id, addMemberIds: everybody(crew) })) },
      }),
      leave(other, ...crew.people.toReversed()),
    ],
  ],
  [
    'a lead named beside their DELETE',
    ['INVALID_INPUT'],
    (one, other, { teams, people }) => [
      one.ask(updateTeam.document, { input: { id: teams[0], leadId: at(people, 1).id } }),
      leave(other, at(people, 1)),
    ],
  ],
  [
    'managers leaving beside their reports',
    [],
    (one, other, { people }) => [
      leave(one, at(people, 0)),
      leave(other, at(people, 1)),
      leave(one, at(people, 2)),
      leave(other, at(people, 3)),
    ],
  ],
  [
    'a team deleted beside DELETEs of its members',
    [],
    (one, other, { teams, people }) => [
      one.ask(deleteTeam.document, { input: { id: teams[1] } }),
      ...people.map((person) => leave(other, person)),
    ],
  ],
  [
    'batches that create and revive the same people in other orders',
    [],
    (one, other, { people }, n) => {
      const users = [...people, ...times(3).map((i) => ({ userName: `both-${n}-${i}@example.com` }))].map(
        ({ userName }) => ({ userName }),
      );
      return [
        one.ask(createUsers.document, { input: { users } }),
        other.ask(createUsers.document, { input: { users: users.toReversed() } }),
        leave(one, ...people),
      ];
    },
  ],
  [
    'somebody moved to another manager beside the DELETEs of both managers',
    [],
    (one, other, { people }) => [
      one.ask(updateUser.document, { input: { id: at(people, 3).id, manager: at(people, 0).id } }),
      leave(other, at(people, 2), at(people, 0)),
    ],
  ],
])('nobody waits in a cycle: %s', async (title, allowed, encounter) => {
  const rounds = await crews();
  const outcomes = await race(title, sides, async ([one, other], n) => {
    const answers = await Promise.all(encounter(one, other, at(rounds, n), n));
    return [...new Set(answers.map(codeOf))].toSorted().join(' and ');
  });
  const codes = new Set(Object.keys(outcomes).flatMap((codes) => codes.split(' and ')));
  expect([...codes].filter((code) => code !== 'done' && !allowed.includes(code))).toEqual([]);
  expect(await membershipsOfThoseWhoLeft()).toBe(0);
});

const membershipsOfThoseWhoLeft = (): Promise<number> =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT FROM memberships m JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
       WHERE m.account_id = $1 AND u.status = 'DEPROVISIONED'`,
      [account.id],
    );
    return rows.length;
  });

test('of two who say who all members are, at once, one has the last word', async () => {
  const rounds = await crews();
  await race('two group PUTs at once', sides, async ([one, other], n) => {
    const { teams, people } = at(rounds, n);
    const [first, second, ...rest] = people.map(({ id }) => id);
    const lists = [
      [first, teams[1]],
      [second, ...rest],
    ];
    const answers = await Promise.all(
      [one, other].map((actor, side) =>
        actor.ask(updateTeam.document, { input: { id: teams[0], setMemberIds: lists[side] } }),
      ),
    );
    expect(answers.map(codeOf)).toEqual(['done', 'done']);
    const members = await membersOf(account.idp, teams[0] ?? '');
    const last = lists.findIndex((list) => list.toSorted().join() === members.join());
    return last === -1 ? 'both' : 'one';
  }).then((outcomes) => expect(outcomes).toEqual({ one: ROUNDS }));
});

test('nobody waits in a cycle: an attribute deleted beside changes of its values', async () => {
  const [changed, leaving] = [await newcomers(account.idp), await newcomers(account.idp)];
  const outcomes = await race(
    'an attribute deleted beside changes of its values',
    sides,
    async ([one, other], n) => {
      const name = `passing-${n}`;
      const { id } = await define(admin, { name, indexed: true });
      const people = [at(changed, n), at(leaving, n)];
      const valued = (value: string, { id }: UserData) => ({
        input: { id, customAttributes: [{ name, value }] },
      });
      for (const person of people) await one.ask(updateUser.document, valued('before', person));
      const answers = await Promise.all([
        admin.ask(deleteCustomAttribute.document, { input: { id } }),
        other.ask(updateUser.document, valued('after', at(changed, n))),
        leave(one, at(leaving, n)),
      ]);
      return answers.map(codeOf).join(' and ');
    },
  );
  expect(
    Object.keys(outcomes).filter((codes) => !/^done and (done|INVALID_INPUT) and done$/.test(codes)),
  ).toEqual([]);
});
