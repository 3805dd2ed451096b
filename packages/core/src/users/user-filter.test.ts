import type { AccountWorld, Actor } from '@rollcall/testkit';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { addTeamMembers, deprovisionUser, newTeam, newUser, run } from '../testing/directory.ts';
import { randomFrom } from '../testing/random.ts';
import { evaluate, type Person, personFilter } from '../testing/user-filter-reference.ts';
import { useWorld } from '../testing/world.ts';

const world = useWorld();
let account: AccountWorld;

const list = `query ($filter: UserFilter) { users(filter: $filter, first: 500, orderBy: { field: USER_NAME }) {
  totalCount nodes { userName } } }`;

/** The userNames found, without their domain. */
async function found(filter: object, actor: Actor = account.idp): Promise<string[]> {
  const { users } = await actor.query<{ users: { totalCount: number; nodes: { userName: string }[] } }>(
    list,
    { filter },
  );
  expect(users.totalCount).toBe(users.nodes.length);
  return users.nodes.map(({ userName }) => userName.replace('@example.com', ''));
}

describe('each operator', () => {
  beforeAll(async () => {
    account = await world.account();
    const people: [string, object][] = [
      [
        'anna',
        { title: 'Manager', externalId: 'Ext-A', profileUrl: 'https://example.com/Anna', department: 'R&D' },
      ],
      ['bert', { title: 'manager of 100%', externalId: 'ext-a', profileUrl: 'https://example.com/anna' }],
      ['cleo', { title: 'under_score', nickName: '' }],
      ['dora', { title: 'underXscore', nickName: 'Dodo' }],
      ['emil', { title: 'back\\slash' }],
      ['fred', { title: 'ÄRZTIN ΟΔΟΣ' }],
      ['gus', {}],
    ];
    for (const [name, input] of people)
      await newUser(account.idp, { userName: `${name}@example.com`, ...input });
  });

  const cases: [string, object, string[]][] = [
    ['equals, whatever the case', { title: { equals: 'MANAGER' } }, ['anna']],
    ['equals, whatever the case of any letter', { title: { equals: 'ärztin οδος' } }, ['fred']],
    ['equals, whatever the normal form', { title: { equals: 'A\u0308RZTIN ΟΔΟΣ' } }, ['fred']],
    ['equals of the very same text', { title: { equals: 'ÄRZTIN ΟΔΟΣ' } }, ['fred']],
    ['contains, whatever the case of any letter', { title: { contains: 'ΟΔΟΣ' } }, ['fred']],
    ['equals with case for references', { profileUrl: { equals: 'https://example.com/Anna' } }, ['anna']],
    ['contains with case for references', { profileUrl: { contains: 'com/anna' } }, ['bert']],
    ['equals with case for external ids', { externalId: { equals: 'ext-a' } }, ['bert']],
    ['startsWith with case for external ids', { externalId: { startsWith: 'Ext' } }, ['anna']],
    ['in for external ids', { externalId: { in: ['Ext-A', 'EXT-A'] } }, ['anna']],
    ['externalId isPresent', { externalId: { isPresent: true } }, ['anna', 'bert']],
    [
      'notEquals, true where there is none',
      { nickName: { notEquals: 'dodo' }, title: { startsWith: 'under' } },
      ['cleo'],
    ],
    ['contains', { title: { contains: 'AGE' } }, ['anna', 'bert']],
    ['startsWith', { title: { startsWith: 'manager ' } }, ['bert']],
    ['endsWith', { title: { endsWith: 'ER' } }, ['anna']],
    ['in', { title: { in: ['UNDERXSCORE', 'manager', 'nobody'] } }, ['anna', 'dora']],
    ['in of nothing', { title: { in: [] } }, []],
    ['a percent sign is a percent sign', { title: { contains: '100%' } }, ['bert']],
    ['a percent sign alone', { title: { equals: '%' } }, []],
    ['a percent sign at the end', { title: { startsWith: 'man%' } }, []],
    ['an underscore is an underscore', { title: { contains: 'r_s' } }, ['cleo']],
    ['a backslash is a backslash', { title: { contains: 'k\\s' } }, ['emil']],
    ['a backslash at the end', { title: { endsWith: '\\' } }, []],
    ['a quote is a quote', { title: { equals: "'; DROP TABLE users; --" } }, []],
    ['isPresent', { title: { isPresent: false }, userName: { startsWith: 'g' } }, ['gus']],
    ['an empty text is none', { nickName: { isPresent: true } }, ['dora']],
    [
      'greaterThan and lessThan',
      { userName: { greaterThan: 'BERT@example.com', lessThan: 'emil@example.com' } },
      ['cleo', 'dora'],
    ],
    ['greaterThanOrEqual', { userName: { greaterThanOrEqual: 'fred@example.com' } }, ['fred', 'gus']],
    ['several at once must all hold', { title: { startsWith: 'man', endsWith: 'er' } }, ['anna']],
    [
      'or',
      { or: [{ userName: { startsWith: 'anna' } }, { nickName: { equals: 'DODO' } }] },
      ['anna', 'dora'],
    ],
    ['or of nothing', { or: [] }, []],
    [
      'not, true where there is no value',
      { not: { title: { contains: 'e' } }, externalId: { isPresent: false } },
      ['emil', 'fred', 'gus'],
    ],
    ['and', { and: [{ title: { contains: 'under' } }, { not: { nickName: { equals: 'dodo' } } }] }, ['cleo']],
    ['id that is none', { id: { equals: 'no uuid' } }, []],
    ['id in none', { id: { in: ['no uuid'] } }, []],
    ['search for a part of a userName', { search: ' GU ' }, ['gus']],
  ];
  test.each(cases)('%s', async (_, filter, expected) => {
    const nobodyElse = { not: { userName: { startsWith: 'admin' } } };
    expect(await found({ and: [filter, nobodyElse] })).toEqual(expected);
  });
});

