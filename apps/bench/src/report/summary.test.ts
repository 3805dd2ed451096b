import { expect, test } from 'vitest';
import { get } from '../phases/people.ts';
import type { PhaseFigures } from '../play.ts';
import { percentile, summarize } from './summary.ts';
import { isMet, renderTables } from './tables.ts';
import { toFloor } from './targets.ts';

const figures = (requests: number, serverTime?: number): PhaseFigures => ({
  requests,
  milliseconds: 2_000,
  latencies: [1, 2, 3],
  serverTime,
  postgresTime: serverTime,
});
const runOf = (server: PhaseFigures, floor: PhaseFigures) => [
  { phase: get, figures: new Map([['server', server] as const, ['floor', floor] as const]) },
];

test('a ratio is the median of the ratios of the runs, not the ratio of medians', () => {
  const runs = [
    runOf(figures(100, 50), figures(200)),
    runOf(figures(300, 60), figures(400)),
    runOf(figures(500, 500), figures(5_000)),
  ];
  const [phase] = summarize(runs);
  expect(phase?.ratios.get(toFloor)).toBe(0.5);
  expect(phase?.by.get('server')).toEqual({
    perSecond: 150,
    p50: 2,
    p99: 3,
    serverTime: 0.5,
    postgresTime: 0.5,
  });
  expect(phase?.by.get('floor')?.serverTime).toBeUndefined();
});

test('a missed target is said plainly', () => {
  const phases = summarize([runOf(figures(49), figures(100))]);
  expect(phases.map((phase) => isMet(phase, toFloor))).toEqual([false]);
  expect(renderTables(phases)).toContain('Met: 0 of 1. Missed: GET by id.');
  expect(renderTables(summarize([runOf(figures(50), figures(100))]))).toContain('Met: 1 of 1.\n');
});

test.each([
  [[3, 1, 2], 0.5, 2],
  [[4, 3, 2, 1], 0.5, 2],
  [Array.from({ length: 200 }, (_, index) => index + 1), 0.99, 198],
])('of %j the part %d lies below %d', (values, part, expected) => {
  expect(percentile(values, part)).toBe(expected);
});
