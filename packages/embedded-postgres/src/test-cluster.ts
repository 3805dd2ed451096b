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

/**
 * The variable through which a test run hands its clusters to the test files, and to nested runs: their URLs, with a
 * space between two.
 */
export const TEST_POSTGRES_URL = 'ROLLCALL_TEST_POSTGRES_URL';

const PREFIX = 'rollcall-test-postgres-';
/** A directory this young, in milliseconds, may belong to a run that hasn't taken its lock yet. */
const SETTLING_TIME = 60_000;

/** The clusters of a test run; each URL is its superuser's, of the database `postgres`. */
export interface TestClusters {
  urls: string[];
  stop(): Promise<void>;
}

interface TestCluster {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts clusters that trade durability for speed in temporary directories, which `stop` removes: one for each worker,
 * for what waits for the oldest transaction of its cluster would wait for the tests of another worker.
 */
export async function startTestClusters(count: number): Promise<TestClusters> {
  const parent = await findTemporaryDirectory();
  await sweepLeftovers(parent);
  const clusters: TestCluster[] = [];
  const stop = async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  };
  try {
    while (clusters.length < count) clusters.push(await startTestCluster(parent));
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls: clusters.map(({ url }) => url), stop };
}

async function startTestCluster(parent: string): Promise<TestCluster> {
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

/** What `setup` reads of vitest's project. */
interface Run {
  config: { maxWorkers: number };
}

/**
 * Vitest's `globalSetup`: starts a cluster for each worker, announces them in ROLLCALL_TEST_POSTGRES_URL and answers the
 * teardown. Those that a run around this one has announced are used, and only what is missing is started.
 */
export async function setup({ config }: Run): Promise<() => Promise<void>> {
  const announced = process.env[TEST_POSTGRES_URL];
  const urls = announcedUrls();
  const started = await startTestClusters(Math.max(0, config.maxWorkers - urls.length));
  process.env[TEST_POSTGRES_URL] = [...urls, ...started.urls].join(' ');
  return async () => {
    if (announced === undefined) delete process.env[TEST_POSTGRES_URL];
    else process.env[TEST_POSTGRES_URL] = announced;
    await started.stop();
  };
}

/** The superuser's URL of the worker's cluster. @throws Error when the run has no `setup` of this module. */
export function testPostgresUrl(): string {
  // Vitest numbers the workers that run at once from 1 on.
  const url = announcedUrls()[Number(process.env.VITEST_POOL_ID ?? 1) - 1];
  if (url !== undefined) return url;
  throw new Error(
    `${TEST_POSTGRES_URL} names no cluster for this worker: add @rollcall/embedded-postgres/test-cluster to vitest's globalSetup.`,
  );
}

const announcedUrls = (): string[] =>
  (process.env[TEST_POSTGRES_URL] ?? '').split(' ').filter((url) => url !== '');

/** A database of one test; `drop` ends the sessions in it. */
export interface TestDatabase {
  name: string;
  url: string;
  drop(): Promise<void>;
}

/** Creates a database with a name of its own in the worker's cluster, empty or as a copy of the template. */
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
