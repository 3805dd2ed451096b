import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Each worker has a cluster of its own.
    maxWorkers: 2,
    globalSetup: './src/test-cluster.ts',
    // Servers are started here, on machines that may be busy.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
