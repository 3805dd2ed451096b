import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, createDatabaseFromTemplate, dropDatabase, urlOfDatabase } from './databases.ts';
import { findHolder } from './directory-lock.ts';
import { findPostmaster, stopPostmaster } from './postmaster-pid-file.ts';
import { canEnter, chooseServerUser, runsAsRoot } from './server-user.ts';
import { startPostgres } from './start-postgres.ts';

export { createDatabaseFromTemplate, dropDatabase } from './databases.ts';

/** The variable through which a test run hands its cluster to the test files, and to nested runs. */
export const TEST_POSTGRES_URL = 'ROLLCALL_TEST_POSTGRES_URL';

const PREFIX = 'rollcall-test-postgres-';
/** A directory this young, in milliseconds, may belong to a run that hasn't taken its lock yet. */
const SETTLING_TIME = 60_000;

/** A cluster for one test run; `url` is its superuser's, of the database `postgres`. */
export interface TestCluster {
  url: string;
  stop(): Promise<void>;
}

/** Starts a cluster that trades durability for speed in a temporary directory, which `stop` removes. */
export async function startTestCluster(): Promise<TestCluster> {
  const parent = await findTemporaryDirectory();
  await sweepLeftovers(parent);
  const dataDirectory = await mkdtemp(join(parent, PREFIX));
  if (runsAsRoot()) await chmod(dataDirectory, 0o711);
  const removeData = () => rm(dataDirectory, { recursive: true, force: true });
  const postgres = await startPostgres({ dataDirectory, durable: false }).catch(async (error) => {
    await removeData();
    throw error;
  });
  return {
    url: postgres.url('postgres'),
    stop: () => postgres.stop().then(removeData),
  };
}

/**
 * Vitest's `globalSetup`: starts the run's cluster, announces it in ROLLCALL_TEST_POSTGRES_URL and answers the
 * teardown. Where a run around this one has announced a cluster, that one is used.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[TEST_POSTGRES_URL]) return async () => undefined;
  const cluster = await startTestCluster();
  process.env[TEST_POSTGRES_URL] = cluster.url;
  return async () => {
    delete process.env[TEST_POSTGRES_URL];
    await cluster.stop();
  };
}

/** The superuser's URL of the run's cluster. @throws Error when the run has no `setup` of this module. */
export function testPostgresUrl(): string {
  const url = process.env[TEST_POSTGRES_URL];
  if (url) return url;
  throw new Error(
    `${TEST_POSTGRES_URL} is not set: add @rollcall/embedded-postgres/test-cluster to vitest's globalSetup.`,
  );
}

/** A database of one test; `drop` ends the sessions in it. */
export interface TestDatabase {
  name: string;
  url: string;
  drop(): Promise<void>;
}

/** Creates a database with a name of its own in the run's cluster, empty or as a copy of the template. */
export async function testDatabase({ template }: { template?: string } = {}): Promise<TestDatabase> {
  const adminUrl = testPostgresUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  if (template) await createDatabaseFromTemplate(adminUrl, template, name);
  else await createDatabase(adminUrl, name);
  return { name, url: urlOfDatabase(adminUrl, name), drop: () => dropDatabase(adminUrl, name) };
}

/** Removes what killed test runs left behind; a cluster whose run is alive is left alone. */
export async function sweepLeftovers(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  for (const name of names) await sweepLeftover(join(parent, name)).catch(() => undefined);
}

async function sweepLeftover(directory: string): Promise<void> {
  const lockFile = join(directory, 'lock.json');
  if (await findHolder(lockFile)) return;
  const { mtimeMs, uid } = await stat(directory);
  const isLocked = await stat(lockFile).catch(() => undefined);
  if (uid !== process.getuid?.() || (!isLocked && Date.now() - mtimeMs < SETTLING_TIME)) return;
  const postmaster = await findPostmaster(join(directory, 'cluster'));
  if (postmaster && !(await stopPostmaster(postmaster))) return;
  await rm(directory, { recursive: true, force: true });
}

/** The system's temporary directory, unless it is one of root's own that the server's user can't enter. */
async function findTemporaryDirectory(): Promise<string> {
  const user = await chooseServerUser();
  return realpath([tmpdir(), '/tmp', '/var/tmp'].find((directory) => canEnter(directory, user)) ?? tmpdir());
}
