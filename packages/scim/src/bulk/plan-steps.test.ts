import { type BulkOperation, PATCH_OP } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderTasks } from './order-tasks.ts';
import { planSteps, stepLimits } from './plan-steps.ts';
import { isRefusedTask } from './task.ts';

const [x, y] = ['01950000-0000-7000-8000-00000000000a', '01950000-0000-7000-8000-00000000000b'];

const user = (bulkId: string, userName = bulkId): BulkOperation => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName },
});
const group = (bulkId: string, member?: string): BulkOperation => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: member === undefined ? [] : [{ value: member }] },
});
const patch = (path: string, operation: object, version?: string): BulkOperation => ({
  method: 'PATCH',
  path,
  data: { schemas: [PATCH_OP], Operations: [JSON.parse(JSON.stringify(operation))] },
  ...(version === undefined ? {} : { version }),
});
const join = (path: string, member: string) =>
  patch(path, { op: 'add', path: 'members', value: [{ value: member }] });
const rename = (path: string) => patch(path, { op: 'replace', path: 'displayName', value: 'n' });
const remove = (path: string, version?: string): BulkOperation => ({
  method: 'DELETE',
  path,
  ...(version === undefined ? {} : { version }),
});

/** The steps as text, such as `createUsers 0 2`. */
function stepsOf(operations: readonly BulkOperation[], isStopped = false): string[] {
  return planSteps(orderTasks(operations), { isStopped }).map(({ kind, tasks }) =>
    [kind, ...tasks.map(({ index }) => index)].join(' '),
  );
}

describe('the steps of a bulk request', () => {
  test.each<[string, BulkOperation[], string[]]>([
    [
      'gather users and groups that come by turns',
      [user('a'), group('g', 'bulkId:a'), user('b'), group('h', 'bulkId:b')],
      ['createUsers 0 2', 'createGroups 1 3'],
    ],
    [
      'gather a person and their membership, by turns',
      [user('a'), join(`/Groups/${x}`, 'bulkId:a'), user('b'), join(`/Groups/${x}`, 'bulkId:b')],
      ['createUsers 0 2', 'changeMembers 1 3'],
    ],
    [
      'gather memberships of a group that is created here',
      [group('g'), join('/Groups/bulkId:g', x), join('/Groups/bulkId:g', y)],
      ['createGroups 0', 'changeMembers 1 2'],
    ],
    [
      'keep the order of what is done to one group',
      [join(`/Groups/${x}`, y), rename(`/Groups/${x}`), join(`/Groups/${x.toUpperCase()}`, x)],
      ['changeMembers 0', 'changeGroup 1', 'changeMembers 2'],
    ],
    [
      'do not create who has the name of somebody to be deleted before that',
      [user('a'), remove(`/Users/${x}`), user('b')],
      ['createUsers 0', 'deleteUsers 1', 'createUsers 2'],
    ],
    [
      'do not add to a group who is to be deleted after that',
      [join(`/Groups/${x}`, y), remove(`/Users/${y}`), join(`/Groups/${x}`, y)],
      ['changeMembers 0', 'deleteUsers 1', 'changeMembers 2'],
    ],
    [
      'do not look for who is deleted and comes back before they are back',
      [remove(`/Users/${x}`), join(`/Groups/${y}`, y), user('a'), join(`/Groups/${y}`, x)],
      ['deleteUsers 0', 'changeMembers 1', 'createUsers 2', 'changeMembers 3'],
    ],
    [
      'create two of one name one after the other',
      [user('a', 'N'), user('b', 'n')],
      ['createUsers 0', 'createUsers 1'],
    ],
    [
      'delete at once what names no version',
      [remove(`/Users/${x}`), remove(`/Users/${y}`), remove(`/Groups/${x}`, 'W/"1"'), remove(`/Groups/${y}`)],
      ['deleteUsers 0 1', 'changeGroup 2', 'deleteGroups 3'],
    ],
    [
      'delete one twice in two steps',
      [remove(`/Users/${x}`), remove(`/Users/${x}`)],
      ['deleteUsers 0', 'deleteUsers 1'],
    ],
    [
      'put nothing together with a completion',
      [group('a', 'bulkId:a')],
      ['createGroups 0', 'changeMembers 0'],
    ],
  ])('%s', (_, operations, expected) => {
    expect(stepsOf(operations)).toEqual(expected);
  });

  test('gather neighbours alone when errors stop the request', () => {
    const operations = [user('a'), user('b'), group('g'), user('c')];
    expect(stepsOf(operations, true)).toEqual(['createUsers 0 1', 'createGroups 2', 'createUsers 3']);
  });

  test('have a limit of items and one of characters', () => {
    const users = ['a', 'b', 'c', 'd', 'e'].map((id) => user(id));
    const sizes = (limits: typeof stepLimits) =>
      planSteps(orderTasks(users), { isStopped: false, limits }).map(({ tasks }) => tasks.length);
    expect(sizes({ ...stepLimits, maxItems: 2 })).toEqual([2, 2, 1]);
    expect(sizes({ ...stepLimits, maxCharacters: 3 * '{"userName":"a"}'.length })).toEqual([3, 2]);
    expect(sizes({ ...stepLimits, maxCharacters: 1 })).toEqual([1, 1, 1, 1, 1]);
  });

  test('a thousand users are one step', () => {
    expect(stepsOf(Array.from({ length: 1_000 }, (_, n) => user(`u${n}`)))).toHaveLength(1);
  });
});

