import { fold } from '../../text/fold.ts';
import { cyclesOf, mostFrequent, type Pointer, pointerOf } from './cycles.ts';
import { spellingOf } from './department-name.ts';
import type { PersonFacts } from './read-facts.ts';

/** A person, and what follows for them from everybody's facts. */
export interface Surveyed extends PersonFacts {
  /** How they write their department, in single spaces, and what it is compared by. */
  readonly spelling: string | null;
  readonly key: string | null;
  /** Who leads them: nobody where the manager is not here, or managers run in a cycle. */
  readonly manager: Surveyed | undefined;
}

/** While managers are being found. */
type Led = Omit<Surveyed, 'manager'> & { manager: Surveyed | undefined };

/** A department that somebody active is in. */
export interface Department {
  /** As most of its members spell it. */
  readonly name: string;
  readonly members: readonly Surveyed[];
  readonly pointer: Pointer;
}

/** Everybody, who is above whom, and the departments. */
export interface Survey {
  readonly people: ReadonlyMap<string, Surveyed>;
  /** Every cycle of managers: each person before their manager, the first by id in front. */
  readonly cycles: readonly (readonly Surveyed[])[];
  /** Who names this manager, by the manager's id. */
  readonly reports: ReadonlyMap<string, readonly Surveyed[]>;
  /** By key. */
  readonly departments: ReadonlyMap<string, Department>;
  /** Does it matter for teams what is known of them: are they active, or does somebody active report to them? */
  matters(person: Surveyed): boolean;
}

/** Looks at everybody once, however long the lines of managers are. */
export function survey(facts: readonly PersonFacts[]): Survey {
  const cycles = cyclesOf(new Map(facts.map(({ id, managerId }) => [id, managerId])));
  const people = peopleLed(facts, new Set(cycles.flat()));
  const reports = Map.groupBy(
    [...people.values()].filter(({ managerId }) => managerId !== null),
    ({ managerId }) => managerId ?? '',
  );
  return {
    people,
    cycles: cycles.map((cycle) => cycle.flatMap((id) => people.get(id) ?? [])),
    reports,
    departments: departmentsOf(people),
    matters: ({ id, isMember }) => isMember || (reports.get(id)?.some((report) => report.isMember) ?? false),
  };
}

function peopleLed(
  facts: readonly PersonFacts[],
  onCycle: ReadonlySet<string>,
): ReadonlyMap<string, Surveyed> {
  const people = new Map<string, Led>();
  const departments = new Map<string | null, Pick<Led, 'spelling' | 'key'>>();
  for (const person of facts) {
    const department = departments.get(person.department) ?? departmentOf(person);
    departments.set(person.department, department);
    people.set(person.id, { ...person, ...department, manager: undefined });
  }
  for (const person of people.values())
    if (person.managerId !== null && !onCycle.has(person.id)) person.manager = people.get(person.managerId);
  return people;
}

function departmentOf({ department }: PersonFacts): Pick<Surveyed, 'spelling' | 'key'> {
  const spelling = spellingOf(department);
  return { spelling, key: spelling === null ? null : fold(spelling) };
}

function departmentsOf(people: ReadonlyMap<string, Surveyed>): Map<string, Department> {
  const members = Map.groupBy(
    [...people.values()].filter(({ isMember, key }) => isMember && key !== null),
    ({ key }) => key ?? '',
  );
  return new Map(
    [...members].map(([key, those]) => {
      const name = mostFrequent(those.map(({ spelling }) => spelling))?.value ?? key;
      const managerDepartments = those.map(({ manager }) =>
        manager === undefined ? undefined : manager.key,
      );
      return [key, { name, members: those, pointer: pointerOf(key, managerDepartments, members) }];
    }),
  );
}

/** The one at the top of the line above each person; people themselves where nobody is above them. */
export function topsOf({ people }: Survey): ReadonlyMap<string, Surveyed> {
  const tops = new Map<string, Surveyed>();
  for (const person of people.values()) {
    const line: Surveyed[] = [];
    let above = person;
    while (!tops.has(above.id) && above.manager !== undefined) {
      line.push(above);
      above = above.manager;
    }
    const top = tops.get(above.id) ?? above;
    tops.set(top.id, top);
    for (const { id } of line) tops.set(id, top);
  }
  return tops;
}
