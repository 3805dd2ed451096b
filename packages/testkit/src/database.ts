/** What a test of whole processes needs of the run's PostgreSQL; `setup` is for vitest's `globalSetup`. */
export { setup, type TestDatabase, testDatabase } from '@rollcall/embedded-postgres/test-cluster';
