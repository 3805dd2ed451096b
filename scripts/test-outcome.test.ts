import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from './command.ts';
import { isGreen, readTestOutcome, sumTestOutcomes, type TestOutcome } from './test-outcome.ts';
import { OUTCOME_FILE, REPORTER } from './test-reporter.ts';

const NOTHING: TestOutcome = { passed: 0, failed: 0, skipped: 0, failures: [] };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-outcome-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Runs vitest on a test file with this text, and answers what it came to. */
async function outcomeOf(text: string): Promise<TestOutcome> {
  await writeFile(join(directory, 'a.test.js'), text);
  const report = join(directory, 'outcome.json');
  const exitCode = await runCommand(['vitest', 'run', '--globals', `--reporter=${REPORTER}`], {
    directory,
    variables: { [OUTCOME_FILE]: report },
  });
  return await readTestOutcome(report, exitCode);
}

test('tests are counted', async () => {
  const outcome = await outcomeOf(`
    test('one', () => {});
    test('two', () => {});
    test.skip('three', () => {});
    test.todo('four');
  `);
  expect(outcome).toEqual({ ...NOTHING, passed: 2, skipped: 2 });
});

test('a failed test is told with its file, its name and its message', async () => {
  const outcome = await outcomeOf(`
    test('one', () => {});
    describe('sums', () => test('are right', () => expect(1 + 1, 'the sum').toBe(3)));
  `);
  expect(outcome).toMatchObject({ passed: 1, failed: 1, failures: [{ test: 'sums > are right' }] });
  expect(outcome.failures[0]?.file).toMatch(/a\.test\.js$/);
  expect(outcome.failures[0]?.message).toMatch(/the sum: expected 2 to be 3/);
});

test.each([
  ['a file that cannot be loaded', `import './missing.js';`, /missing\.js/],
  [
    'a hook that fails',
    `describe('x', () => { beforeAll(() => { throw new Error('no cluster'); }); test('y', () => {}); });`,
    /no cluster/,
  ],
  [
    'an error outside of tests',
    `test('y', async () => { Promise.reject(new Error('lost')); await new Promise((go) => setTimeout(go, 50)); });`,
    /lost/,
  ],
])('%s is a failure', async (_what, text, message) => {
  const { failed, failures } = await outcomeOf(text);
  expect({ failed, failures }).toMatchObject({
    failed: 1,
    failures: [{ message: expect.stringMatching(message) }],
  });
});

test('a run that tells of no failure and fails is one', async () => {
  const report = join(directory, 'outcome.json');
  await writeFile(report, JSON.stringify({ ...NOTHING, passed: 7 }));
  expect(await readTestOutcome(report, 1)).toMatchObject({ passed: 7, failed: 1 });
  expect(await readTestOutcome(report, 0)).toMatchObject({ passed: 7, failed: 0 });
});

test('a run without a report is one failure, whatever its exit code', async () => {
  const missing = join(directory, 'missing.json');
  expect(await readTestOutcome(missing, 0)).toMatchObject({ ...NOTHING, failed: 1, failures: [{}] });
});

test('runs add up', () => {
  const failures = [{ file: 'a.test.ts', message: 'no such module' }];
  const first = { passed: 1, failed: 2, skipped: 3, failures };
  const second = { passed: 10, failed: 20, skipped: 30, failures };
  expect(sumTestOutcomes([first, second])).toEqual({
    passed: 11,
    failed: 22,
    skipped: 33,
    failures: [...failures, ...failures],
  });
});

test('nothing tested is not green', () => {
  expect(isGreen(sumTestOutcomes([]))).toBe(false);
  expect(isGreen({ ...NOTHING, passed: 1, failed: 1 })).toBe(false);
  expect(isGreen({ ...NOTHING, passed: 1 })).toBe(true);
});
