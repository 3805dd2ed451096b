// Runs the conformance suite and writes docs/conformance.md; with --check, fails when the page says something else
// than the suite's titles, without running it.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { unshownDemands } from './enterprise-profile.ts';
import { contradictions, renderReport } from './report.ts';
import { ipsieAccounts } from './requirements/ipsie-accounts.ts';
import { ipsieSessions } from './requirements/ipsie-sessions.ts';
import { rfc7643 } from './requirements/rfc7643.ts';
import { rfc7644 } from './requirements/rfc7644.ts';
import { rfc9865 } from './requirements/rfc9865.ts';
import { rolesDraft } from './requirements/roles-draft.ts';

const workspace = fileURLToPath(new URL('../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../../../node_modules/vitest/vitest.mjs', import.meta.url));
const page = fileURLToPath(new URL('../../../../docs/conformance.md', import.meta.url));
const transports = ['test/conformance/in-process.test.ts', 'test/conformance/over-http.test.ts'];
const specifications = [rfc7643, rfc7644, rfc9865, rolesDraft];
const profile = [...ipsieAccounts, ...ipsieSessions];

const listed = z.array(z.object({ name: z.string(), file: z.string() }));
const results = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
});

process.exitCode = await main(process.argv.includes('--check'));

async function main(isCheck: boolean): Promise<number> {
  const titles = isCheck ? await titlesOfSuite() : await titlesOfResults();
  if (titles === undefined) return 1;
  const wrong = [...contradictions(specifications, titles), ...unshownDemands(profile)];
  const report = renderReport(specifications, titles, profile);
  if (!isCheck && wrong.length === 0) await writeFile(page, report);
  if (isCheck && (await readFile(page, 'utf8').catch(() => '')) !== report) {
    wrong.push(
      'docs/conformance.md differs from the suite. Run `npm run conformance` and commit the result.',
    );
  }
  for (const line of wrong) process.stderr.write(`${line}\n`);
  return wrong.length === 0 ? 0 : 1;
}

/** The titles of the suite, when it has the same on every transport. */
async function titlesOfSuite(): Promise<string[] | undefined> {
  const tests = await jsonOf(listed, (file) => [
    'list',
    ...transports,
    '--no-static-parse',
    `--json=${file}`,
  ]);
  const byFile = Map.groupBy(tests, ({ file }) => file);
  return sameOnAll(
    [...byFile.values()].map((of) => of.map(({ name }) => name.split(' > ').slice(2).join(' > '))),
  );
}

/** The titles of the suite, when every test has passed on every transport. */
async function titlesOfResults(): Promise<string[] | undefined> {
  const { testResults } = await jsonOf(results, (file) => [
    'run',
    ...transports,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status !== 'passed');
  for (const { title } of failed) process.stderr.write(`This test has not passed: ${title}\n`);
  if (failed.length > 0) return undefined;
  return sameOnAll(testResults.map(({ assertionResults }) => assertionResults.map(({ title }) => title)));
}

function sameOnAll(suites: readonly string[][]): string[] | undefined {
  const [first = [], ...others] = suites.map((titles) => [...new Set(titles)].sort());
  if (
    suites.length === transports.length &&
    others.every((titles) => titles.join('\n') === first.join('\n'))
  ) {
    return first;
  }
  process.stderr.write('The suite is not the same on every transport.\n');
  return undefined;
}

async function jsonOf<T>(schema: z.ZodType<T>, command: (file: string) => string[]): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-conformance-'));
  try {
    const file = join(directory, 'tests.json');
    await finished(command(file));
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Whether it went well is in the file that it writes. */
function finished(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: workspace,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
