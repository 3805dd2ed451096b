import { execFileSync, spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** The operating system user that PostgreSQL runs as; without ids it is the user of this process. */
export interface ServerUser {
  uid?: number;
  gid?: number;
}

/** True when this process is root, as which PostgreSQL refuses to run. */
export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/**
 * Chooses the user for a cluster: root hands an existing cluster to its owner, and a new one to the system's
 * `postgres` user, which is created when missing (or `nobody`, where no tool can create one).
 *
 * @throws Error when the cluster belongs to another user and this process is not root.
 */
export async function chooseServerUser(clusterDirectory?: string): Promise<ServerUser> {
  const owner = clusterDirectory ? await stat(clusterDirectory).catch(() => undefined) : undefined;
  if (!runsAsRoot()) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new Error(
        `The database in ${clusterDirectory} belongs to another user (uid ${owner.uid}). ` +
          'Start as that user or as root, or choose another data directory.',
      );
    }
    return {};
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findUser('postgres') ?? createUser('postgres') ?? findUser('nobody') ?? noServerUser();
}

/** Answers whether the user can enter the directory, as the kernel sees it (modes, ACLs, mounts). */
export function canEnter(directory: string, user: ServerUser): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$0"', directory], {
    ...user,
    cwd: '/',
    stdio: 'ignore',
  });
  return status === 0;
}

function findUser(name: string): ServerUser | undefined {
  try {
    const id = (option: string) =>
      Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createUser(name: string): ServerUser | undefined {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', name], { stdio: 'ignore' });
  return findUser(name);
}

function noServerUser(): never {
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody" to run it as. ' +
      'Create one (useradd --system postgres), start as an ordinary user, or set DATABASE_URL to a running server.',
  );
}
