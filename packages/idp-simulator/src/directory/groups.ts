import { DEPARTMENTS } from './departments.ts';
import type { Group, Person } from './directory.ts';
import { groupExternalId, type IdpName } from './identifiers.ts';
import { OFFICES } from './offices.ts';
import { managerKeys } from './people.ts';
import { Random } from './random.ts';

/** A group before its members are counted: either by a rule over all people, or by a list somebody keeps. */
export interface GroupDefinition {
  readonly displayName: string;
  readonly externalId: string;
  readonly kind: 'role' | 'managers' | 'department' | 'office' | 'project';
  /** Of a role or project: keys of the people on the list. */
  readonly listed: readonly number[];
  /** Of a department or office: its name. */
  readonly place: string | undefined;
}

type Draft = Omit<GroupDefinition, 'externalId' | 'listed'>;

const PROJECTS = [
  'Atlas',
  'Borealis',
  'Cobalt',
  'Delphi',
  'Ember',
  'Falcon',
  'Glacier',
  'Horizon',
  'Indigo',
  'Juniper',
  'Keystone',
  'Lighthouse',
];
const ADMIN_COUNT = 4;

/** `count` groups: roles and managers first, then departments, offices and projects in turn. */
export function groupDefinitions(
  count: number,
  people: readonly Person[],
  origin: { idp: IdpName; seed: number },
): GroupDefinition[] {
  const random = new Random(`${origin.seed}:groups`);
  const ids = new Random(`${origin.seed}:${origin.idp}:groups`);
  return drafts(count).map((draft) => ({
    ...draft,
    externalId: groupExternalId(origin.idp, ids),
    listed: listFor(draft, people, random),
  }));
}

/** The group with the members that the definition has among these people; inactive people are members of nothing. */
export function groupOf(definition: GroupDefinition, key: number, people: readonly Person[]): Group {
  const listed = new Set(definition.listed);
  const managers = definition.kind === 'managers' ? managerKeys(people) : new Set<number>();
  const belongs = (person: Person): boolean => {
    if (definition.kind === 'managers') return managers.has(person.key);
    if (definition.kind === 'department') return person.department === definition.place;
    if (definition.kind === 'office') return person.office.city === definition.place;
    return listed.has(person.key);
  };
  const members = people.filter((person) => person.active && belongs(person)).map((person) => person.key);
  return { key, externalId: definition.externalId, displayName: definition.displayName, members };
}

/** Names of groups never equal names of departments, which applications often turn into teams of their own. */
function drafts(count: number): Draft[] {
  const fixed: Draft[] = [
    { displayName: 'Rollcall Admins', kind: 'role', place: undefined },
    { displayName: 'All managers', kind: 'managers', place: undefined },
  ];
  for (let at = 0; fixed.length < count; at++) {
    const department = DEPARTMENTS[at]?.name;
    const office = OFFICES[at]?.city;
    if (department !== undefined)
      fixed.push({ displayName: `${department} Department`, kind: 'department', place: department });
    if (office !== undefined) fixed.push({ displayName: `Office ${office}`, kind: 'office', place: office });
    fixed.push({ displayName: projectName(at), kind: 'project', place: undefined });
  }
  return fixed.slice(0, count);
}

function projectName(at: number): string {
  const round = Math.floor(at / PROJECTS.length) + 1;
  const name = PROJECTS[at % PROJECTS.length] ?? 'Atlas';
  return `Project ${name}${round === 1 ? '' : ` ${round}`}`;
}

function listFor(draft: Draft, people: readonly Person[], random: Random): number[] {
  if (draft.kind === 'role') {
    const administrators = people.filter((person) => person.department === 'IT' && person.active);
    const candidates = administrators.length > 0 ? administrators : people.filter((person) => person.active);
    return candidates.slice(0, ADMIN_COUNT).map((person) => person.key);
  }
  if (draft.kind !== 'project') return [];
  const size = Math.min(people.length, 5 + random.below(26));
  return random.sample(people, size).map((person) => person.key);
}
