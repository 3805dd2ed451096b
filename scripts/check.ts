/**
 * Runs all checks, cheap ones first, and stops at the first that fails. `--all` goes on to the end, `--without-tests`
 * leaves the tests out.
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

const TESTS: Check = { title: 'Tests', commands: [['node', 'scripts/test.ts']] };

process.exitCode = await main(
  parseArgs({ options: { all: { type: 'boolean' }, 'without-tests': { type: 'boolean' } } }).values,
);

async function main(options: { all?: boolean; 'without-tests'?: boolean }): Promise<number> {
  const failed: string[] = [];
  for (const check of options['without-tests'] ? STATIC_CHECKS : [...STATIC_CHECKS, TESTS]) {
    if (await succeeds(check)) continue;
    failed.push(check.title);
    if (!options.all) break;
  }
  process.stdout.write(failed.length === 0 ? '\nAll checks pass.\n' : `\nFailed: ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : 1;
}

async function succeeds({ title, commands }: Check): Promise<boolean> {
  process.stdout.write(`\n── ${title}\n`);
  const start = performance.now();
  let exitCode = 0;
  for (const command of commands) exitCode ||= await runCommand(command);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  process.stdout.write(`── ${title}: ${exitCode === 0 ? 'passed' : 'failed'} in ${seconds} s\n`);
  return exitCode === 0;
}
