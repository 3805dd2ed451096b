import { describe, expect, it } from 'vitest';
import { buildDirectory } from './build-directory.ts';
import { DEPARTMENTS } from './departments.ts';
import type { Generation, Person } from './directory.ts';

const directory = buildDirectory({ idp: 'entra', seed: 1, users: 500, groups: 20 });
const [initial, later] = directory.generations;

/** The chain of managers above a person; throws when it does not end. */
function chainAbove({ people }: Generation, person: Person): number[] {
  const chain: number[] = [];
  for (let key = person.managerKey; key !== undefined; key = people[key]?.managerKey) {
    chain.push(key);
    if (chain.length > people.length) throw new Error(`a cycle above ${person.userName}`);
  }
  return chain;
}

function spans({ people }: Generation): number[] {
  const counts = new Map<number, number>();
  for (const { managerKey } of people) {
    if (managerKey !== undefined) counts.set(managerKey, (counts.get(managerKey) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe('the organisation', () => {
  it('is the same for the same options, and another for another seed', () => {
    expect(buildDirectory({ idp: 'entra', seed: 1, users: 500, groups: 20 })).toEqual(directory);
    const other = buildDirectory({ idp: 'entra', seed: 2, users: 500, groups: 20 }).generations[0].people;
    const names = new Set(initial.people.map(({ userName }) => userName));
    expect(other.filter(({ userName }) => names.has(userName)).length).toBeLessThan(150);
  });

  it('employs the same people for both identity providers, under ids of their own', () => {
    const okta = buildDirectory({ idp: 'okta', seed: 1, users: 500, groups: 20 }).generations[1];
    expect(okta.people.map(({ userName }) => userName)).toEqual(later.people.map(({ userName }) => userName));
    expect(initial.people[3]?.externalId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(okta.people[3]?.externalId).toMatch(/^00u[0-9A-Za-z]{17}$/);
  });

  it.each([1, 2, 3, 7, 30, 499, 5000])(
    'of %i people has the asked size and one CEO above everybody',
    (users) => {
      for (const generation of buildDirectory({ idp: 'okta', seed: 3, users, groups: 5 }).generations) {
        expect(generation.people.filter(({ managerKey }) => managerKey === undefined)).toHaveLength(1);
        for (const person of generation.people.slice(1))
          expect(chainAbove(generation, person).at(-1)).toBe(0);
      }
      expect(buildDirectory({ idp: 'okta', seed: 3, users, groups: 5 }).generations[0].people).toHaveLength(
        users,
      );
    },
  );

  it('has spans of control that a manager can live with', () => {
    const all = spans(buildDirectory({ idp: 'entra', seed: 1, users: 5000, groups: 0 }).generations[0]);
    expect(Math.max(...all)).toBeLessThanOrEqual(12);
    expect(all.reduce((sum, span) => sum + span, 0) / all.length).toBeGreaterThan(4.5);
  });

  it('staffs every department and only known ones', () => {
    const names = new Set(initial.people.map(({ department }) => department));
    expect([...names].sort()).toEqual(['Executive', ...DEPARTMENTS.map(({ name }) => name)].sort());
  });

  it('gives every address and id to one person only, over both generations', () => {
    const { people } = buildDirectory({ idp: 'entra', seed: 1, users: 20_000, groups: 0 }).generations[1];
    for (const attribute of ['userName', 'externalId', 'employeeNumber'] as const) {
      expect(new Set(people.map((person) => person[attribute])).size).toBe(people.length);
    }
    const owners = new Map(initial.people.map(({ userName, key }) => [userName, key]));
    for (const { userName, key } of later.people) expect(owners.get(userName) ?? key).toBe(key);
    for (const { userName } of people) expect(userName).toMatch(/^[a-z]+\.[a-z]+\d*@corp\.example$/);
  });

  it('keeps foreign letters in names', () => {
    expect(initial.people.some(({ displayName }) => /[^ -~]/.test(displayName))).toBe(true);
  });
});

describe('the delta', () => {
  const changed = later.people.filter((person) => person !== initial.people[person.key]);
  const pairs = changed.flatMap((person) => {
    const before = initial.people[person.key];
    return before === undefined ? [] : [{ before, person }];
  });

  it('touches about one person in twenty', () => {
    expect(changed.length).toBeGreaterThan(15);
    expect(changed.length).toBeLessThan(60);
  });

  it('has moves, renames with and without a new address, leavers, returners and joiners', () => {
    const some = (what: (pair: (typeof pairs)[number]) => boolean) => pairs.filter(what).length;
    expect(some(({ before, person }) => before.department !== person.department)).toBeGreaterThan(0);
    expect(some(({ before, person }) => before.managerKey !== person.managerKey)).toBeGreaterThan(0);
    const renamed = pairs.filter(({ before, person }) => before.familyName !== person.familyName);
    expect(renamed.some(({ before, person }) => before.userName !== person.userName)).toBe(true);
    expect(renamed.some(({ before, person }) => before.userName === person.userName)).toBe(true);
    expect(some(({ before, person }) => before.active && !person.active)).toBeGreaterThan(0);
    expect(some(({ before, person }) => !before.active && person.active)).toBeGreaterThan(0);
    expect(later.people.length).toBeGreaterThan(initial.people.length);
  });

  it('leaves nobody under a manager who has left', () => {
    for (const { managerKey } of later.people) {
      if (managerKey !== undefined) expect(later.people[managerKey]?.active).toBe(true);
    }
  });

  it('keeps the admins', () => {
    expect(later.groups[0]).toEqual(initial.groups[0]);
    expect(initial.groups[0]?.displayName).toBe('Rollcall Admins');
    expect(initial.groups[0]?.members.length).toBeGreaterThan(0);
  });

  it('renames one group and changes members', () => {
    const renamed = later.groups.filter(
      (group, key) => group.displayName !== initial.groups[key]?.displayName,
    );
    expect(renamed.map(({ displayName }) => displayName)).toEqual(['Project Falcon (Next)']);
    const moved = later.groups.filter(
      (group, key) => `${group.members}` !== `${initial.groups[key]?.members}`,
    );
    expect(moved.length).toBeGreaterThan(3);
  });
});

describe('groups', () => {
  it.each([0, 1, 2, 20, 60])('are %i when so many are asked for, with names of their own', (groups) => {
    for (const generation of buildDirectory({ idp: 'okta', seed: 1, users: 50, groups }).generations) {
      expect(new Set(generation.groups.map(({ displayName }) => displayName.toLowerCase())).size).toBe(
        groups,
      );
    }
  });

  it('have active members only, each once', () => {
    for (const { people, groups } of directory.generations) {
      for (const { members } of groups) {
        expect(new Set(members).size).toBe(members.length);
        for (const key of members) expect(people[key]?.active).toBe(true);
      }
    }
  });

  it('are named otherwise than departments', () => {
    const departments = new Set(DEPARTMENTS.map(({ name }) => name));
    for (const { displayName } of initial.groups) expect(departments.has(displayName)).toBe(false);
  });

  it('know all managers', () => {
    const managers = new Set(initial.people.flatMap(({ managerKey }) => managerKey ?? []));
    expect(initial.groups[1]?.displayName).toBe('All managers');
    expect(new Set(initial.groups[1]?.members)).toEqual(managers);
  });
});
