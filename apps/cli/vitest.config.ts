import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // Some tests start processes, on machines that may be busy.
    testTimeout: 20_000,
  },
});
