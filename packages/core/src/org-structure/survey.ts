import { circlesOf } from './circles.ts';
import { caseless, spellingOf } from './department-name.ts';
import type { ReadFacts } from './read-facts.ts';

/** A person as the doctor sees them. */
export interface Surveyed extends ReadFacts {
  /** How they write their department, in single spaces, and what it is compared by. */
  readonly spelling: string | null;
  readonly key: string | null;
  /** Who leads them: nobody where the manager is not here, or managers run in a circle. */
  readonly boss: Surveyed | undefined;
}

/** While bosses are being found. */
type Led = Omit<Surveyed, 'boss'> & { boss: Surveyed | undefined };

/** Everybody, and who is above whom. */
export interface Survey {
  readonly people: ReadonlyMap<string, Surveyed>;
  /** Every circle of managers: each person before their manager, the first by id in front. */
  readonly circles: readonly (readonly Surveyed[])[];
  /** Who names this manager, by the manager's id. */
  readonly reports: ReadonlyMap<string, readonly Surveyed[]>;
  /** Does it matter for teams what is known of them: are they active, or does somebody active report to them? */
  matters(person: Surveyed): boolean;
}

/** Looks at everybody once, however long the lines of managers are. */
export function survey(facts: readonly ReadFacts[]): Survey {
  const managers = new Map(facts.map(({ id, managerId }) => [id, managerId]));
  const circles = circlesOf(managers);
  const onCircle = new Set(circles.flat());
  const people = new Map<string, Led>();
  for (const person of facts) {
    const spelling = spellingOf(person.department);
    const key = spelling === null ? null : caseless(spelling);
    people.set(person.id, { ...person, spelling, key, boss: undefined });
  }
  for (const person of people.values())
    if (person.managerId !== null && !onCircle.has(person.id)) person.boss = people.get(person.managerId);
  const reports = Map.groupBy(
    [...people.values()].filter(({ managerId }) => managerId !== null),
    ({ managerId }) => managerId ?? '',
  );
  return {
    people,
    circles: circles.map((circle) => circle.flatMap((id) => people.get(id) ?? [])),
    reports,
    matters: ({ id, isMember }) => isMember || (reports.get(id)?.some((report) => report.isMember) ?? false),
  };
}

/** The one at the top of the line above each person; people themselves where nobody is above them. */
export function topsOf({ people }: Survey): ReadonlyMap<string, Surveyed> {
  const tops = new Map<string, Surveyed>();
  for (const person of people.values()) {
    const line: Surveyed[] = [];
    let above = person;
    while (!tops.has(above.id) && above.boss !== undefined) {
      line.push(above);
      above = above.boss;
    }
    const top = tops.get(above.id) ?? above;
    tops.set(top.id, top);
    for (const { id } of line) tops.set(id, top);
  }
  return tops;
}