describe('whatever the request', () => {
  const bulkId = fc.constantFrom('p', 'q', 'r', 's');
  const reference = fc.oneof(
    fc.constantFrom(x, y),
    bulkId.map((id) => `bulkId:${id}`),
  );
  const operation: fc.Arbitrary<BulkOperation> = fc.oneof(
    fc.tuple(bulkId, reference).map(([id, manager]) => ({
      ...user(id),
      data: { userName: id, manager: { value: manager } },
    })),
    fc.tuple(bulkId, reference).map(([id, member]) => group(id, member)),
    fc.tuple(reference, reference).map(([id, member]) => join(`/Groups/${id}`, member)),
    reference.map((id) => rename(`/Groups/${id}`)),
    reference.map((id) => patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 't' })),
    reference.map((id) => remove(`/Users/${id}`)),
    reference.map((id) => remove(`/Groups/${id}`)),
  );
  const request = fc
    .array(operation, { maxLength: 12 })
    // A bulkId is that of one POST.
    .map((all) =>
      all.filter(
        ({ method, bulkId: own }, index) =>
          method !== 'POST' || all.findIndex((other) => other.bulkId === own) === index,
      ),
    );

  test('every operation has its place, after what it refers to and in order with its resource', () => {
    fc.assert(
      fc.property(request, fc.boolean(), (operations, isStopped) => {
        const steps = planSteps(orderTasks(operations), { isStopped });
        const planned = steps.flatMap(({ tasks }, step) => tasks.map((task) => ({ task, step })));
        const first = planned.filter(({ task }) => isRefusedTask(task) || !task.completes);
        expect(first.map(({ task }) => task.index).sort((a, b) => a - b)).toEqual([...operations.keys()]);
        const refused = new Set(
          first.flatMap(({ task }) => (isRefusedTask(task) ? (operations[task.index]?.bulkId ?? []) : [])),
        );
        const createdIn = new Map<string, number>();
        const lastOf = new Map<string, { index: number; step: number }>();
        for (const { task, step } of planned) {
          if (isRefusedTask(task)) continue;
          for (const id of task.references.difference(refused)) {
            expect(createdIn.get(id) ?? Number.POSITIVE_INFINITY).toBeLessThan(step);
          }
          const { method, bulkId: own, path } = task.operation;
          if (method === 'POST' && own !== undefined) createdIn.set(own, step);
          if (method === 'POST' || task.completes) continue;
          const before = lastOf.get(path);
          if (before !== undefined) expect(before.index).toBeLessThan(task.index);
          lastOf.set(path, { index: task.index, step });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('what stops at errors is done in one order, that of the tasks', () => {
    fc.assert(
      fc.property(request, (operations) => {
        const tasks = orderTasks(operations);
        const steps = planSteps(tasks, { isStopped: true });
        expect(steps.flatMap((step) => step.tasks)).toEqual(tasks);
      }),
      { numRuns: 500 },
    );
  });
});
