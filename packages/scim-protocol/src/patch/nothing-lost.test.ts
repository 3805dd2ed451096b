import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { parseResource } from '../resource/parse-resource.ts';
import { userResourceType } from '../schema/resource-type.ts';
import { USER_SCHEMA as CORE, ENTERPRISE_USER_SCHEMA as ENTERPRISE } from '../schema/urns.ts';
import { refusalOf } from '../testing/refusal.ts';
import { toMemberChange } from './member-change.ts';
import { groupOperations, patchGroup, patchUser, userOperations } from './testing/operations.ts';

const work = { value: 'a@work.example', type: 'work' };
const home = { value: 'a@home.example', type: 'home', primary: true };
const office = { type: 'work', locality: 'L', streetAddress: 'S' };
const user: JsonObject = {
  schemas: [CORE, ENTERPRISE],
  userName: 'ada',
  name: { givenName: 'Ada', familyName: 'L' },
  emails: [work, home],
  addresses: [office],
  [ENTERPRISE]: { department: 'D', manager: { value: 'm' } },
};
const group: JsonObject = {
  displayName: 'G',
  members: [
    { value: 'u1', type: 'User', display: 'One' },
    { value: 'u2', type: 'User' },
  ],
};
const workMail = 'emails[type eq "work"]';
const mutes: JsonValue[] = [{}, { foo: 1 }, [null], [''], [{}], [{ mail: 'b@b' }]];

describe('an element that is written as a whole', () => {
  it.each(mutes)('is not lost for %j, in which nothing is known', (value) => {
    for (const op of ['add', 'replace']) {
      for (const path of [workMail, 'addresses[type eq "work"]']) {
        const refused = { status: 400, scimType: 'invalidValue' };
        expect(refusalOf(() => userOperations([{ op, path, value }]))).toMatchObject(refused);
        expect(refusalOf(() => userOperations([{ op, value: { [path]: value } }]))).toMatchObject(refused);
      }
      const member = { op, path: 'members[value eq "u1"]', value };
      expect(refusalOf(() => groupOperations([member])).scimType).toBe('invalidValue');
    }
  });

  it('says what it takes', () => {
    const operation = { op: 'replace', path: workMail, value: { mail: 'b@b' } };
    expect(refusalOf(() => userOperations([operation])).detail).toBe(
      'Operations[0]: emails says nothing of what emails can hold, so what was meant is lost. It takes value, display, type, primary.',
    );
  });

  it('gains labels, and keeps the rest', () => {
    const patched = (value: JsonValue) => patchUser(user, { op: 'replace', path: workMail, value }).emails;
    expect(patched({ primary: true })).toEqual([
      { ...work, primary: true },
      { ...home, primary: false },
    ]);
    expect(patched({ display: 'x' })).toEqual([{ ...work, display: 'x' }, home]);
    expect(patched([{ display: 'x', mail: 'b@b' }])).toEqual([{ ...work, display: 'x' }, home]);
    const label = { op: 'replace', path: 'phoneNumbers[type eq "work"]', value: { primary: true } };
    expect(patchUser(user, label)).toBe(user);
  });

  it('loses the part that is cleared, and goes with its value alone', () => {
    const path = 'addresses[type eq "work"]';
    const patched = (value: JsonValue) => patchUser(user, { op: 'replace', path, value }).addresses;
    expect(patched({ locality: '' })).toEqual([{ type: 'work', streetAddress: 'S' }]);
    const nothing: JsonValue[] = [null, '', [], { value: '' }, { value: null, primary: false }];
    for (const value of nothing) {
      expect(patchUser(user, { op: 'replace', path: workMail, value }).emails).toEqual([home]);
      expect(patchUser(user, { op: 'add', path: workMail, value }).emails).toContainEqual(
        expect.objectContaining(work),
      );
    }
    const cleared = { op: 'replace', path: 'emails[value co "nobody"]', value: { value: '' } };
    expect(patchUser(user, cleared)).toBe(user);
  });

  it('stays a member whose name is written, and is taken out by no member without id', () => {
    const path = 'members[value eq "u1"]';
    for (const op of ['add', 'replace']) {
      const renamed = { op, path, value: { display: 'New Name' } };
      expect(patchGroup(group, renamed)).toBe(group);
      expect(toMemberChange(groupOperations([renamed]))).toMatchObject({ addMembers: [], removeMembers: [] });
      expect(patchGroup(group, { op, path, value: { type: 'User' } })).toBe(group);
    }
    expect(refusalOf(() => groupOperations([{ op: 'replace', path, value: { value: '' } }]))).toMatchObject({
      scimType: 'invalidValue',
      detail: expect.stringContaining('members.value'),
    });
  });
});

