import { readFile } from 'node:fs/promises';

/** Linux counts the time of processes in hundredths of a second. */
const MS_PER_TICK = 10;

/**
 * The milliseconds of processor that a process has taken with its children, those that have ended included; undefined
 * where the system does not tell by `/proc`.
 */
export async function processorTime(pid: number): Promise<number | undefined> {
  const own = await ticks(pid, 4);
  if (own === undefined) return undefined;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const living = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => ticks(Number(child), 2)),
  );
  return living.reduce<number>((sum, time = 0) => sum + time, own) * MS_PER_TICK;
}

/** The first of: in the program, in the kernel, and both of the children that have ended (proc(5), fields 14 to 17). */
async function ticks(pid: number, count: 2 | 4): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name may have spaces; what follows it begins with field 3.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.slice(11, 11 + count).reduce((sum, field) => sum + Number(field), 0);
}
