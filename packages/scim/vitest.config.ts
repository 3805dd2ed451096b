import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  // graphql refuses objects of a second copy of itself, and Vite would pick the .mjs where Node picks the .js.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    include: ['src/**/*.test.ts'],
    // Files of a worker share modules, which hold nothing of a test.
    isolate: false,
    // Properties run many cases, on machines that may be busy.
    testTimeout: 30_000,
  },
});
