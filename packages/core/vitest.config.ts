import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  // graphql refuses objects of a second copy of itself, and Vite would pick the .mjs where Node picks the .js.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    include: ['src/**/*.test.ts'],
    globalSetup: '@rollcall/embedded-postgres/test-cluster',
    setupFiles: 'reflect-metadata',
    server: { deps: { inline: ['type-graphql', 'graphql-scalars'] } },
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What comes a moment later comes later still on a machine that is busy.
    expect: { poll: { timeout: 20_000 } },
  },
});
