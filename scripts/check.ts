/**
 * Runs all checks, cheap ones first and two at a time, and begins no other when one has failed. `--all` goes on to the
 * end, `--without-tests` leaves the tests out.
 */
import { parseArgs } from 'node:util';
import { runCommand } from './command.ts';

/** One check: what it is about, and the commands that must all succeed. */
interface Check {
  title: string;
  commands: readonly (readonly [tool: string, ...args: string[]])[];
}

const STATIC_CHECKS: readonly Check[] = [
  // With a lockfile that lacks the optional packages of other platforms `npm ci` refuses, and `npm install` changes it.
  {
    title: 'Lockfile',
    commands: [['npm', 'ci', '--dry-run', '--offline', '--ignore-scripts', '--loglevel=error']],
  },
  { title: 'Format and lint', commands: [['biome', 'check', '.']] },
  {
    title: 'Directions of imports',
    commands: [
      ['depcruise', '--config', '.dependency-cruiser.mjs', 'apps', 'packages', 'scripts'],
      ['depcruise', '--config', '.dependency-cruiser.core.mjs', 'packages/core'],
    ],
  },
  { title: 'One meaning for each exported name', commands: [['node', 'scripts/exported-names.ts']] },
  { title: 'Unused files, exports and dependencies', commands: [['knip']] },
  { title: 'GraphQL documents', commands: [['node', 'scripts/graphql-documents.ts']] },
  {
    title: 'Types',
    commands: [
      ['turbo', 'run', 'typecheck', '--output-logs=errors-only'],
      ['tsc', '--noEmit', '--project', 'scripts'],
    ],
  },
  { title: 'Schema', commands: [['node', 'scripts/schema.ts', '--check']] },
  {
    title: 'Conformance page',
    commands: [['node', 'apps/server/test/conformance/write-report.ts', '--check']],
  },
];

/** Checks that run at once: as many as CI has cores. */
const AT_ONCE = 2;

const TESTS: Check = { title: 'Tests', commands: [['node', 'scripts/test.ts']] };

process.exitCode = await main(
  parseArgs({ options: { all: { type: 'boolean' }, 'without-tests': { type: 'boolean' } } }).values,
);

async function main(options: { all?: boolean; 'without-tests'?: boolean }): Promise<number> {
  const failed: string[] = [];
  const isOver = () => failed.length > 0 && !options.all;
  const waiting = STATIC_CHECKS.values();
  const runThem = async () => {
    for (const check of waiting) if (!isOver() && !(await succeeds(check))) failed.push(check.title);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runThem));
  if (!options['without-tests'] && !isOver() && !(await succeeds(TESTS, 'live'))) failed.push(TESTS.title);
  process.stdout.write(failed.length === 0 ? '\nAll checks pass.\n' : `\nFailed: ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : 1;
}

/** What is said is shown when the check is over, so that it stands together, or live. */
async function succeeds({ title, commands }: Check, show?: 'live'): Promise<boolean> {
  const said: Buffer[] = [];
  const onOutput = show === 'live' ? undefined : (part: Buffer) => void said.push(part);
  if (show === 'live') process.stdout.write(`\n── ${title}\n`);
  const start = performance.now();
  let exitCode = 0;
  for (const command of commands) exitCode ||= await runCommand(command, { onOutput });
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  if (show !== 'live') process.stdout.write(`\n── ${title}\n${Buffer.concat(said)}`);
  process.stdout.write(`── ${title}: ${exitCode === 0 ? 'passed' : 'failed'} in ${seconds} s\n`);
  return exitCode === 0;
}
