import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import type { ClusterHome } from './cluster-home.ts';
import type { ServerUser } from './server-user.ts';

/** The name of the cluster's superuser. */
export const SUPERUSER = 'postgres';

/**
 * Creates the cluster with `initdb` unless it exists, and answers its superuser's password.
 *
 * @throws Error when the cluster is of another major version, its password is lost, or initdb fails.
 */
export async function ensureCluster(
  home: ClusterHome,
  binaries: Binaries,
  options: { durable: boolean; onCreate(): void },
): Promise<string> {
  const version = await readFile(join(home.cluster, 'PG_VERSION'), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (version === undefined) {
    options.onCreate();
    return createCluster(home, binaries, options.durable);
  }
  if (version.trim() !== binaries.majorVersion) {
    throw new Error(
      `The database in ${home.directory} was made by PostgreSQL ${version.trim()}, this is ${binaries.majorVersion}. ` +
        'Move it with pg_dump and pg_restore, or delete the directory to start with an empty one.',
    );
  }
  return readPassword(home);
}

async function readPassword(home: ClusterHome): Promise<string> {
  const password = await readFile(home.password, 'utf8').catch((cause) => {
    throw new Error(`The database's password can't be read from ${home.password}.`, { cause });
  });
  return password.trim();
}

/** The directory gets its final name last, so an interrupted initdb is never taken for a cluster. */
async function createCluster(home: ClusterHome, binaries: Binaries, durable: boolean): Promise<string> {
  const unfinished = `${home.cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  await rm(home.password, { force: true });
  await writeFile(home.password, `${password}\n`, { mode: 0o600 });
  await giveTo(home.user, unfinished);
  // initdb reads it as the server's user.
  await giveTo(home.user, home.password);
  await runInitdb(binaries, home, [`--pgdata=${unfinished}`, ...(durable ? [] : ['--no-sync'])]);
  await rename(unfinished, home.cluster);
  return password;
}

async function giveTo({ uid, gid }: ServerUser, path: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/**
 * The builtin provider's C.UTF-8 sorts by code point and knows every letter, alike on all platforms. The trigram
 * index asks the C library's locale what a letter is, so that is UTF-8 too where the system has one.
 */
async function runInitdb({ initdb }: Binaries, home: ClusterHome, options: string[]): Promise<void> {
  const fixed = [
    `--username=${SUPERUSER}`,
    `--pwfile=${home.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ];
  const run = (ctype: string) =>
    promisify(execFile)(initdb, [...fixed, `--lc-ctype=${ctype}`, ...options], {
      ...home.user,
      cwd: '/',
      env: { LC_ALL: 'C' },
    });
  try {
    await run(process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8');
  } catch (error) {
    if (!isUnknownLocale(error)) throw error;
    await run('C');
  }
}

function isUnknownLocale(error: unknown): boolean {
  return error instanceof Error && /invalid locale/.test(error.message);
}
