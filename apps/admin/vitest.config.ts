import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { '@': fileURLToPath(new URL('./src', import.meta.url)) };

export default defineConfig({
  test: {
    // Each file in the browser runs a server, the admin and a browser.
    maxWorkers: 2,
    projects: [
      { resolve: { alias }, test: { name: 'units', include: ['src/**/*.test.ts'] } },
      {
        test: {
          name: 'browser',
          include: ['test/**/*.test.ts'],
          globalSetup: '@rollcall/testkit/database',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
