import { createRequire } from 'node:module';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const require = createRequire(import.meta.url);

const LONGEST = /\/(stalls|kills|simulated-org)\.test\.ts$/;

/**
 * Begins with the files that take longest, beside which all others fit; at the end they would run alone. Those that share
 * modules follow each other, for a worker loses them to a file that does not.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      if (LONGEST.test(moduleId)) return 0;
      return project.name === 'shared' ? 1 : 2;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

/** These move the clock of their process, or measure what it does. */
const alone = ['test/{conformance,cost}/*.test.ts'];

/** These sign in at a Keycloak that `npm run test:keycloak` starts. */
const withoutKeycloak = process.env.KEYCLOAK_URL === undefined ? ['test/keycloak/**'] : [];

export default defineConfig({
  // graphql refuses objects of a second copy of itself, and Vite would pick the .mjs where Node picks the .js.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    globalSetup: '@rollcall/embedded-postgres/test-cluster',
    setupFiles: ['reflect-metadata', '@rollcall/testkit/nothing-left'],
    server: { deps: { inline: ['type-graphql', 'graphql-scalars'] } },
    // Each file runs a core, a server and their clients.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What comes a moment later comes later still on a machine that is busy.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...withoutKeycloak, ...alone],
          // Files of a worker share modules, which hold nothing of a test.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
