import { createHash } from 'node:crypto';
import { many, uuid } from './costly.ts';

const text = JSON.stringify(many(20_000, (at) => ({ value: uuid(at) })));

/** The milliseconds of CPU, of all threads of this process, that something takes. */
export async function cpuTimeOf(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The lowest of several figures is what a thing costs: whatever else the machine does only adds to it. */
async function lowestOf(times: number, measure: () => Promise<number>): Promise<number> {
  let lowest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time++) lowest = Math.min(lowest, await measure());
  return lowest;
}

/** What the yardstick takes on the machine for which the promise is made, with nothing else running. */
const MILLISECONDS_THERE = 10;

/**
 * How many times slower than that machine this one is just now, and no less than 1. The yardstick is a megabyte of JSON
 * read, looked through and written: what requests do with theirs.
 */
export async function slowness(): Promise<number> {
  const milliseconds = await lowestOf(5, () => cpuTimeOf(readAndWrite));
  return Math.max(1, milliseconds / MILLISECONDS_THERE);
}

function readAndWrite(): string {
  const items: { value: string }[] = JSON.parse(text);
  const ids = new Map(items.map(({ value }, at) => [value.toUpperCase(), { at, value }]));
  return createHash('sha256')
    .update(JSON.stringify([...ids.values()]))
    .digest('hex');
}
