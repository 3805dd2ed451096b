import { type BulkOperation, type JsonValue, parseBulkRequest } from '@rollcall/scim-protocol';
import { expect, test } from 'vitest';
import { orderTasks } from './order-tasks.ts';
import { planSteps } from './plan-steps.ts';

const megabyte = 1_048_576;
const count = 1_000;
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
    'a circle of all',
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
    'a circle at the bottom of many levels',
    () => groups((n) => nested(60, { x: 'y'.repeat(500), m: [{ value: `bulkId:${n}` }] })),
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

test.each(hardRequests)('%s: the time it takes to plan grows with the size alone', (_, make) => {
  const body = { Operations: JSON.parse(JSON.stringify(make())) };
  const megabytes = Math.max(1, JSON.stringify(body).length / megabyte);
  const before = process.cpuUsage();
  const { operations } = parseBulkRequest(body, { maxOperations: count });
  planSteps(orderTasks(operations), { isStopped: false });
  const { user, system } = process.cpuUsage(before);
  // Some 50 ms on a quiet machine; what grows with the square takes seconds.
  expect((user + system) / 1_000 / megabytes).toBeLessThan(300);
});
