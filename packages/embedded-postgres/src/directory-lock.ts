import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findProcess } from './os-process.ts';

/** The data directory is used by another running process, `pid`. */
export class DataDirectoryInUse extends Error {
  override name = 'DataDirectoryInUse';
  readonly pid: number;

  constructor(directory: string, pid: number, whatToDo: string) {
    super(`The database in ${directory} is in use by process ${pid}. ${whatToDo}`);
    this.pid = pid;
  }
}

interface Holder {
  pid: number;
  startedAt: string;
}

/** A lock that this process holds; `tookOver` when the one before died without giving it back. */
export interface DirectoryLock {
  tookOver: boolean;
  /** Only the first call removes the file: after it, another process may have taken the lock. */
  release(): Promise<void>;
}

/**
 * Takes the lock of a data directory for this process; one whose holder is no longer running is taken over.
 *
 * @throws DataDirectoryInUse when its holder is running.
 */
export async function lockDirectory(directory: string, lockFile: string): Promise<DirectoryLock> {
  const taken = await takeLock(lockFile);
  if (typeof taken === 'object') throw inUse(directory, taken);
  let released: Promise<void> | undefined;
  const release = () => {
    released ??= rm(lockFile, { force: true });
    return released;
  };
  return { tookOver: taken === 'taken over', release };
}

/** Finds the running process that holds the lock. */
export async function findHolder(lockFile: string): Promise<Holder | undefined> {
  const holder = parseHolder(await readFile(lockFile, 'utf8').catch(() => ''));
  return holder && findProcess(holder.pid)?.startedAt === holder.startedAt ? holder : undefined;
}

/** Answers how the lock was taken, or who holds it. */
async function takeLock(lockFile: string): Promise<'created' | 'taken over' | Holder> {
  const draft = `${lockFile}.${randomUUID()}`;
  const self: Holder = { pid: process.pid, startedAt: findProcess(process.pid)?.startedAt ?? '' };
  await writeFile(draft, JSON.stringify(self));
  try {
    for (;;) {
      // A link appears with its contents, so nobody reads a lock that is half written.
      if (await linkUnlessExists(draft, lockFile)) return 'created';
      const holder = await findHolder(lockFile);
      if (holder) return holder;
      if (await replaceStaleLock(lockFile, draft)) return 'taken over';
      await delay(10);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Replaces a stale lock under a lock of its own: of two that saw it, the slower would replace the quicker's new
 * one. A holder that died in here leaves that lock stale too, and it is taken over in the same way.
 */
async function replaceStaleLock(lockFile: string, draft: string): Promise<boolean> {
  const replacing = `${lockFile}.replacing`;
  if (typeof (await takeLock(replacing)) === 'object') return false;
  try {
    if (!existsSync(lockFile) || (await findHolder(lockFile))) return false;
    await rename(draft, lockFile);
    return true;
  } finally {
    await rm(replacing);
  }
}

function linkUnlessExists(existing: string, path: string): Promise<boolean> {
  return link(existing, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

function inUse(directory: string, { pid }: Holder): DataDirectoryInUse {
  const whatToDo =
    pid === process.pid
      ? 'That is this very process: stop the first server before starting another.'
      : `Stop it (kill ${pid}), use its database, or choose another data directory.`;
  return new DataDirectoryInUse(directory, pid, whatToDo);
}

function parseHolder(json: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value)) return;
    return { pid: Number(value.pid), startedAt: String(value.startedAt) };
  } catch {
    return undefined;
  }
}
