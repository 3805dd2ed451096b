import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './command.ts';

/** What may not be written, by the rule that refuses it: a file and the import in it. */
const OFFENCES: readonly (readonly [rule: string, file: string, specifier: string])[] = [
  ['no-cycles', 'packages/core/src/users/left.ts', './right.ts'],
  ['packages-never-know-apps', 'packages/testkit/src/a.ts', '../../../apps/server/src/main.ts'],
  ['apps-never-know-each-other', 'apps/server/src/b.ts', '../../cli/src/main.ts'],
  ['packages-only-through-their-entries', 'apps/server/src/c.ts', '../../../packages/scim/src/inner.ts'],
  ['packages-scim-protocol-knows-only-itself', 'packages/scim-protocol/src/d.ts', '../../core/src/index.ts'],
  [
    'packages-graphql-client-knows-only-itself',
    'packages/graphql-client/src/e.ts',
    '../../core/src/index.ts',
  ],
  ['packages-idp-simulator-knows-only-itself', 'packages/idp-simulator/src/f.ts', '../../scim/src/index.ts'],
  [
    'packages-scim-knows-only-scim-protocol-and-graphql-client',
    'packages/scim/src/g.ts',
    '../../core/src/index.ts',
  ],
  [
    'apps-cli-knows-only-graphql-client-and-embedded-postgres',
    'apps/cli/src/h.ts',
    '../../../packages/core/src/index.ts',
  ],
  [
    'apps-bench-knows-only-graphql-client-and-embedded-postgres',
    'apps/bench/src/r.ts',
    '../../../packages/core/src/index.ts',
  ],
  ['apps-admin-knows-only-graphql-client', 'apps/admin/src/i.ts', '../../../packages/core/src/index.ts'],
  ['packages-core-knows-only-itself', 'packages/core/src/roles/p.ts', '../../../scim/src/index.ts'],
  ['core-domain-never-imports-its-face', 'packages/core/src/users/j.ts', '../api/users/user.type.ts'],
  [
    'core-reads-in-transactions-only-through-the-gate',
    'packages/core/src/roles/q.ts',
    '../database/locking.ts',
  ],
  ['core-changes-read-only-what-they-hold', 'packages/core/src/roles/grant-role.ts', './find-roles.ts'],
  ['scim-knows-types-only-by-their-port', 'packages/scim/src/search/aa.ts', '../users/users.ts'],
  ['scim-is-put-together-at-its-root', 'packages/scim/src/users/ab.ts', '../inner.ts'],
  ['scim-protocol-does-no-input-or-output', 'packages/scim-protocol/src/k.ts', 'node:fs'],
  ['admin-features-never-know-each-other', 'apps/admin/src/features/teams/l.ts', '@/features/people/people'],
  ['admin-flows-downwards', 'apps/admin/src/lib/m.ts', '../features/people/people.ts'],
  ['tests-only-for-tests', 'packages/core/src/n.ts', './n.test.ts'],
  ['core-ground-knows-no-concept', 'packages/core/src/events/w.ts', '../roles/find-roles.ts'],
  ['core-is-put-together-once', 'packages/core/src/roles/x.ts', '../index.ts'],
  ['nothing-unresolvable', 'packages/core/src/o.ts', './missing.ts'],
];

/** Two folders that know each other, though none of their files is in a cycle, and a third that only knows one of them. */
const FOLDER_CYCLE = [
  ['packages/scim-protocol/src/filter/r.ts', '../patch/s.ts'],
  ['packages/scim-protocol/src/patch/t.ts', '../filter/u.ts'],
  ['packages/scim-protocol/src/messages/v.ts', '../patch/s.ts'],
] as const;

/** The same in core. */
const CORE_CYCLE = [
  ['packages/core/src/teams/y.ts', '../roles/find-roles.ts'],
  ['packages/core/src/roles/z.ts', '../teams/find-teams.ts'],
] as const;

const HARMLESS = [
  'apps/server/src/main.ts',
  'apps/cli/src/main.ts',
  'apps/admin/src/features/people/people.ts',
  'packages/core/src/api/users/user.type.ts',
  'packages/core/src/n.test.ts',
  'packages/core/src/database/locking.ts',
  'packages/core/src/roles/find-roles.ts',
  'packages/core/src/teams/find-teams.ts',
  'packages/scim/src/inner.ts',
  'packages/scim/src/users/users.ts',
  'packages/scim-protocol/src/patch/s.ts',
  'packages/scim-protocol/src/filter/u.ts',
];

let directory: string;
let report: string;
let folders: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-rules-'));
  const packages = ['core', 'scim', 'scim-protocol', 'graphql-client', 'idp-simulator', 'testkit'];
  for (const name of packages) {
    await write(`packages/${name}/package.json`, '{ "exports": { ".": "./src/index.ts" } }');
    await write(`packages/${name}/src/index.ts`, 'export const index = 1;');
  }
  await write('apps/admin/tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }');
  for (const file of HARMLESS) await write(file, 'export const harmless = 1;');
  await write('packages/core/src/users/right.ts', "import './left.ts';");
  for (const [file, specifier] of [
    ...OFFENCES.map(([, ...offence]) => offence),
    ...FOLDER_CYCLE,
    ...CORE_CYCLE,
  ]) {
    await write(file, `import '${specifier}';`);
  }
  [report, folders] = await Promise.all([
    cruise('.dependency-cruiser.mjs', 'apps', 'packages'),
    cruise('.dependency-cruiser.core.mjs', 'packages/core'),
  ]);
});
afterAll(() => rm(directory, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, file)), { recursive: true });
  await writeFile(join(directory, file), text);
}

function cruise(rules: string, ...where: readonly string[]): Promise<string> {
  const program = join(ROOT, 'node_modules/.bin/depcruise');
  const args = [program, '--config', join(ROOT, rules), ...where];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: directory }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

test.each(OFFENCES)('%s refuses %s importing %s', (rule, file) => {
  expect(report).toContain(`error ${rule}: ${file} → `);
});

test.each([
  ['filter', 'patch'],
  ['patch', 'filter'],
])('no-folder-cycles refuses that %s knows %s, which knows it', (from, to) => {
  const folder = (name: string) => `packages/scim-protocol/src/${name}`;
  expect(report).toMatch(
    new RegExp(`error no-folder-cycles: ${folder(from)} →\\s+${folder(to)} →\\s+${folder(from)}\\s`),
  );
});

test('no-folder-cycles lets a folder know one that does not know it', () => {
  expect(report).not.toContain('error no-folder-cycles: packages/scim-protocol/src/messages');
});

test('no-folder-cycles refuses two folders of core that know each other', () => {
  expect(folders).toMatch(
    /error no-folder-cycles: packages\/core\/src\/teams →\s+packages\/core\/src\/roles →\s/,
  );
});

test('what is harmless is not reported', () => {
  expect(HARMLESS.filter((file) => report.includes(`: ${file} → `))).toEqual([]);
});
