import { type KnownPerson, managerDepartment, managerOf, type People, type PeopleChanges } from './people.ts';

/** How a count of members changes: of a spelling of the department, or of a link to another one. */
export interface CountChange {
  readonly department: string;
  /** The spelling, or the department that managers belong to; '' where there is no manager. */
  readonly of: string;
  readonly by: number;
}

export interface CountChanges {
  readonly spellings: readonly CountChange[];
  readonly links: readonly CountChange[];
}

/** Stands for "nobody leads them". */
export const NO_MANAGER = '';

/** What the changes of people add to and take from the counts of their departments. */
export function countChanges({ before, after, touched }: PeopleChanges): CountChanges {
  const spellings = new Tally();
  const links = new Tally();
  for (const person of touched) {
    spellings.add(person.before, person.before?.spelling, -1);
    spellings.add(person.after, person.after?.spelling, 1);
    links.add(person.before, linkOf(person.before, before), -1);
    links.add(person.after, linkOf(person.after, after), 1);
  }
  return { spellings: spellings.changes(), links: links.changes() };
}

/** Which other department a member's manager belongs to; undefined where it says nothing. */
function linkOf(person: KnownPerson | undefined, people: People): string | undefined {
  if (person === undefined) return undefined;
  if (managerOf(person) === null) return NO_MANAGER;
  const other = managerDepartment(person, people);
  return other === null || other === person.department ? undefined : other;
}

class Tally {
  readonly #counts = new Map<string, CountChange>();

  add(person: KnownPerson | undefined, of: string | null | undefined, by: number): void {
    if (person === undefined || !person.is_member || person.department === null || of == null) return;
    const { department } = person;
    const key = JSON.stringify([department, of]);
    this.#counts.set(key, { department, of, by: (this.#counts.get(key)?.by ?? 0) + by });
  }

  changes(): CountChange[] {
    return [...this.#counts.values()].filter(({ by }) => by !== 0);
  }
}
