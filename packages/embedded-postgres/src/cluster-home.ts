import { createHash } from 'node:crypto';
import { chmod, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findHolder } from './directory-lock.ts';
import { makeDirectory } from './make-directory.ts';
import { canEnter, chooseServerUser, type ServerUser } from './server-user.ts';
import { makeSharedDirectory } from './shared-directory.ts';

/** Where one cluster lives, with the files that stand beside it. */
export interface ClusterHome {
  directory: string;
  cluster: string;
  password: string;
  port: string;
  log: string;
  lock: string;
  user: ServerUser;
}

const POINTER = 'moved-to.txt';
const LOCK = 'lock.json';

/**
 * Finds or makes the home of the cluster for the data directory that was asked for. It is that directory, except
 * where the server's user can't enter it (root's own files): then the home is under `/var/lib/rollcall`, and a
 * note in the directory says where. Without the note the data is nobody's any more and is set aside, so that
 * deleting the data directory gives an empty database here as anywhere else.
 */
export async function openClusterHome(dataDirectory: string): Promise<ClusterHome> {
  const requested = await makeHome(resolve(dataDirectory));
  const movedTo = await readPointer(requested);
  if (movedTo) return homeIn(await makeHome(movedTo));

  const home = await homeIn(requested);
  if (canEnter(requested, home.user)) return home;

  const hash = createHash('sha256').update(requested).digest('hex').slice(0, 16);
  const directory = join(await makeSharedDirectory(), `data-${hash}`);
  await setAside(directory);
  const moved = await homeIn(await makeHome(directory));
  await writePointer(requested, directory);
  return moved;
}

async function homeIn(directory: string): Promise<ClusterHome> {
  const cluster = join(directory, 'cluster');
  return {
    directory,
    cluster,
    password: join(directory, 'password'),
    port: join(directory, 'port'),
    log: join(directory, 'postgres.log'),
    lock: join(directory, LOCK),
    user: await chooseServerUser(cluster),
  };
}

async function setAside(directory: string): Promise<void> {
  if (await findHolder(join(directory, LOCK))) return;
  await rename(directory, `${directory}.set-aside-${Date.now()}`).catch(() => undefined);
}

async function makeHome(directory: string): Promise<string> {
  // The server's user must pass through, whatever the umask; the cluster inside is closed by itself.
  if (await makeDirectory(directory)) await chmod(directory, 0o711);
  return realpath(directory);
}

async function readPointer(requested: string): Promise<string | undefined> {
  const note = await readFile(join(requested, POINTER), 'utf8').catch(() => '');
  const directory = note.split('\n')[0];
  if (!directory) return undefined;
  await stat(directory).catch((cause) => {
    throw new Error(
      `${join(requested, POINTER)} says that the database is in ${directory}, but that is gone. ` +
        'Bring it back, or delete the note to start with an empty database.',
      { cause },
    );
  });
  return directory;
}

function writePointer(requested: string, directory: string): Promise<void> {
  const note = `${directory}

The database of this directory is in the one named above, because PostgreSQL refuses to run as root and its own
user can't enter this one. Delete both to start with an empty database.
`;
  return writeFile(join(requested, POINTER), note);
}
