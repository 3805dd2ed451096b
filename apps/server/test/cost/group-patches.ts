import { type CostlyInputs, many, oneOperation, patchOf, uuid } from './costly.ts';

const membersOf = (at: number, count: number) =>
  many(count, (step) => ({ value: uuid((at * count + step) % 20_000) }));

/** Changes of one group. */
export function groupPatches(groupId: string): CostlyInputs {
  const path = `/Groups/${groupId}`;
  return {
    'many members at once': oneOperation(path, 20_000, (size) => ({
      op: 'add',
      path: 'members',
      value: membersOf(0, size),
    })),
    'many members removed at once': oneOperation(path, 20_000, (size) => ({
      op: 'remove',
      path: 'members',
      value: membersOf(0, size),
    })),
    'other members with each operation': patchOf(path, 2_000, (at) => ({
      op: 'add',
      path: 'members',
      value: membersOf(at, 9),
    })),
    'members less with each operation': patchOf(path, 2_000, (at) => ({
      op: 'remove',
      path: `members[${membersOf(at, 6)
        .map(({ value }) => `value eq "${value}"`)
        .join(' or ')}]`,
    })),
    'the same members in and out': patchOf(path, 2_000, (at) => ({
      op: at % 2 === 0 ? 'add' : 'remove',
      path: 'members',
      value: membersOf(0, 9),
    })),
    'all members replaced with each operation': patchOf(path, 2_000, (at) => ({
      op: 'replace',
      path: 'members',
      value: membersOf(at, 9),
    })),
  };
}
