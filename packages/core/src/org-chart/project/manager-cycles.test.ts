import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCycles } from './manager-cycles.ts';

const PEOPLE = 12;
const managers = fc.array(fc.option(fc.nat(PEOPLE - 1), { nil: undefined }), {
  minLength: PEOPLE,
  maxLength: PEOPLE,
});

test('whoever comes back to themselves by way of their managers is on a cycle, and nobody else is', () => {
  fc.assert(
    fc.property(managers, (above) => {
      const managerOf = (id: string) => above[Number(id)]?.toString();
      const people = above.map((_, id) => String(id));
      const comesBack = (id: string): boolean => {
        let next = managerOf(id);
        for (let steps = 0; steps < PEOPLE && next !== undefined && next !== id; steps += 1)
          next = managerOf(next);
        return next === id;
      };
      expect([...findCycles(people, managerOf)].sort()).toEqual(people.filter(comesBack).sort());
    }),
    { numRuns: 1000 },
  );
});

test('only the cycles are found that the lines of those asked about lead to', () => {
  const above: Record<string, string> = { a: 'b', b: 'a', c: 'a', d: 'd' };
  expect([...findCycles(['c'], (id) => above[id])].sort()).toEqual(['a', 'b']);
});
