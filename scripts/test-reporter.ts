import { writeFile } from 'node:fs/promises';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import type { TestFailure, TestOutcome } from './test-outcome.ts';

/** Names the file that the outcome of a run is written to, as JSON. */
export const OUTCOME_FILE = 'ROLLCALL_TEST_OUTCOME_FILE';

/** What vitest's option `--reporter` takes for the reporter of this file. */
export const REPORTER = import.meta.filename;

/** Tells `npm test` what a run of vitest came to, errors outside of tests included. */
export default class OutcomeReporter implements Reporter {
  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
  ): Promise<void> {
    const file = process.env[OUTCOME_FILE];
    if (!file) throw new Error(`${OUTCOME_FILE} must name the file to write the outcome to.`);
    await writeFile(file, JSON.stringify(toOutcome(modules, unhandledErrors)));
  }
}

function toOutcome(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): TestOutcome {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string) => tests.filter((test) => test.result().state === state).length;
  const failed = tests.filter((test) => test.result().state === 'failed');
  const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const outsideOfTests = [
    ...groups.filter((group) => group.errors().length > 0).map(describeGroup),
    ...unhandledErrors.map((error) => ({ message: describe([error]) })),
  ];
  return {
    passed: count('passed'),
    failed: failed.length + outsideOfTests.length,
    skipped: count('skipped'),
    failures: [...failed.map(describeTest), ...outsideOfTests],
  };
}

function describeTest(test: TestCase): TestFailure {
  const { errors = [] } = test.result();
  return { file: test.module.moduleId, test: test.fullName, message: describe(errors) };
}

/** A hook that failed, or a file that can't be loaded: its tests did not run. */
function describeGroup(group: TestModule | TestSuite): TestFailure {
  const message = describe(group.errors());
  return group.type === 'module'
    ? { file: group.moduleId, message }
    : { file: group.module.moduleId, test: group.fullName, message };
}

function describe(errors: readonly SerializedError[]): string {
  return errors.map((error) => error.stack ?? error.message).join('\n');
}
