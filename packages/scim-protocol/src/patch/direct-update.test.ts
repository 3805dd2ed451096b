import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json.ts';
import { ENTERPRISE_USER_SCHEMA as ENTERPRISE } from '../schema/urns.ts';
import { refusalOf } from '../testing/refusal.ts';
import { toDirectUpdate } from './direct-update.ts';
import { userOperations } from './testing/operations.ts';

const direct = (...operations: readonly JsonValue[]) => {
  const update = toDirectUpdate(userOperations(operations));
  return update && Object.fromEntries(update);
};

describe('toDirectUpdate', () => {
  it('has the last value of each attribute, and null for what is cleared', () => {
    const update = direct(
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'replace', path: 'name.familyName', value: 'F' },
      { op: 'remove', path: 'displayName' },
      { op: 'add', path: 'displayName', value: 'D' },
      { op: 'replace', path: 'title', value: '' },
      { op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: 'm' } },
      { op: 'replace', path: `${ENTERPRISE}:department`, value: null },
    );
    expect(update).toEqual({
      active: false,
      'name.familyName': 'F',
      displayName: 'D',
      title: null,
      [`${ENTERPRISE}:manager.value`]: 'm',
      [`${ENTERPRISE}:department`]: null,
    });
  });

  it('clears a complex attribute part by part', () => {
    expect(direct({ op: 'remove', path: `${ENTERPRISE}:manager` })).toEqual({
      [`${ENTERPRISE}:manager.value`]: null,
      [`${ENTERPRISE}:manager.$ref`]: null,
    });
  });

  it('takes whole lists, which do not depend on what was there', () => {
    expect(
      direct({ op: 'replace', path: 'emails', value: [{ value: 'a' }] }, { op: 'remove', path: 'roles' }),
    ).toEqual({
      emails: [{ value: 'a' }],
      roles: null,
    });
  });

  it.each<[JsonValue]>([
    [{ op: 'add', path: 'emails', value: [{ value: 'a' }] }],
    [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'a' }],
    [{ op: 'remove', path: 'emails', value: [{ value: 'a' }] }],
    [{ op: 'remove', path: 'emails[type eq "work"]' }],
  ])('is undefined for %j, which depends on the current value', (operation) => {
    expect(direct({ op: 'replace', path: 'title', value: 'T' }, operation)).toBeUndefined();
  });

  it('refuses to clear what is required', () => {
    expect(refusalOf(() => direct({ op: 'remove', path: 'userName' })).scimType).toBe('mutability');
    expect(direct({ op: 'remove', path: 'userName' }, { op: 'add', path: 'userName', value: 'u' })).toEqual({
      userName: 'u',
    });
  });
});
