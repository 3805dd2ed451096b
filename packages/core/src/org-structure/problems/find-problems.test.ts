import fc from 'fast-check';
import { expect, test } from 'vitest';
import { departmentTeam, deriveStructure } from '../derive/derive-structure.ts';
import type { PersonFacts } from '../derive/read-facts.ts';
import { survey } from '../derive/survey.ts';
import { problemsOf } from './find-problems.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const person = fc.record({
  label: fc.constantFrom('Ann', 'ANN', 'Ben', 'Cy'),
  isMember: fc.integer({ max: 8, min: 0 }).map((n) => n > 0),
  department: fc.constantFrom('Sales', 'Sales ', 'sales ', 'Legal', 'Ops', 'Sales - Ann', ' ', null),
  managerId: fc.option(fc.constantFrom(...names)),
});
const facts = fc
  .array(person, { minLength: 3, maxLength: names.length })
  .map((people) =>
    people.map(
      (each, n): PersonFacts => ({ ...each, id: names[n] ?? '', userName: `${n}@x`, managerValue: null }),
    ),
  )
  .map((people) =>
    people.map((each) =>
      people.some(({ id }) => id === each.managerId) ? each : { ...each, managerId: null },
    ),
  );

const found = (people: readonly PersonFacts[], kind: string) =>
  problemsOf({ createTeams: 'MANAGER', teamAttribute: 'department' }, { people, departed: [] }).filter(
    (problem) => problem.kind === kind,
  );

const checked = (property: (people: PersonFacts[]) => void) =>
  fc.assert(fc.property(facts, property), { numRuns: 1_000 });

test('a cycle of departments is told of wherever one of them lost its parent, and only there', () => {
  checked((people) => {
    const { people: all } = survey(people);
    const teams = deriveStructure('DEPARTMENT', people);
    const hasTeam = (key: string | null | undefined) => key != null && teams.has(departmentTeam(key));
    const crossing = [...all.values()].filter(
      ({ isMember, key, manager }) =>
        isMember && hasTeam(key) && manager?.key !== key && hasTeam(manager?.key),
    );
    const cut = new Set(
      crossing.flatMap(({ key }) => (teams.get(departmentTeam(key ?? ''))?.parentKey === null ? [key] : [])),
    );
    const cycles = found(people, 'DEPARTMENT_CYCLE').map(
      ({ userIds }) => new Set(userIds.map((id) => all.get(id)?.key)),
    );
    expect(cycles).toHaveLength(cut.size);
    for (const cycle of cycles) expect([...cycle].filter((key) => cut.has(key ?? ''))).toHaveLength(1);
  });
});

test('a department is called as its team is', () => {
  checked((people) => {
    const teams = deriveStructure('DEPARTMENT', people);
    for (const { key, label, explanation } of found(people, 'DEPARTMENT_SPELLINGS')) {
      expect(label).toBe(teams.get(departmentTeam(key))?.name);
      expect(explanation).toContain(`named "${label}"`);
    }
    const cycles = found(people, 'DEPARTMENT_CYCLE');
    for (const { key, label } of cycles) expect(label).toBe(teams.get(departmentTeam(key))?.name);
  });
});

test('a clash of names is told of wherever a userName was added, and only there', () => {
  checked((people) => {
    const added = [...deriveStructure('MANAGER', people).values()].filter(({ name }) =>
      name.includes('\u00a0'),
    );
    const clashes = found(people, 'NAME_CLASH').flatMap(({ userIds }) => userIds);
    expect(clashes.toSorted()).toEqual(added.map(({ leadId }) => leadId).toSorted());
  });
});

test('whoever names a manager who is here has them as manager, or is on a cycle that is told of', () => {
  checked((people) => {
    const onCycle = [...found(people, 'CYCLE'), ...found(people, 'SELF_MANAGER')].flatMap(
      ({ userIds }) => userIds,
    );
    expect(new Set(onCycle).size).toBe(onCycle.length);
    for (const { id, managerId, manager } of survey(people).people.values())
      expect(manager?.id).toBe(onCycle.includes(id) ? undefined : (managerId ?? undefined));
  });
});
