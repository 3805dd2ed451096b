import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cycleOf, cyclesOf } from './cycles.ts';
import type { PersonFacts } from './read-facts.ts';
import { survey, topsOf } from './survey.ts';

const node = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const links = fc.dictionary(node, fc.option(fc.oneof(node, fc.constant('nobody'))));

test('the cycles are those that somebody comes back to themselves on, each once from its first on', () => {
  fc.assert(
    fc.property(links, (record) => {
      const next = new Map(Object.entries(record));
      const expected = [...next.keys()].flatMap((start) => {
        const cycle = cycleOf(start, (each) => next.get(each));
        return cycle?.every((each) => start <= each) ? [cycle] : [];
      });
      expect(cyclesOf(next).toSorted()).toEqual(expected.toSorted());
    }),
    { numRuns: 500 },
  );
});

const person = (id: string, managerId: string | null): PersonFacts => ({
  id,
  userName: id,
  label: id,
  isMember: true,
  department: null,
  managerId,
  managerValue: null,
});

test('the one at the top is where the line of managers ends', () => {
  fc.assert(
    fc.property(links, (record) => {
      const all = survey(Object.entries(record).map(([id, manager]) => person(id, manager)));
      const tops = topsOf(all);
      for (const { id, manager } of all.people.values())
        expect(tops.get(id)).toBe(manager === undefined ? all.people.get(id) : tops.get(manager.id));
    }),
    { numRuns: 500 },
  );
});

test('a line of a hundred thousand managers is looked at once, and not once for each', () => {
  const line = [...Array(100_000).keys()].map((n) => person(`p${n}`, n === 0 ? null : `p${n - 1}`));
  const started = performance.now();
  const all = survey(line);
  expect(topsOf(all).get('p99999')?.id).toBe('p0');
  expect(all.cycles).toEqual([]);
  expect(performance.now() - started).toBeLessThan(5_000);
});
