import { readFileSync } from 'node:fs';

/** Looks now and then at how much a process has in memory. */
export interface MemoryWatch {
  /** Ends the watch; gives how many megabytes more than at its beginning it were at most. */
  stop(): number;
}

const LOOK_EVERY_MS = 100;

export function watchMemory(pid: number | undefined): MemoryWatch {
  const before = megabytesOf(pid);
  let most = before;
  const look = () => {
    most = Math.max(most, megabytesOf(pid));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return Math.round(most - before);
    },
  };
}

function megabytesOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/(?<=^VmRSS:\s*)\d+/m.exec(status)?.[0]) / 1024;
}
