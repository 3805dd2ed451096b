import { findDepartment } from './departments.ts';
import type { Person } from './directory.ts';
import type { GroupDefinition } from './groups.ts';
import { otherFamilyName } from './names.ts';
import { type Hiring, hire, managerKeys } from './people.ts';
import { Random } from './random.ts';

/** The share of people to whom something happens between two generations. */
const CHANGED_SHARE = 0.05;

interface Change {
  readonly people: Person[];
  readonly random: Random;
  /** Keys of people to whom something has happened already, or must not. */
  readonly spared: Set<number>;
  readonly hiring: Hiring;
}

/** What the people become: some move, marry, leave, come back or join. Only the CEO and listed admins are spared. */
export function evolvePeople(
  before: readonly Person[],
  definitions: readonly GroupDefinition[],
  seed: number,
  hiring: Hiring,
): Person[] {
  const admins = definitions.filter(({ kind }) => kind === 'role').flatMap(({ listed }) => listed);
  const change: Change = {
    people: [...before],
    random: new Random(`${seed}:delta`),
    spared: new Set([0, ...admins]),
    hiring,
  };
  const events = Math.max(5, Math.round(before.length * CHANGED_SHARE));
  const share = (part: number) => Math.max(1, Math.round(events * part));
  bringBack(change, share(0.1));
  retireManager(change);
  move(change, share(0.4));
  rename(change, share(0.2));
  deactivate(change, share(0.15));
  join(change, share(0.15));
  return change.people;
}

/** What the lists become: projects gain and lose people, and the last project gets another name. */
export function evolveGroups(
  definitions: readonly GroupDefinition[],
  people: readonly Person[],
  seed: number,
): GroupDefinition[] {
  const random = new Random(`${seed}:delta:groups`);
  const renamed = definitions.findLastIndex(({ kind }) => kind === 'project');
  return definitions.map((definition, at) => {
    if (definition.kind !== 'project') return definition;
    const kept = definition.listed.filter(() => random.fraction() > 0.08);
    const joined = random.sample(people, 1 + random.below(3)).map((person) => person.key);
    const listed = [...new Set([...kept, ...joined])];
    const displayName = at === renamed ? `${definition.displayName} (Next)` : definition.displayName;
    return { ...definition, listed, displayName };
  });
}

function replace(change: Change, person: Person, with_: Partial<Person>): void {
  change.people[person.key] = { ...person, ...with_ };
  change.spared.add(person.key);
}

/** People without reports to whom nothing has happened yet. */
function candidates(change: Change): Person[] {
  const managers = managerKeys(change.people);
  return change.people.filter(
    (person) => person.active && !change.spared.has(person.key) && !managers.has(person.key),
  );
}

function bringBack(change: Change, count: number): void {
  const inactive = change.people.filter((person) => !person.active);
  for (const person of change.random.sample(inactive, count)) replace(change, person, { active: true });
}

/** One manager leaves, and the reports pass to the manager above. */
function retireManager(change: Change): void {
  const managers = managerKeys(change.people);
  const leaving = change.people.filter(
    ({ key, managerKey }) =>
      managers.has(key) && managerKey !== undefined && managerKey !== 0 && !change.spared.has(key),
  );
  const [leaver] = change.random.sample(leaving, 1);
  if (leaver === undefined) return;
  for (const person of change.people) {
    if (person.managerKey === leaver.key) replace(change, person, { managerKey: leaver.managerKey });
  }
  replace(change, leaver, { active: false });
}

function move(change: Change, count: number): void {
  const managers = [...managerKeys(change.people)].flatMap((key) => change.people[key] ?? []);
  for (const person of change.random.sample(candidates(change), count)) {
    const choices = managers.filter(
      ({ key, active }) => active && key !== 0 && key !== person.key && key !== person.managerKey,
    );
    if (choices.length === 0) return;
    const manager = change.random.oneOf(choices);
    const department = findDepartment(manager.department);
    const moved = department !== undefined && department.name !== person.department;
    replace(change, person, {
      managerKey: manager.key,
      ...(moved && {
        department: department.name,
        costCenter: department.costCenter,
        title: change.random.oneOf(department.titles),
      }),
    });
  }
}

/** A new family name; every other one also gets the address to match. */
function rename(change: Change, count: number): void {
  change.random.sample(candidates(change), count).forEach((person, at) => {
    const familyName = otherFamilyName(change.random, person.familyName);
    replace(change, person, {
      familyName,
      displayName: `${person.givenName} ${familyName}`,
      ...(at % 2 === 0 && { userName: change.hiring.userNames.claim(person.givenName, familyName) }),
    });
  });
}

function deactivate(change: Change, count: number): void {
  for (const person of change.random.sample(candidates(change), count))
    replace(change, person, { active: false });
}

function join(change: Change, count: number): void {
  const managers = [...managerKeys(change.people)].flatMap((key) => change.people[key] ?? []);
  const leading = managers.filter(({ active }) => active);
  for (let at = 0; at < count; at++) {
    const manager = leading.length > 0 ? change.random.oneOf(leading) : change.people[0];
    if (manager === undefined) return;
    const department = findDepartment(manager.department) ?? findDepartment('Engineering');
    if (department === undefined) return;
    const { name, costCenter, titles } = department;
    const position = {
      title: change.random.oneOf(titles),
      department: name,
      costCenter,
      managerKey: manager.key,
    };
    change.people.push(hire(change.hiring, change.people.length, position));
  }
}