describe('a list', () => {
  it.each<[JsonValue]>([[[{ mail: 'b@b' }]], [[{}]], [{}], [{ mail: 'b@b' }], [[work, { mail: 'b@b' }]]])(
    'is not cleared by %j, of which an element is nothing known',
    (emails) => {
      const put = () => parseResource({ userName: 'ada', emails }, userResourceType);
      expect(refusalOf(put)).toMatchObject({ status: 400, scimType: 'invalidValue' });
      for (const op of ['add', 'replace']) {
        expect(refusalOf(() => userOperations([{ op, path: 'emails', value: emails }])).scimType).toBe(
          'invalidValue',
        );
        expect(refusalOf(() => userOperations([{ op, value: { emails } }])).scimType).toBe('invalidValue');
      }
    },
  );

  it('leaves out elements of labels and empty texts, as templates send them', () => {
    const emails = [{ value: '', type: 'work' }, { type: 'home', primary: true }, { display: 'x' }, work];
    expect(parseResource({ userName: 'ada', emails }, userResourceType).emails).toEqual([work]);
  });
});

describe('a remove', () => {
  it('of all has no value: null is not left out', () => {
    const refused = { status: 400, scimType: 'invalidValue' };
    const members = { op: 'remove', path: 'members', value: null };
    expect(refusalOf(() => groupOperations([members]))).toMatchObject(refused);
    expect(refusalOf(() => userOperations([{ ...members, path: 'emails' }]))).toMatchObject(refused);
  });

  it.each<[string, JsonValue]>([
    ['name', { givenName: 'Ada' }],
    ['name', {}],
    [ENTERPRISE, { department: 'D' }],
    [ENTERPRISE, [{ department: 'D' }]],
  ])('of %s takes no value such as %j', (path, value) => {
    expect(refusalOf(() => userOperations([{ op: 'remove', path, value }]))).toMatchObject({
      scimType: 'invalidValue',
      detail: expect.stringContaining('Leave value out, or give the path of the part'),
    });
    expect(patchUser(user, { op: 'remove', path })).not.toHaveProperty([path]);
  });

  it('of the core schema is refused', () => {
    for (const path of [CORE, CORE.toUpperCase()]) {
      expect(refusalOf(() => userOperations([{ op: 'remove', path }]))).toMatchObject({
        scimType: 'invalidPath',
        detail: expect.stringContaining('Give the path of each attribute that is to go.'),
      });
    }
  });

  it('of a manager may say who it is', () => {
    const remove = { op: 'remove', path: `${ENTERPRISE}:manager`, value: [{ value: 'm' }] };
    expect(patchUser(user, remove)[ENTERPRISE]).toEqual({ department: 'D' });
  });
});

it('an extension to which null is added stays, and one that is replaced with null goes', () => {
  for (const spelled of [ENTERPRISE, ENTERPRISE.toLowerCase()]) {
    expect(patchUser(user, { op: 'add', path: spelled, value: null })).toBe(user);
    expect(patchUser(user, { op: 'add', value: { [spelled]: null, userName: 'ada' } })).toBe(user);
    expect(patchUser(user, { op: 'add', value: { [CORE]: { [spelled]: null } } })).toBe(user);
    expect(patchUser(user, { op: 'add', path: CORE, value: { [spelled]: null } })).toBe(user);
    expect(patchUser(user, { op: 'replace', path: spelled, value: null })).not.toHaveProperty([ENTERPRISE]);
  }
});

describe('an id in capitals is the same member', () => {
  const other = { op: 'remove', path: 'members[display eq "zzz"]' };

  it.each<[JsonObject]>([
    [{ op: 'remove', path: 'members', value: [{ value: 'U1' }] }],
    [{ op: 'remove', path: 'members[value eq "U1"]' }],
    [{ op: 'remove', path: 'members[value eq "U1" and type eq "User"]' }],
    [{ op: 'remove', path: 'members[not (value ne "U1")]' }],
    [{ op: 'replace', path: 'members', value: [{ value: 'U2' }] }],
  ])('in %j', (remove) => {
    expect(patchGroup(group, remove, other).members).toEqual([expect.objectContaining({ value: 'u2' })]);
  });

  it('in operations that are netted', () => {
    const add = { op: 'add', path: 'members', value: [{ value: 'U3' }] };
    const remove = { op: 'remove', path: 'members', value: [{ value: 'u3' }] };
    const change = toMemberChange(groupOperations([add, remove]));
    expect(change).toMatchObject({ addMembers: [], removeMembers: ['u3'] });
    const created = toMemberChange(groupOperations([{ ...add, value: [{ value: 'bulkId:A' }] }]));
    expect(created?.addMembers).toEqual(['bulkId:A']);
  });
});
