import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/** These make a GraphQL schema of their own, whose types would be in the next one of the process. */
const alone = ['src/authorization/{arguments,requirements}.test.ts'];

export default defineConfig({
  // graphql refuses objects of a second copy of itself, and Vite would pick the .mjs where Node picks the .js.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    globalSetup: '@rollcall/embedded-postgres/test-cluster',
    setupFiles: ['reflect-metadata', '@rollcall/testkit/nothing-left'],
    server: { deps: { inline: ['type-graphql', 'graphql-scalars'] } },
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What comes a moment later comes later still on a machine that is busy.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      // Files of a worker share modules, which hold nothing of a test.
      {
        extends: true,
        test: { name: 'shared', include: ['src/**/*.test.ts'], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
