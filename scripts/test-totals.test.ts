import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isGreen, readTestTotals, sumTestTotals } from './test-totals.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-totals-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function report(counts: { passed: number; failed: number }): Promise<string> {
  const file = join(directory, 'report.json');
  const { passed: numPassedTests, failed: numFailedTests } = counts;
  await writeFile(
    file,
    JSON.stringify({ numPassedTests, numFailedTests, numPendingTests: 1, numTodoTests: 2 }),
  );
  return file;
}

test('a report is read as it is', async () => {
  const file = await report({ passed: 7, failed: 3 });
  expect(await readTestTotals(file, 1)).toEqual({ passed: 7, failed: 3, skipped: 3 });
});

test('a run that failed without a failed test is one failure', async () => {
  const file = await report({ passed: 7, failed: 0 });
  expect(await readTestTotals(file, 1)).toMatchObject({ passed: 7, failed: 1 });
  expect(await readTestTotals(file, 0)).toMatchObject({ passed: 7, failed: 0 });
});

test('a run without a report is one failure, whatever its exit code', async () => {
  expect(await readTestTotals(join(directory, 'missing.json'), 0)).toEqual({
    passed: 0,
    failed: 1,
    skipped: 0,
  });
});

test('runs add up', () => {
  const first = { passed: 1, failed: 2, skipped: 3 };
  expect(sumTestTotals([first, { passed: 10, failed: 20, skipped: 30 }])).toEqual({
    passed: 11,
    failed: 22,
    skipped: 33,
  });
});

test('nothing tested is not green', () => {
  expect(isGreen(sumTestTotals([]))).toBe(false);
  expect(isGreen({ passed: 1, failed: 1, skipped: 0 })).toBe(false);
  expect(isGreen({ passed: 1, failed: 0, skipped: 0 })).toBe(true);
});