test('a NUL in a filter is refused and not an accident', async () => {
  const { admin } = await world.account();
  const filters = [{ userName: { equals: 'an\u0000na' } }, { search: 'an\u0000na' }];
  for (const filter of filters)
    expect(await admin.refusal(list, { filter })).toMatchObject({ code: 'INVALID_INPUT' });
});

describe('lists, relations and dates', () => {
  let ids: Record<string, string>;
  beforeAll(async () => {
    account = await world.account();
    const { idp } = account;
    const boss = await newUser(idp, {
      userName: 'boss@example.com',
      displayName: 'The Boss',
      externalId: 'B-1',
    });
    const ann = await newUser(idp, {
      userName: 'ann@example.com',
      manager: 'B-1',
      emails: [
        { value: 'Ann@Work.example', type: 'work', primary: true },
        { value: 'ann@home.example', type: 'home' },
      ],
      addresses: [
        { locality: 'Paris', country: 'FR', type: 'home' },
        { locality: 'Rome', country: 'IT', type: 'work' },
      ],
      photos: [{ value: 'https://example.com/Ann.png', type: 'photo' }],
    });
    const ben = await newUser(idp, {
      userName: 'ben@example.com',
      manager: 'nobody yet',
      emails: [{ value: 'ben@work.example', type: 'work' }],
    });
    const gone = await newUser(idp, { userName: 'gone@example.com' });
    const team = await newTeam(idp, { displayName: 'Blue' });
    await run(idp, addTeamMembers, { teamId: team.id, userIds: [ann.id, ben.id] });
    await run(idp, deprovisionUser, { id: gone.id });
    ids = { boss: boss.id, ann: ann.id, ben: ben.id, team: team.id };
  });

  test.each<[string, () => object, string[]]>([
    [
      'one element must meet all of it',
      () => ({ emails: { some: { value: { contains: 'home' }, type: { equals: 'WORK' } } } }),
      [],
    ],
    [
      'one element meets it',
      () => ({ emails: { some: { value: { equals: 'ann@work.EXAMPLE' }, primary: { equals: true } } } }),
      ['ann'],
    ],
    [
      'two conditions may be met by two elements',
      () => ({
        and: [
          { emails: { some: { type: { equals: 'home' } } } },
          { emails: { some: { primary: { equals: true } } } },
        ],
      }),
      ['ann'],
    ],
    ['not of an element', () => ({ emails: { some: { not: { type: { equals: 'work' } } } } }), ['ann']],
    [
      'primary not said counts as not true',
      () => ({ emails: { some: { primary: { notEquals: true } } } }),
      ['ann', 'ben'],
    ],
    [
      'or within an element',
      () => ({
        emails: { some: { or: [{ value: { equals: 'ben@work.example' } }, { type: { equals: 'home' } }] } },
      }),
      ['ann', 'ben'],
    ],
    ['list isPresent', () => ({ emails: { isPresent: false }, externalId: { isPresent: true } }), ['boss']],
    [
      'parts of an address',
      () => ({ addresses: { some: { locality: { equals: 'paris' }, country: { equals: 'it' } } } }),
      [],
    ],
    [
      'photos regard case',
      () => ({ photos: { some: { value: { equals: 'https://example.com/ann.png' } } } }),
      [],
    ],
    ['search finds a whole e-mail address', () => ({ search: 'ANN@home.example' }), ['ann']],
    ['managerId', () => ({ managerId: { equals: ids.boss?.toUpperCase() } }), ['ann']],
    ['managerReference of whoever waits', () => ({ managerReference: { equals: 'nobody yet' } }), ['ben']],
    ['managerDisplayName', () => ({ managerDisplayName: { startsWith: 'the b' } }), ['ann']],
    ['team by id', () => ({ teams: { some: { id: { equals: ids.team } } } }), ['ann', 'ben']],
    ['team by name', () => ({ teams: { some: { displayName: { equals: 'BLUE' } } } }), ['ann', 'ben']],
    ['in no team', () => ({ teams: { isPresent: false }, externalId: { isPresent: true } }), ['boss']],
    [
      'created since the beginning of time',
      () => ({ createdAt: { greaterThan: '1999-12-31T23:59:59+02:00' }, externalId: { isPresent: true } }),
      ['boss'],
    ],
    ['created in the future', () => ({ createdAt: { greaterThan: '2999-01-01T00:00:00Z' } }), []],
    ['the gone are listed only when named', () => ({ userName: { startsWith: 'gone' } }), []],
  ])('%s', async (_, filter, expected) => {
    expect(await found(filter())).toEqual(expected);
  });

  test('an admin sees who was deprovisioned, an identity provider does not', async () => {
    expect(await found({ status: 'DEPROVISIONED' }, account.admin)).toEqual(['gone']);
    expect(await found({ status: 'DEPROVISIONED' }, account.idp)).toEqual([]);
  });

  test('external ids are seen by their own connection alone', async () => {
    expect(await found({ externalId: { equals: 'B-1' } }, account.idp)).toEqual(['boss']);
    expect(await found({ externalId: { equals: 'B-1' } }, account.admin)).toEqual([]);
  });
});

