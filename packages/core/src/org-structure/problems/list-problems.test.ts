import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareProblems } from './find-problems.ts';
import { pageOf } from './list-problems.ts';
import { type OrgProblem, orgProblemKinds } from './org-problem.ts';

const kind = fc.constantFrom(...orgProblemKinds);
const place = fc.record({ kind, label: fc.constantFrom('', 'Ann', 'ann', 'Ben'), key: fc.nat({ max: 9 }) });
const problem = place.map(({ key, ...rest }): OrgProblem => {
  return { ...rest, key: String(key), explanation: '', userIds: [] };
});
const problems = fc.uniqueArray(problem, {
  selector: ({ kind: of, label, key }) => `${of} ${label} ${key}`,
  maxLength: 40,
});
const kinds = fc.uniqueArray(kind, { minLength: 1 });

test('a page is the part of the whole list that comes after the place, whether something still is at that place', () => {
  fc.assert(
    fc.property(
      problems,
      kinds,
      fc.integer({ min: 1, max: 9 }),
      fc.option(problem),
      (all, wanted, size, at) => {
        const sorted = all.toSorted(compareProblems);
        const byKind = Map.groupBy(sorted, (each) => each.kind);
        const page = pageOf(byKind, { kinds: wanted, size, place: at ?? undefined });
        const whole = sorted.filter((each) => wanted.includes(each.kind));
        const rest = at === null ? whole : whole.filter((each) => compareProblems(each, at) > 0);
        expect(page.rows).toEqual(rest.slice(0, size));
        expect(page.cursors).toHaveLength(page.rows.length);
        expect(page.hasNextPage).toBe(rest.length > size);
        expect(page.hasPreviousPage).toBe(rest.length < whole.length);
        expect(page.counts.map(({ count }) => count)).toEqual(
          orgProblemKinds.map((each) => all.filter((one) => one.kind === each).length),
        );
      },
    ),
    { numRuns: 500 },
  );
});
