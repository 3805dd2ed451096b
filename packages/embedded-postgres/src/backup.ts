import { chmod, chown, cp, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type ClusterHome, openClusterHome } from './cluster-home.ts';
import { lockDirectory } from './directory-lock.ts';
import { makeDirectory } from './make-directory.ts';
import { digestsOf, readManifest, syncFiles, writeManifest } from './manifest.ts';
import { clearPostmaster } from './postmaster-pid-file.ts';
import type { ServerUser } from './server-user.ts';

/** A database at rest, and the directory that a copy of it is kept in. */
export interface BackupOptions {
  dataDirectory: string;
  backup: string;
}

const CLUSTER = 'cluster';
const PASSWORD = 'password';

/** What PostgreSQL writes for as long as it runs. */
const ofRunning = new Set(['postmaster.pid', 'postmaster.opts']);

/**
 * Has PostgreSQL begin another timeline when it starts on a copy, as after any recovery: otherwise nobody could tell
 * the copy's future from the one that the original had. There is no archive, so its command finds nothing, and nobody is
 * let in before it is done.
 */
const BEGIN_TIMELINE = `restore_command = 'false'\nhot_standby = off\n`;

/**
 * Copies the whole cluster while nothing runs on it, with the digest of every file. Answers how many files there are.
 *
 * @throws DataDirectoryInUse when a server runs on it, Error when there is none, or the backup exists already, is to be in the
 *   database's own directory, or can't be written.
 */
export async function backUpCluster({ dataDirectory, backup }: BackupOptions): Promise<number> {
  await assertAbsent(resolve(backup), 'Choose another directory for the backup.');
  if (!(await exists(resolve(dataDirectory)))) throw noDatabase(resolve(dataDirectory));
  const unfinished = `${resolve(backup)}.unfinished`;
  return withLock(await openClusterHome(dataDirectory), async (home) => {
    if (!(await exists(join(home.cluster, 'PG_VERSION')))) throw noDatabase(home.directory);
    for (const own of [await realpath(dataDirectory), home.directory])
      await assertOutside(own, resolve(backup));
    return wholeOrNothing(resolve(backup), [unfinished], async () => {
      await rm(unfinished, { recursive: true, force: true });
      await makeDirectory(unfinished, 0o700);
      await copyFiles(home.cluster, join(unfinished, CLUSTER));
      await cp(home.password, join(unfinished, PASSWORD));
      const files = await digestsOf(unfinished);
      const originals = await digestsOf(home.cluster);
      for (const [path, digest] of Object.entries(originals))
        if (!ofRunning.has(basename(path)) && files[`${CLUSTER}/${path}`] !== digest)
          throw new Error(`${path} of ${home.cluster} could not be copied as it is. Is the disk all right?`);
      await writeManifest(unfinished, files);
      await syncFiles(unfinished);
      await rename(unfinished, resolve(backup));
      return Object.keys(files).length;
    });
  });
}

/**
 * Makes the database of a data directory from a backup whose files are all as they were. Answers how many there are.
 *
 * @throws DataDirectoryInUse, or Error when there is a database already, or the backup is not whole.
 */
export async function restoreCluster({ dataDirectory, backup }: BackupOptions): Promise<number> {
  const files = await readManifest(resolve(backup), [`${CLUSTER}/PG_VERSION`, PASSWORD]);
  return withLock(await openClusterHome(dataDirectory), async (home) => {
    await assertAbsent(home.cluster, `Move ${home.directory} away first.`);
    const unfinished = `${home.cluster}.unfinished`;
    await wholeOrNothing(home.directory, [unfinished, home.password], async () => {
      await rm(unfinished, { recursive: true, force: true });
      await copyFiles(join(resolve(backup), CLUSTER), unfinished);
      const settings = join(unfinished, 'postgresql.auto.conf');
      await writeFile(settings, BEGIN_TIMELINE, { flag: 'a' });
      await writeFile(join(unfinished, 'recovery.signal'), '');
      await rm(home.password, { force: true });
      await cp(join(resolve(backup), PASSWORD), home.password);
      await giveTo(home.user, [unfinished, home.password]);
      await syncFiles(unfinished);
      await rename(unfinished, home.cluster);
    });
    return files;
  });
}

async function withLock<Result>(
  home: ClusterHome,
  use: (home: ClusterHome) => Promise<Result>,
): Promise<Result> {
  const lock = await lockDirectory(home.directory, home.lock);
  try {
    await clearPostmaster(home.cluster, { isOrphan: lock.tookOver });
    return await use(home);
  } finally {
    await lock.release();
  }
}

/** When the work can't be ended, what it has left is removed, and what the system says of it is told with the way out. */
async function wholeOrNothing<Result>(
  target: string,
  unfinished: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // Where it was not possible to write, it may not be possible to remove; the first error is the one to tell.
    for (const path of unfinished) await rm(path, { recursive: true, force: true }).catch(() => undefined);
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Error(
      `${target} could not be written (${error.message}), and nothing is left of it. Make room on its disk and let yourself write there, or choose another directory.`,
      { cause: error },
    );
  }
}

const copyFiles = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, verbatimSymlinks: true, filter: (path) => !ofRunning.has(basename(path)) });

/** Closed to everybody else, as PostgreSQL wants its files to be. */
async function giveTo(user: ServerUser, paths: readonly string[]): Promise<void> {
  const { uid, gid } = user;
  for (const path of paths) {
    const isDirectory = (await stat(path)).isDirectory();
    await chmod(path, isDirectory ? 0o700 : 0o600);
    if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
    const within = isDirectory ? await readdir(path) : [];
    await giveTo(
      user,
      within.map((name) => join(path, name)),
    );
  }
}

/** A backup goes to where it stays when the database's own directory is moved away or deleted. */
async function assertOutside(directory: string, backup: string): Promise<void> {
  const way = relative(directory, await realPathOf(backup));
  if (way === '..' || way.startsWith(`..${sep}`)) return;
  throw new Error(
    `${backup} is within ${directory}, the database's own directory. Choose another directory for the backup.`,
  );
}

/** The path without symbolic links, also of what is not there yet. */
const realPathOf = (path: string): Promise<string> =>
  realpath(path).catch(async () => join(await realPathOf(dirname(path)), basename(path)));

async function assertAbsent(path: string, wayOut: string): Promise<void> {
  if (await exists(path)) throw new Error(`${path} is there already. ${wayOut}`);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const noDatabase = (directory: string): Error => new Error(`There is no database in ${directory}.`);
