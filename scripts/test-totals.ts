import { readFile } from 'node:fs/promises';

/** How many tests did what. */
export interface TestTotals {
  passed: number;
  failed: number;
  skipped: number;
}

/** What is read of the report that vitest's reporter "json" writes. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

/**
 * Reads what one run of vitest came to. A run that failed without a failed test (a file that can't be loaded, an
 * error outside of tests, a crash before the report) counts as one failure, so that no sum hides it.
 */
export async function readTestTotals(reportFile: string, exitCode: number): Promise<TestTotals> {
  const report = await readReport(reportFile);
  const totals = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
  const failedOutsideOfTests = totals.failed === 0 && (exitCode !== 0 || report === undefined);
  return failedOutsideOfTests ? { ...totals, failed: 1 } : totals;
}

async function readReport(file: string): Promise<VitestReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Adds up several runs. */
export function sumTestTotals(runs: readonly TestTotals[]): TestTotals {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of runs) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/** Whether the sum stands for a green run: something was tested, and nothing failed. */
export function isGreen({ passed, failed }: TestTotals): boolean {
  return passed > 0 && failed === 0;
}
