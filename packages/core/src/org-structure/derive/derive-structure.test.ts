import { expect, test } from 'vitest';
import { departmentTeam, deriveStructure, managerTeam } from './derive-structure.ts';

/** A line of people, each led by the one before and in a department of their own; does the first report to the last? */
const lineOf = (length: number, isClosed: boolean) =>
  [...Array(length).keys()].map((n) => ({
    id: `p${n}`,
    userName: `p${n}@example.com`,
    label: `P${n}`,
    isMember: true,
    department: `D${n}`,
    managerId: n > 0 ? `p${n - 1}` : isClosed ? `p${length - 1}` : null,
    managerValue: null,
  }));

const LENGTH = 50_000;

test.each([
  { isClosed: false, managers: LENGTH - 1 },
  { isClosed: true, managers: 0 },
])('a line of fifty thousand managers and departments is walked once (closed: $isClosed)', (line) => {
  const facts = lineOf(LENGTH, line.isClosed);
  const started = performance.now();
  const teams = deriveStructure('MANAGER', facts);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(teams.size).toBe(LENGTH + line.managers);
  const last = LENGTH - 1;
  expect(teams.get(departmentTeam(`d${last}`))?.parentKey).toBe(
    line.isClosed ? null : departmentTeam(`d${last - 1}`),
  );
  expect(teams.get(managerTeam('p5'))?.parentKey).toBe(line.isClosed ? undefined : departmentTeam('d5'));
});

test('a cycle of fifty thousand departments is cut once', () => {
  const line = lineOf(LENGTH, false);
  // Managers run in no cycle, but somebody else of the first department reports to the last one.
  const other = line
    .slice(-1)
    .map((last) => ({ ...last, id: 'other', department: 'D0', managerId: last.id }));
  const started = performance.now();
  const teams = deriveStructure('DEPARTMENT', [...line, ...other]);
  expect(performance.now() - started).toBeLessThan(10_000);
  const tops = [...teams.values()].filter(({ parentKey }) => parentKey === null);
  // Each has one member who says so; the first has one besides whom nobody leads.
  expect(tops.map(({ name }) => name)).toEqual(['D0']);
});
