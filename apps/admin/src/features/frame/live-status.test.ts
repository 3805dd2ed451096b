import { expect, test } from 'vitest';
import { describeStatus } from './live-status.ts';

test('a prompt feed is live, a late one says how far behind it is', () => {
  expect(describeStatus({ state: 'live', lag: 200 }).label).toBe('Live');
  expect(describeStatus({ state: 'live', lag: 12_000 })).toMatchObject({
    look: 'behind',
    label: '12 s behind',
  });
  expect(describeStatus({ state: 'live', lag: 180_000 }).label).toBe('3 min behind');
  expect(describeStatus({ state: 'live', lag: 7_200_000 }).label).toBe('2 h behind');
});

test('a lost connection says that nothing will be missed', () => {
  expect(describeStatus({ state: 'reconnecting', lag: 0 }).explanation).toContain('nothing will be missed');
});
