import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: '@rollcall/embedded-postgres/test-cluster',
    // What measures has the machine to itself.
    maxWorkers: 1,
    // Half a minute, on a machine that does nothing else.
    testTimeout: 180_000,
  },
});
