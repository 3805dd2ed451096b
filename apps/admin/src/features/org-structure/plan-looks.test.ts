import { expect, test } from 'vitest';
import type { StructurePlan } from './api/org-structure.ts';
import { changesNothing, costInWords } from './plan-looks.ts';

const none = { __typename: 'OrgPlanPart' as const, count: 0, examples: [] };
const plan = (removed: number, personMoves: number): StructurePlan => ({
  created: none,
  renamed: none,
  moved: none,
  adopted: none,
  merged: none,
  removed: { ...none, count: removed },
  personMoves,
});

test('what a plan costs is said in words that agree with the numbers', () => {
  expect(costInWords(plan(1, 1))).toBe('1 team ends and 1 person changes teams.');
  expect(costInWords(plan(12, 3_400))).toBe('12 teams end and 3,400 people change teams.');
});

test('a plan changes nothing when it neither touches a team nor moves anybody', () => {
  expect(changesNothing(plan(0, 0))).toBe(true);
  expect(changesNothing(plan(0, 1))).toBe(false);
  expect(changesNothing(plan(1, 0))).toBe(false);
});
