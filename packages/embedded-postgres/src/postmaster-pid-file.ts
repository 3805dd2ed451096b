import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectoryInUse } from './directory-lock.ts';
import { findProcess, type OsProcess, waitUntilGone } from './os-process.ts';

/** What PostgreSQL writes to `postmaster.pid`: the process in line 1, its state in line 8. */
export interface PostmasterPidFile {
  pid: number;
  ready: boolean;
}

const FAST_SHUTDOWN_TIMEOUT = 30_000;

/** Reads the cluster's `postmaster.pid`, if there is one. */
export async function readPostmasterPidFile(cluster: string): Promise<PostmasterPidFile | undefined> {
  const contents = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = contents.split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** Finds the server that is running on the cluster. */
export async function findPostmaster(cluster: string): Promise<OsProcess | undefined> {
  const pidFile = await readPostmasterPidFile(cluster);
  const running = pidFile && findProcess(pidFile.pid);
  return running?.command.includes(cluster) ? running : undefined;
}

/**
 * Makes the cluster free for a new server; one whose owner was killed is shut down (it may be doing that already).
 *
 * @throws DataDirectoryInUse when a server runs there that this package did not start, or doesn't stop.
 */
export async function clearPostmaster(cluster: string, options: { isOrphan: boolean }): Promise<void> {
  const postmaster = await findPostmaster(cluster);
  if (postmaster && !(options.isOrphan && (await stopPostmaster(postmaster)))) {
    const whatToDo = `It is a PostgreSQL server: stop it (kill -INT ${postmaster.pid}) and start again.`;
    throw new DataDirectoryInUse(cluster, postmaster.pid, whatToDo);
  }
  await disownPidFile(join(cluster, 'postmaster.pid'));
}

/**
 * PostgreSQL takes any process with the number in a stale `postmaster.pid` for a server, even a zombie, and in a
 * container numbers repeat. Its own parent's number it knows to be none; the rest of the file must stay, because
 * by the shared memory it names PostgreSQL sees whether sessions of the dead server still write.
 */
async function disownPidFile(pidFile: string): Promise<void> {
  const contents = await readFile(pidFile, 'utf8').catch(() => undefined);
  if (contents) await writeFile(pidFile, contents.replace(/^\d+/, String(process.pid)));
}

/** Asks for a fast shutdown (SIGINT: sessions are ended, nothing is lost) and answers whether it came in time. */
export async function stopPostmaster(postmaster: OsProcess): Promise<boolean> {
  try {
    process.kill(postmaster.pid, 'SIGINT');
  } catch {
    // Gone meanwhile, or not ours to signal: waiting tells the two apart.
  }
  return waitUntilGone(postmaster, FAST_SHUTDOWN_TIMEOUT);
}
