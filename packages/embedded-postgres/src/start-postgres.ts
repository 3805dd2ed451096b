import { setTimeout as delay } from 'node:timers/promises';
import { type Binaries, provideBinaries } from './binaries.ts';
import { type ClusterHome, openClusterHome } from './cluster-home.ts';
import { ensureCluster, SUPERUSER } from './create-cluster.ts';
import { createDatabase, urlOfDatabase } from './databases.ts';
import { lockDirectory } from './directory-lock.ts';
import { choosePort, isFree } from './port.ts';
import { PostmasterFailed, startPostmaster } from './postmaster.ts';
import { clearPostmaster } from './postmaster-pid-file.ts';
import { serverArguments } from './settings.ts';
import { type SupervisedPostmaster, supervise } from './supervise.ts';

/** How to start a server. */
export interface StartPostgresOptions {
  /** Where the data is kept; made when missing. */
  dataDirectory: string;
  /** The port on 127.0.0.1; without it, the one that the cluster had before or any free one. */
  port?: number;
  /** False trades safety in a crash for speed, for data that may be lost. */
  durable?: boolean;
  /** True leaves all settings as PostgreSQL comes with them, to see how something does on a server of somebody else. */
  stock?: boolean;
  /** Told in a sentence what is going on. */
  onProgress?(message: string): void;
  /** Told in a sentence that the server ended by itself, and when it is there again. */
  onTrouble?(message: string): void;
  /** The server ended by itself, and could not be started again. */
  onGivenUp?(error: Error): void;
}

/** A running PostgreSQL server that listens on 127.0.0.1. */
export interface EmbeddedPostgres {
  port: number;
  /** The server's process, which is another one after a crash. */
  readonly postmasterPid: number;
  /** The directory that holds the data: the requested one, or where its note points to. */
  directory: string;
  /** The superuser's URL of a database. */
  url(database?: string): string;
  /** Creates the database unless it exists; answers whether it did. */
  createDatabase(name: string): Promise<boolean>;
  /** Ends all sessions, shuts down and waits for it; a second call waits for the first. */
  stop(): Promise<void>;
}

const DEFAULT_DATABASE = 'rollcall';
const START_ATTEMPTS = 20;

/**
 * Starts PostgreSQL on a data directory, which the first start fills and later ones find again, with an empty
 * database `rollcall`. It ends with this process, however that ends; when it ends by itself, it is started again at the same
 * address, up to five times in a row.
 *
 * @throws DataDirectoryInUse when another process uses the directory, Error when the server can't be started.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<EmbeddedPostgres> {
  const home = await openClusterHome(options.dataDirectory);
  const lock = await lockDirectory(home.directory, home.lock);
  try {
    await clearPostmaster(home.cluster, { isOrphan: lock.tookOver });
    const binaries = await provideBinaries(home.user);
    return await startIn(home, binaries, { ...options, onStopped: lock.release });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startIn(
  home: ClusterHome,
  binaries: Binaries,
  {
    port: wanted,
    durable = true,
    stock = false,
    onProgress,
    onTrouble,
    onGivenUp,
    onStopped,
  }: StartPostgresOptions & { onStopped(): Promise<void> },
): Promise<EmbeddedPostgres> {
  const password = await ensureCluster(home, binaries, {
    durable,
    onCreate: () =>
      onProgress?.(`Creating a PostgreSQL ${binaries.majorVersion} database in ${home.directory}`),
  });
  if (wanted && !(await isFree(wanted))) throw new Error(`Port ${wanted} of 127.0.0.1 is taken.`);
  onProgress?.(`Starting PostgreSQL ${binaries.majorVersion}`);
  const startAt = (port: number) =>
    startPostmaster(home, binaries, serverArguments({ port, durable, stock }));
  const { first, port } = await retryWhereWaitingHelps(async () => {
    const port = wanted ?? (await choosePort(home.port));
    return { port, first: await startAt(port) };
  });
  const postmaster = supervise(first, {
    async start() {
      await clearPostmaster(home.cluster, { isOrphan: true });
      return retryWhereWaitingHelps(() => startAt(port));
    },
    onTrouble,
    onGivenUp,
  });

  const adminUrl = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
  const stop = stopOnce(postmaster, onStopped);
  await createDatabase(adminUrl, DEFAULT_DATABASE).catch((error) => stop().then(() => Promise.reject(error)));
  return {
    port,
    get postmasterPid() {
      return postmaster.pid;
    },
    directory: home.directory,
    url: (database = DEFAULT_DATABASE) => urlOfDatabase(adminUrl, database),
    createDatabase: (name) => createDatabase(adminUrl, name),
    stop,
  };
}

/**
 * The port may be taken between the look at it and the start, and sessions of a server that was killed may need a
 * moment to notice.
 */
async function retryWhereWaitingHelps<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      const isPassing =
        error instanceof PostmasterFailed && /could not bind|pre-existing shared memory/.test(error.log);
      if (!isPassing || attempt === START_ATTEMPTS) throw error;
      await delay(500);
    }
  }
}

function stopOnce(postmaster: SupervisedPostmaster, onStopped: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => {
    stopping ??= postmaster.stop().then(onStopped);
    return stopping;
  };
}
