import type { BulkOperation, JsonValue } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { orderTasks } from './order-tasks.ts';
import { isRefusedTask } from './task.ts';

const user = (bulkId: string, manager?: string): BulkOperation => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName: bulkId, ...(manager === undefined ? {} : { x: { manager: { value: manager } } }) },
});
const group = (bulkId: string, ...members: string[]): BulkOperation => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((value) => ({ value })) },
});

/** The order as text: places in the request, `+` for a completion, `!` for a refusal. */
const orderOf = (operations: readonly BulkOperation[]): string =>
  orderTasks(operations)
    .map((task) => `${task.index}${isRefusedTask(task) ? '!' : task.completes ? '+' : ''}`)
    .join(' ');

describe('the order of tasks (RFC 7644 §3.7)', () => {
  test.each<[string, BulkOperation[], string]>([
    ['without references is that of the request', [user('b'), group('g'), user('a')], '0 1 2'],
    ['has what is referred to first', [group('g', 'bulkId:u'), user('x'), user('u')], '2 0 1'],
    ['follows references through', [user('a', 'bulkId:b'), user('b', 'bulkId:c'), user('c')], '2 1 0'],
    ['completes a cycle of two', [group('a', 'bulkId:b'), group('b', 'bulkId:a')], '1 0 1+'],
    ['completes what refers to itself', [group('a', 'bulkId:a')], '0 0+'],
    [
      'completes a cycle of three when its outermost is there',
      [user('a', 'bulkId:b'), user('b', 'bulkId:c'), user('c', 'bulkId:a')],
      '2 1 0 2+',
    ],
    ['refuses what refers to nothing', [group('g', 'bulkId:nobody'), user('u')], '0! 1'],
  ])('%s', (_, operations, expected) => {
    expect(orderOf(operations)).toBe(expected);
  });

  test('a completion adds what was left out, and nothing else', () => {
    const [, , completion] = orderTasks([group('a', 'bulkId:b'), group('b', 'bulkId:a', '1')]);
    expect(completion).toMatchObject({
      index: 1,
      operation: {
        method: 'PATCH',
        path: '/Groups/bulkId:b',
        data: { Operations: [{ op: 'add', value: { members: [{ value: 'bulkId:a' }] } }] },
      },
      target: { type: 'Group', id: 'bulkId:b' },
      references: new Set(['b', 'a']),
    });
  });

  test('what can not be created without what closes the cycle is refused with 409', () => {
    const data: JsonValue = 'bulkId:a';
    const [task] = orderTasks([{ method: 'POST', path: '/Users', bulkId: 'a', data }]);
    expect(task).toMatchObject({ error: { status: 409 } });
  });

  test.each(['/Users/1/x', '/Cars', '/Users?attributes=id', '/', '/Me', '/UsersX'])(
    'the path %s is refused',
    (path) => {
      const [task] = orderTasks([{ method: 'PUT', path, data: {} }]);
      expect(task).toMatchObject({ error: { status: 400, scimType: 'invalidValue' } });
    },
  );

  test('a thousand that refer to each other in a row do not exhaust the stack', () => {
    const chain = Array.from({ length: 1_000 }, (_, n) => user(`u${n}`, `bulkId:u${n + 1}`));
    expect(orderTasks([...chain, user('u1000')]).map(({ index }) => index)).toEqual(
      Array.from({ length: 1_001 }, (_, n) => 1_000 - n),
    );
  });
});
