import { expect, test } from 'vitest';
import type { Deviation } from './third-party/known-deviations.ts';
import type { Result } from './third-party/suites.ts';
import { judge } from './third-party/verdict.ts';

const failed = (test: string, message: string): Result => ({ test, outcome: 'failed', message });
const deviation: Deviation = { test: /PATCH/, message: /204/, reason: 'It may.' };

test('a failure is known only when its check and its message are', () => {
  const known = failed('PATCH /Groups', 'Expected 200, got 204');
  const other = failed('PATCH /Groups', 'Expected 200, got 500');
  const passed: Result = { test: 'PATCH /Users', outcome: 'passed', message: '204' };
  expect(judge([known, other, passed], [deviation])).toEqual({
    unexpected: [other],
    known: [{ result: known, reason: 'It may.' }],
    gone: [],
  });
});

test('a known deviation that does not occur is told', () => {
  expect(judge([], [deviation])).toEqual({ unexpected: [], known: [], gone: [deviation] });
});
