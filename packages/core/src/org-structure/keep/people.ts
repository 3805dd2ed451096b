import { cycleOf } from '../derive/cycles.ts';

/** A person as the structure knows them: a row of org_people. */
export interface KnownPerson {
  readonly user_id: string;
  readonly is_member: boolean;
  /** The key of the department, and how the person spells it. */
  readonly department: string | null;
  readonly spelling: string | null;
  readonly label: string;
  readonly user_name: string;
  readonly manager_id: string | null;
  readonly on_cycle: boolean;
}

/** Who leads somebody: nobody where managers run in a cycle. */
export const managerOf = ({ manager_id, on_cycle }: KnownPerson): string | null =>
  on_cycle ? null : manager_id;

/** People by id. */
export type People = ReadonlyMap<string, KnownPerson>;

/** Somebody who changed, arrived (nothing before) or left (nothing after). */
export interface PersonChange {
  readonly id: string;
  readonly before: KnownPerson | undefined;
  readonly after: KnownPerson | undefined;
}

/** What is known of the people around a change, before and after it. */
export interface PeopleChanges {
  readonly before: People;
  readonly after: People;
  /** Those who differ, and those whose manager's department differs. */
  readonly touched: readonly PersonChange[];
}

const differs = (before: KnownPerson | undefined, after: KnownPerson | undefined): boolean =>
  JSON.stringify(before) !== JSON.stringify(after);

/**
 * What follows for people from new facts about some. `around` has, as they were, everybody on the line of managers above
 * them, before and after, and the reports of those whose department changes.
 */
export function changePeople(around: People, facts: readonly PersonChange[]): PeopleChanges {
  const before = new Map(around);
  for (const { id, before: known } of facts) if (known !== undefined) before.set(id, known);
  const after = new Map(before);
  for (const { id, after: fresh } of facts) {
    if (fresh === undefined) after.delete(id);
    else after.set(id, fresh);
  }
  markCycles(after, [...facts.map(({ id }) => id), ...[...before.values()].filter(isOnCycle).map(idOf)]);
  const asked = new Set(facts.map(({ id }) => id));
  const touched = [...new Set([...before.keys(), ...after.keys()])]
    .map((id) => ({ id, before: before.get(id), after: after.get(id) }))
    .filter(
      (person) =>
        asked.has(person.id) ||
        differs(person.before, person.after) ||
        managerDepartment(person.before, before) !== managerDepartment(person.after, after),
    );
  return { before, after, touched };
}

const isOnCycle = ({ on_cycle }: KnownPerson): boolean => on_cycle;
const idOf = ({ user_id }: KnownPerson): string => user_id;

/** Says anew of these, and of everybody on a cycle with them, whether they are on one. */
function markCycles(people: Map<string, KnownPerson>, ids: readonly string[]): void {
  const next = (id: string): string | null | undefined => people.get(id)?.manager_id;
  const cycles = new Set(ids.flatMap((id) => cycleOf(id, next) ?? []));
  for (const id of new Set([...ids, ...cycles])) {
    const person = people.get(id);
    if (person !== undefined && person.on_cycle !== cycles.has(id))
      people.set(id, { ...person, on_cycle: cycles.has(id) });
  }
}

/** The department of somebody's manager, as far as these people tell. */
export function managerDepartment(person: KnownPerson | undefined, people: People): string | null {
  const manager = person === undefined ? null : managerOf(person);
  return manager === null ? null : (people.get(manager)?.department ?? null);
}
