/**
 * Runs the tests of all workspaces, one after the other, against the same PostgreSQL clusters; `npm test -- core cli`
 * runs those of the folders named. What failed is told once more at the end. With ROLLCALL_TEST_REPORT, what the tests
 * came to is written to that file as JSON.
 */
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { startTestClusters, TEST_POSTGRES_URL } from '@rollcall/embedded-postgres/test-cluster';
import { ROOT, runCommand } from './command.ts';
import {
  isGreen,
  readTestOutcome,
  sumTestOutcomes,
  type TestFailure,
  type TestOutcome,
} from './test-outcome.ts';
import { OUTCOME_FILE, REPORTER } from './test-reporter.ts';

/**
 * Test files that run at once: one more than CI has cores, for a file also waits, for processes, browsers and PostgreSQL.
 * Each worker has a PostgreSQL cluster of its own.
 */
const WORKERS = 3;

process.exitCode = await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<number> {
  const folders = foldersWithTests(names);
  const built = await runCommand(['turbo', 'run', 'build', '--output-logs=errors-only']);
  if (built !== 0) return built;
  const outcome = await withClusters((variables) => testAll(folders, variables));
  const { passed, failed, skipped, failures } = outcome;
  if (process.env.ROLLCALL_TEST_REPORT) {
    await writeFile(process.env.ROLLCALL_TEST_REPORT, JSON.stringify(outcome));
  }
  for (const failure of failures) process.stdout.write(describeFailure(failure));
  process.stdout.write(
    `\nTotal: ${passed} tests passed, ${failed} failed, ${skipped} skipped, in ${folders.length} folders\n`,
  );
  return isGreen(outcome) ? 0 : 1;
}

function describeFailure({ file, test, message }: TestFailure): string {
  const place = file ? relative(ROOT, file) : 'outside of the tests';
  const title = test ? `${place}: ${test}` : place;
  return `\nFailed: ${title}\n${message.replaceAll(/^/gm, '  ')}\n`;
}

function foldersWithTests(names: readonly string[]): string[] {
  const folders = globSync(['packages/*', 'apps/*', 'scripts'], { cwd: ROOT }).sort();
  return folders.filter((folder) => {
    if (names.length > 0 && !names.includes(basename(folder))) return false;
    const exclude = (name: string) => ['node_modules', '.next', 'dist'].includes(basename(name));
    return globSync('**/*.test.{ts,tsx}', { cwd: join(ROOT, folder), exclude }).length > 0;
  });
}

/** The workspaces' own test set-up uses the clusters that are announced here, instead of starting some each. */
async function withClusters<T>(use: (variables: Record<string, string>) => Promise<T>): Promise<T> {
  const clusters = await startTestClusters(WORKERS);
  try {
    return await use({ [TEST_POSTGRES_URL]: clusters.urls.join(' ') });
  } finally {
    await clusters.stop();
  }
}

async function testAll(folders: readonly string[], variables: Record<string, string>): Promise<TestOutcome> {
  const reports = await mkdtemp(join(tmpdir(), 'rollcall-test-reports-'));
  const runs: TestOutcome[] = [];
  for (const folder of folders) {
    process.stdout.write(`\n${folder}\n`);
    const report = join(reports, `${basename(folder)}.json`);
    const reporters = ['--reporter=default', `--reporter=${REPORTER}`];
    const exitCode = await runCommand(['vitest', 'run', `--maxWorkers=${WORKERS}`, ...reporters], {
      directory: join(ROOT, folder),
      variables: { ...variables, [OUTCOME_FILE]: report },
    });
    runs.push(await readTestOutcome(report, exitCode));
  }
  await rm(reports, { recursive: true });
  return sumTestOutcomes(runs);
}
