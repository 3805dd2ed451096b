import { type BulkOperation, PATCH_OP } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderTasks } from './order-tasks.ts';
import { planSteps } from './plan-steps.ts';
import { isRefusedTask, type PlannedTask } from './task.ts';

const userId = '01950000-0000-7000-8000-00000000000a';
const otherUserId = '01950000-0000-7000-8000-00000000000b';
const groupId = '01950000-0000-7000-8000-00000000000c';

/** As much of a directory as tells whether an order matters: names are unique, whoever goes leaves all groups. */
class ModelDirectory {
  readonly #users = new Map([
    [userId, { name: 'p', isDeleted: false }],
    [otherUserId, { name: 'q', isDeleted: false }],
  ]);
  readonly #groups = new Map([[groupId, { name: 'p', members: new Set<string>([userId]) }]]);
  readonly #ids = new Map<string, string>();
  readonly #statuses = new Map<string, boolean>();

  do(task: PlannedTask): void {
    if (isRefusedTask(task)) return;
    this.#statuses.set(`${task.index}${task.completes ? '+' : ''}`, this.#attempt(task) !== false);
  }

  /** Everything there is to see afterwards. */
  outcome(): unknown {
    const byKey = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    const groups = byKey(this.#groups).map(([id, { name, members }]) => [id, name, [...members].sort()]);
    return { users: byKey(this.#users), groups, statuses: byKey(this.#statuses) };
  }

  #attempt({ operation, target }: Exclude<PlannedTask, { error: unknown }>): unknown {
    const { method, bulkId = '', data } = operation;
    const given = Object(data);
    const id = this.#resolve(target.id ?? '');
    if (method === 'POST') {
      const created =
        target.type === 'User' ? this.#createUser(given, bulkId) : this.#createGroup(given, bulkId);
      return created !== undefined && this.#ids.set(bulkId, created);
    }
    if (method === 'DELETE') return target.type === 'User' ? this.#deleteUser(id) : this.#deleteGroup(id);
    const { path, value } = given.Operations[0];
    if (path === undefined || path === 'members') {
      return this.#join(id, path === undefined ? value.members : value);
    }
    return target.type === 'User' ? this.#renameUser(id, value) : this.#renameGroup(id, value);
  }

  #resolve = (id: string): string =>
    id.startsWith('bulkId:') ? (this.#ids.get(id.slice('bulkId:'.length)) ?? 'nothing') : id;

  #createUser({ userName }: { userName: string }, bulkId: string): string | undefined {
    const [id = `new user ${bulkId}`, known] =
      [...this.#users].find(([, { name }]) => name === userName) ?? [];
    if (known?.isDeleted === false) return undefined;
    this.#users.set(id, { name: userName, isDeleted: false });
    return id;
  }

  #createGroup(
    group: { displayName: string; members?: { value: string }[] },
    bulkId: string,
  ): string | undefined {
    const members = (group.members ?? []).map(({ value }) => this.#resolve(value));
    if (this.#hasGroupNamed(group.displayName) || !members.every((id) => this.#isThere(id))) return undefined;
    this.#groups.set(`new group ${bulkId}`, { name: group.displayName, members: new Set(members) });
    return `new group ${bulkId}`;
  }

  #deleteUser(id: string): boolean {
    const user = this.#users.get(id);
    if (user === undefined || user.isDeleted) return false;
    user.isDeleted = true;
    for (const { members } of this.#groups.values()) members.delete(id);
    return true;
  }

  #deleteGroup(id: string): boolean {
    for (const { members } of this.#groups.values()) members.delete(id);
    return this.#groups.delete(id);
  }

  #join(id: string, members: { value: string }[]): boolean {
    const ids = members.map(({ value }) => this.#resolve(value));
    const group = this.#groups.get(id);
    if (group === undefined || !ids.every((member) => this.#isThere(member))) return false;
    for (const member of ids) group.members.add(member);
    return true;
  }

  #renameUser(id: string, name: string): boolean {
    const user = this.#users.get(id);
    if (user === undefined || user.isDeleted) return false;
    if ([...this.#users].some(([other, { name: taken }]) => other !== id && taken === name)) return false;
    user.name = name;
    return true;
  }

  #renameGroup(id: string, name: string): boolean {
    const group = this.#groups.get(id);
    if (group === undefined || this.#hasGroupNamed(name)) return false;
    group.name = name;
    return true;
  }

  #hasGroupNamed = (name: string): boolean => [...this.#groups.values()].some((group) => group.name === name);
  #isThere = (id: string): boolean => this.#users.get(id)?.isDeleted === false || this.#groups.has(id);
}

const bulkId = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const name = fc.constantFrom('p', 'q', 'r');
const user = fc.oneof(
  fc.constantFrom(userId, otherUserId),
  bulkId.map((id) => `bulkId:${id}`),
);
const group = fc.oneof(
  fc.constant(groupId),
  bulkId.map((id) => `bulkId:${id}`),
);
const member = fc.oneof(user, group);
const patch = (
  path: string,
  operation: { path: string; value: string | { value: string }[] },
): BulkOperation => ({
  method: 'PATCH',
  path,
  data: { schemas: [PATCH_OP], Operations: [{ op: 'add', ...operation }] },
});

const operation: fc.Arbitrary<BulkOperation> = fc.oneof(
  fc.tuple(bulkId, name).map(([id, userName]) => ({
    method: 'POST' as const,
    path: '/Users',
    bulkId: id,
    data: { userName },
  })),
  fc.tuple(bulkId, name, fc.array(member, { maxLength: 2 })).map(([id, displayName, members]) => ({
    method: 'POST' as const,
    path: '/Groups',
    bulkId: id,
    data: { displayName, members: members.map((value) => ({ value })) },
  })),
  fc
    .tuple(group, member)
    .map(([id, value]) => patch(`/Groups/${id}`, { path: 'members', value: [{ value }] })),
  fc.tuple(group, name).map(([id, value]) => patch(`/Groups/${id}`, { path: 'displayName', value })),
  fc.tuple(user, name).map(([id, value]) => patch(`/Users/${id}`, { path: 'userName', value })),
  user.map((id) => ({ method: 'DELETE' as const, path: `/Users/${id}` })),
  group.map((id) => ({ method: 'DELETE' as const, path: `/Groups/${id}` })),
);

/** A bulkId is that of one POST. */
const isFirstOfItsBulkId = (one: BulkOperation, index: number, all: readonly BulkOperation[]) =>
  one.method !== 'POST' ||
  all.findIndex(({ method, bulkId: id }) => method === 'POST' && id === one.bulkId) === index;

test('the steps have the outcome of the tasks one by one (RFC 7644 §3.7)', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 14 }), (operations) => {
      const tasks = orderTasks(operations.filter(isFirstOfItsBulkId));
      const [oneByOne, inSteps] = [new ModelDirectory(), new ModelDirectory()];
      for (const task of tasks) oneByOne.do(task);
      for (const step of planSteps(tasks, { isStopped: false }))
        for (const task of step.tasks) inSteps.do(task);
      expect(inSteps.outcome()).toEqual(oneByOne.outcome());
    }),
    { numRuns: 10_000 },
  );
});
