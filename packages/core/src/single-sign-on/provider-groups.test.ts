import { expect, test } from 'vitest';
import { keptGroups, toldGroups } from './provider-groups.ts';

const groups = (many: number, length: number) => Array.from({ length: many }, () => 'g'.repeat(length));

test('two thousand groups with ids are kept, and of long names no more than the first', () => {
  expect(keptGroups(groups(2000, 36))).toHaveLength(2000);
  expect(keptGroups([...groups(150, 1000), 'short'])).toHaveLength(100);
});

test('the log tells the first twenty', () => {
  expect(toldGroups(groups(2000, 36))).toHaveLength(20);
  expect(toldGroups(['one'])).toEqual(['one']);
  expect(toldGroups(null)).toBeNull();
});
