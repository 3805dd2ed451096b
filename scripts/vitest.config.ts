import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: '../node_modules/.vite/scripts',
  test: {
    include: ['*.test.ts'],
    // Some tests start processes, on machines that may be busy.
    testTimeout: 60_000,
  },
});
