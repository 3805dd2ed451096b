import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A running process of the operating system; `startedAt` tells it from an earlier one that had the same id. */
export interface OsProcess {
  pid: number;
  startedAt: string;
  command: string;
}

/** Finds the running process with this id; a zombie counts as gone. */
export function findProcess(pid: number): OsProcess | undefined {
  return existsSync('/proc/self/stat') ? findInProc(pid) : findWithPs(pid);
}

/** Waits until the process is gone and answers whether that happened within `timeout` milliseconds. */
export async function waitUntilGone({ pid, startedAt }: OsProcess, timeout: number): Promise<boolean> {
  const deadline = Date.now() + timeout;
  while (findProcess(pid)?.startedAt === startedAt) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

function findInProc(pid: number): OsProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name in parentheses may hold anything, so count the fields from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, startedAt: `${bootId}/${fields[19]}`, command };
  } catch {
    return undefined;
  }
}

function findWithPs(pid: number): OsProcess | undefined {
  try {
    const ps = (column: string) =>
      execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    if (ps('stat').startsWith('Z')) return undefined;
    return { pid, startedAt: ps('lstart'), command: ps('command') };
  } catch {
    return undefined;
  }
}
