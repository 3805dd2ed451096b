import {
  type BulkOperation,
  type JsonValue,
  maxBulkDataDepth,
  parseBulkRequest,
} from '@rollcall/scim-protocol';
import { expect, test } from 'vitest';
import { orderTasks } from './order-tasks.ts';
import { planSteps } from './plan-steps.ts';

const megabyte = 1_048_576;
const count = 1_000;
const many = (size: number, item: () => JsonValue): JsonValue => Array.from({ length: size }, item);
const groups = (dataOf: (n: number) => JsonValue): BulkOperation[] =>
  Array.from({ length: count }, (_, n) => ({
    method: 'POST',
    path: '/Groups',
    bulkId: `${n}`,
    data: dataOf(n),
  }));
const nested = (levels: number, inner: JsonValue): JsonValue =>
  levels === 0 ? inner : { a: nested(levels - 1, inner) };

/** Requests of a megabyte and more that are as hard to plan as can be thought of. */
const hardRequests: [string, () => BulkOperation[]][] = [
  [
    'each refers to all',
    () =>
      groups((n) => ({
        displayName: `${n}`,
        members: Array.from({ length: 120 }, (_, m) => ({ value: `bulkId:${(n + m) % count}` })),
      })),
  ],
  [
    'a cycle of all',
    () =>
      groups((n) => ({
        displayName: 'x'.repeat(megabyte / count),
        members: [{ value: `bulkId:${(n + 1) % count}` }],
      })),
  ],
  [
    'references that nobody has',
    () => groups((n) => Array.from({ length: 80 }, (_, m) => `bulkId:${n}-${m}`)),
  ],
  ['what looks like references', () => groups(() => '"bulkId:/bulkId:'.repeat(80))],
  [
    'a cycle at the bottom of many levels',
    () =>
      groups((n) =>
        many(3, () => nested(maxBulkDataDepth - 4, { x: 'y'.repeat(200), m: [{ value: `bulkId:${n}` }] })),
      ),
  ],
  [
    'changes of one group',
    () =>
      Array.from({ length: count }, (_, n) => ({
        method: 'PATCH',
        path: '/Groups/bulkId:g',
        data: {
          Operations: Array.from({ length: 20 }, () => ({
            op: 'add',
            path: `members[value eq "${n}"]`,
            value: [],
          })),
        },
      })),
  ],
];

/** Of CPU, for each megabyte: what is promised for a whole request, of which planning is the most where there is much of it. */
const MILLISECONDS_PER_MEGABYTE = 100;
/** Until it keeps to that: other work on the machine only ever adds. */
const ATTEMPTS = 10;

test.each(hardRequests)('%s: the time it takes to plan grows with the size alone', (_, make) => {
  const text = JSON.stringify({ Operations: make() });
  const megabytes = Math.max(1, text.length / megabyte);
  let lowest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && lowest >= MILLISECONDS_PER_MEGABYTE; attempt++) {
    const body = JSON.parse(text);
    const before = process.cpuUsage();
    const { operations } = parseBulkRequest(body, { maxOperations: count });
    planSteps(orderTasks(operations), { isStopped: false });
    const { user, system } = process.cpuUsage(before);
    lowest = Math.min(lowest, (user + system) / 1_000 / megabytes);
  }
  expect(lowest).toBeLessThan(MILLISECONDS_PER_MEGABYTE);
});
