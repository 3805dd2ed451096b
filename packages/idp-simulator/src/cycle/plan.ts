import type { Directory, Group, Person } from '../directory/directory.ts';
import type { CycleName } from './progress-event.ts';

/** Index into `Directory.generations`. */
export type GenerationNumber = 0 | 1;

/** A person as they should be, and the names under which the server may know them. */
export interface UserTarget {
  readonly person: Person;
  readonly userNames: readonly string[];
}

/** Who should be in a group: exactly these, or these and not those whoever else is in it. */
export type MembersTarget =
  | { readonly kind: 'exactly'; readonly keys: readonly number[] }
  | { readonly kind: 'change'; readonly added: readonly number[]; readonly removed: readonly number[] };

/** A group as it should be, and the names under which the server may know it. */
export interface GroupTarget {
  readonly group: Group;
  readonly displayNames: readonly string[];
  readonly members: MembersTarget;
}

/** What a cycle has to bring about. */
export interface CyclePlan {
  readonly name: CycleName;
  readonly generation: GenerationNumber;
  readonly users: readonly UserTarget[];
  readonly groups: readonly GroupTarget[];
}

/** The target of one person in a generation; matching also tries the name of the other generation. */
export function userTarget(directory: Directory, generation: GenerationNumber, person: Person): UserTarget {
  const other = directory.generations[otherGeneration(generation)].people[person.key];
  return { person, userNames: distinct([person.userName, other?.userName]) };
}

/** A cycle over everything, as an identity provider runs it first, or again after a restart. */
export function fullCycle(directory: Directory, generation: GenerationNumber): CyclePlan {
  const { people, groups } = directory.generations[generation];
  return {
    name: 'initial',
    generation,
    users: people.map((person) => userTarget(directory, generation, person)),
    groups: groups.map((group) => ({
      ...groupTarget(directory, generation, group),
      members: { kind: 'exactly', keys: group.members },
    })),
  };
}

/** A cycle over what differs between the generations only. */
export function deltaCycle(directory: Directory): CyclePlan {
  const [before, after] = directory.generations;
  const changed = after.people.filter((person) => person !== before.people[person.key]);
  return {
    name: 'delta',
    generation: 1,
    users: changed.map((person) => userTarget(directory, 1, person)),
    groups: after.groups.flatMap((group) => {
      const members = membersChange(before.groups[group.key]?.members ?? [], group.members);
      const renamed = before.groups[group.key]?.displayName !== group.displayName;
      const same = members.added.length === 0 && members.removed.length === 0;
      return renamed || !same ? [{ ...groupTarget(directory, 1, group), members }] : [];
    }),
  };
}

function groupTarget(directory: Directory, generation: GenerationNumber, group: Group) {
  const other = directory.generations[otherGeneration(generation)].groups[group.key];
  return { group, displayNames: distinct([group.displayName, other?.displayName]) };
}

function membersChange(before: readonly number[], after: readonly number[]) {
  const was = new Set(before);
  const is = new Set(after);
  return {
    kind: 'change' as const,
    added: after.filter((key) => !was.has(key)),
    removed: before.filter((key) => !is.has(key)),
  };
}

function otherGeneration(generation: GenerationNumber): GenerationNumber {
  return generation === 0 ? 1 : 0;
}

function distinct(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined))];
}
