import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json.ts';
import { refusalOf } from '../testing/refusal.ts';
import { toMemberChange } from './member-change.ts';
import { groupOperations } from './testing/operations.ts';

const change = (...operations: readonly JsonValue[]) => {
  const found = toMemberChange(groupOperations(operations));
  return found && { ...found, attributes: Object.fromEntries(found.attributes) };
};
const unchanged = { addMembers: [], removeMembers: [], attributes: {} };

describe('toMemberChange', () => {
  it('adds, one operation per member or many at once', () => {
    expect(
      change(
        { op: 'add', path: 'members', value: [{ value: '1' }] },
        { op: 'Add', path: 'members', value: [{ $ref: null, value: '2' }, '3'] },
      ),
    ).toEqual({ ...unchanged, addMembers: ['1', '2', '3'] });
  });

  it.each<[JsonValue]>([
    [{ op: 'Remove', path: 'members', value: [{ value: '1' }, { value: '2' }] }],
    [{ op: 'remove', path: 'members[value eq "1" or value eq "2"]' }],
    [{ op: 'remove', path: 'MEMBERS[Value EQ "1" or (value eq "2")]' }],
  ])('removes exactly those named by %j', (operation) => {
    expect(change(operation)).toEqual({ ...unchanged, removeMembers: ['1', '2'] });
  });

  it('nets what is added and removed in order', () => {
    const add = { op: 'add', path: 'members', value: [{ value: '1' }] };
    const remove = { op: 'remove', path: 'members[value eq "1"]' };
    expect(change(add, remove)).toEqual({ ...unchanged, removeMembers: ['1'] });
    expect(change(remove, add)).toEqual({ ...unchanged, addMembers: ['1'] });
  });

  it.each<[JsonValue, readonly string[]]>([
    [{ op: 'remove', path: 'members' }, []],
    [{ op: 'replace', path: 'members', value: [] }, []],
    [{ op: 'replace', path: 'members', value: [{ value: '1' }, { value: '2', display: 'b' }] }, ['1', '2']],
    [{ op: 'replace', value: { members: [{ value: '1' }] } }, ['1']],
  ])('sets all with %j', (operation, setMembers) => {
    expect(change(operation)).toEqual({ ...unchanged, setMembers });
  });

  it('goes on from a set', () => {
    expect(
      change(
        { op: 'replace', path: 'members', value: [{ value: '1' }, { value: '2' }] },
        { op: 'remove', path: 'members[value eq "1"]' },
        { op: 'add', path: 'members', value: [{ value: '3' }] },
      ),
    ).toEqual({ ...unchanged, setMembers: ['2', '3'] });
  });

  it('leaves members alone when only attributes change', () => {
    expect(change({ op: 'replace', value: { id: 'g', displayName: 'H', externalId: 'e' } })).toEqual({
      ...unchanged,
      attributes: { displayName: 'H', externalId: 'e' },
    });
  });

  it.each<[JsonValue]>([
    [{ op: 'remove', path: 'members[type eq "Group"]' }],
    [{ op: 'remove', path: 'members[value sw "1"]' }],
    [{ op: 'remove', path: 'members[value eq "1" and type eq "User"]' }],
    [{ op: 'add', path: 'members[value eq "1"]', value: { value: '1' } }],
  ])('is undefined for %j, which needs the current members', (operation) => {
    expect(change(operation)).toBeUndefined();
  });

  it('takes a member by the address alone, and none who is nobody', () => {
    const add = (value: JsonValue) => change({ op: 'add', path: 'members', value: [value] });
    expect(add({ $ref: 'https://x.example/Users/1' })).toMatchObject({ addMembers: ['1'] });
    expect(refusalOf(() => add({ type: 'User' }))).toMatchObject({
      scimType: 'invalidValue',
      detail:
        'Operations[0]: members[0] names nobody. Give the id in value, or the address of the resource in $ref.',
    });
  });
});
