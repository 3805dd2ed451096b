import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './command.ts';

/** Two files, in a workspace of their own, that may not both export `Position`. */
const OFFENCES: readonly (readonly [workspace: string, one: string, other: string])[] = [
  ['packages/interfaces', 'export interface Position {}', 'export interface Position {}'],
  ['packages/kinds', 'export abstract class Position {}', 'export type Position = string;'],
  ['packages/functions', 'export function Position() {}', 'export async function Position() {}'],
  ['packages/constants', 'export const a = 1, Position = 2;', 'export const { b: Position } = { b: 1 };'],
  ['packages/lists', 'export enum Position {}', 'const Position = 1;\nexport { Position };'],
  ['packages/renamed', 'export const Position = 1;', "export { place as Position } from './place.ts';"],
  ['packages/namespaces', 'export const Position = 1;', "export * as Position from './place.ts';"],
  ['apps/app', 'export const Position = 1;', 'export const Position = 1;'],
  ['scripts', 'export const Position = 1;', 'export const Position = 1;'],
];

const ONE = 'export const a = 1;';
const OF_NEXT = 'export const metadata = {};';

/** Files, in a workspace of their own, that only seem to give one name to two things. */
const HARMLESS: readonly (readonly [workspace: string, files: Readonly<Record<string, string>>])[] = [
  [
    'packages/passed-on',
    {
      'src/a.ts': `${ONE}\nexport type B = 1;`,
      'src/index.ts': "import type { B } from './a.ts';\nexport { a } from './a.ts';\nexport type { B };",
    },
  ],
  ['packages/one', { 'src/a.ts': ONE }],
  ['packages/another', { 'src/a.ts': ONE }],
  ['packages/value-and-type', { 'src/a.ts': 'export const A = 1;\nexport type A = typeof A;' }],
  ['packages/private', { 'src/a.ts': 'const a = 1;', 'src/b.ts': ONE }],
  ['packages/tests', { 'src/a.ts': ONE, 'src/a.test.ts': ONE, 'src/testing/a.ts': ONE, 'test/a.ts': ONE }],
  [
    'packages/default',
    { 'src/a.ts': 'export default function a() {}', 'src/b.ts': 'export default function a() {}' },
  ],
  [
    'apps/pages',
    { 'src/app/layout.tsx': OF_NEXT, 'src/app/people/[id]/page.tsx': OF_NEXT, 'src/lib/head.ts': OF_NEXT },
  ],
];

let directory: string;
let outcome: { readonly exitCode: unknown; readonly report: string };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-names-'));
  for (const [workspace, one, other] of OFFENCES) {
    await write(`${workspace}/src/one.ts`, one);
    await write(`${workspace}/src/other.tsx`, other);
  }
  for (const [workspace, files] of HARMLESS) {
    for (const [file, text] of Object.entries(files)) await write(`${workspace}/${file}`, text);
  }
  outcome = await check();
});
afterAll(() => rm(directory, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, file)), { recursive: true });
  await writeFile(join(directory, file), text);
}

function check(): Promise<typeof outcome> {
  const program = join(ROOT, 'scripts/exported-names.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [program], { cwd: directory }, (error, stdout, stderr) =>
      resolve({ exitCode: error?.code ?? 0, report: stdout + stderr }),
    );
  });
}

test.each(OFFENCES)('two of one name are refused in %s', (workspace) => {
  expect(outcome.exitCode).toBe(1);
  expect(outcome.report).toContain(
    `Position is exported by ${workspace}/src/one.ts and ${workspace}/src/other.tsx: `,
  );
});

test.each(HARMLESS)('what has one meaning is not reported in %s', (workspace) => {
  expect(outcome.report).not.toContain(`${workspace}/`);
});