describe('random filters', () => {
  const people: Person[] = [];
  beforeAll(async () => {
    account = await world.account();
    const random = randomFrom(7643);
    const word = () => random.pick([null, 'a', 'B', 'ab', 'Ab%', 'a_b', 'ba\\', 'ä', 'ß', 'ΟΔΟΣ']);
    for (let n = 0; n < 60; n += 1) {
      const person: Person = {
        userName: `${random.pick(['Ann', 'ben', 'CLEO', 'd%ra', 'e_il'])}-${n}`,
        title: word(),
        department: word(),
        profileUrl: word(),
        externalId: word(),
        active: random.below(3) > 0,
        emails: Array.from({ length: random.below(3) }, (_, at) => ({
          value: at === 0 ? random.pick(['a@b', 'A@B']) : 'c_d',
          type: random.pick([null, 'work', 'Home']),
          primary: random.pick([null, false]),
        })),
      };
      people.push(person);
    }
    const { createUsers } = await account.idp.query<{ createUsers: { results: { error: unknown }[] } }>(
      'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { error { message } } } }',
      { input: { users: people } },
    );
    expect(createUsers.results.filter(({ error }) => error !== null)).toEqual([]);
  });

  test('find whom a plain evaluation in memory finds', async () => {
    await fc.assert(
      fc.asyncProperty(personFilter, async (filter) => {
        const expected = people.filter((person) => evaluate(filter, person)).map(({ userName }) => userName);
        const actual = await found({ and: [filter, { not: { userName: { startsWith: 'admin' } } }] });
        expect(actual.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 300, seed: 7644 },
    );
  });
});
