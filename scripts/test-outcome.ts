import { readFile } from 'node:fs/promises';

/** What tests came to: how many did what, and those that failed. */
export interface TestOutcome {
  passed: number;
  failed: number;
  skipped: number;
  failures: TestFailure[];
}

/** A failure, said in a way that can be found in the code. */
export interface TestFailure {
  /** The file of the test; none for an error outside of them. */
  file?: string;
  /** The name of the test or of its group; none when the file itself failed. */
  test?: string;
  /** What went wrong, with where in the code. */
  message: string;
}

/**
 * Reads what one run of vitest came to, as `OutcomeReporter` wrote it. A run that failed without telling of a failure
 * (a crash before the end, a process that had to be killed) counts as one, so that no sum hides it.
 */
export async function readTestOutcome(file: string, exitCode: number): Promise<TestOutcome> {
  const outcome = await readOutcome(file);
  if (outcome.failed > 0 || (exitCode === 0 && outcome !== NOTHING)) return outcome;
  const failure = { message: `vitest ended with exit code ${exitCode} and did not say why.` };
  return { ...outcome, failed: 1, failures: [failure] };
}

const NOTHING: TestOutcome = { passed: 0, failed: 0, skipped: 0, failures: [] };

async function readOutcome(file: string): Promise<TestOutcome> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return NOTHING;
  }
}

/** Adds up several runs. */
export function sumTestOutcomes(runs: readonly TestOutcome[]): TestOutcome {
  const sum: TestOutcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const { passed, failed, skipped, failures } of runs) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
    sum.failures.push(...failures);
  }
  return sum;
}

/** Whether the sum stands for a green run: something was tested, and nothing failed. */
export function isGreen({ passed, failed }: TestOutcome): boolean {
  return passed > 0 && failed === 0;
}
