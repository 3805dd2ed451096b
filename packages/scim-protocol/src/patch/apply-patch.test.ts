import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { ENTERPRISE_USER_SCHEMA as ENTERPRISE, GROUP_SCHEMA, USER_SCHEMA } from '../schema/urns.ts';
import { refusalOf } from '../testing/refusal.ts';
import { patchGroup, patchUser } from './testing/operations.ts';

const work = { value: 'a@work.example', type: 'work', primary: true };
const home = { value: 'a@home.example', type: 'home' };

const user: JsonObject = {
  schemas: [USER_SCHEMA, ENTERPRISE],
  id: '1',
  userName: 'ada',
  name: { givenName: 'Ada', familyName: 'L' },
  emails: [work, home],
  [ENTERPRISE]: { department: 'D', manager: { value: 'm', $ref: '/Users/m', displayName: 'Boss' } },
};

const group: JsonObject = {
  schemas: [GROUP_SCHEMA],
  id: 'g',
  displayName: 'G',
  members: [{ value: 'u1', type: 'User', display: 'One' }, { value: 'u2' }],
};

describe('applyPatch, single values (RFC 7644 §3.5.2)', () => {
  it('sets, changes and clears', () => {
    const patched = patchUser(
      user,
      { op: 'add', path: 'title', value: 'T' },
      { op: 'replace', path: 'name', value: { familyName: 'Byron' } },
      { op: 'remove', path: 'name.givenName' },
    );
    expect(patched).toMatchObject({ title: 'T', name: { familyName: 'Byron' } });
    expect(patched.name).not.toHaveProperty('givenName');
  });

  it('applies in order', () => {
    const patched = patchUser(
      user,
      { op: 'remove', path: 'displayName' },
      { op: 'add', path: 'displayName', value: 'Intermediate' },
      { op: 'replace', path: 'displayName', value: 'Final' },
    );
    expect(patched.displayName).toBe('Final');
  });

  it('drops a complex value with its last part', () => {
    expect(
      patchUser(user, { op: 'remove', path: 'name.givenName' }, { op: 'remove', path: 'name.familyName' }),
    ).not.toHaveProperty('name');
  });

  it('clears what is replaced with an empty string', () => {
    expect(
      patchUser({ ...user, title: 'T' }, { op: 'replace', path: 'title', value: '' }),
    ).not.toHaveProperty('title');
  });

  it.each([{ value: '' }, '', null])('removes a manager replaced with %j', (value) => {
    const patched = patchUser(user, { op: 'replace', path: `${ENTERPRISE}:manager`, value });
    expect(patched[ENTERPRISE]).toEqual({ department: 'D' });
  });

  it('takes a manager who is named by the address alone for another one', () => {
    for (const path of [`${ENTERPRISE}:manager`, undefined]) {
      const manager = { $ref: '../Users/n' };
      const value = path === undefined ? { [ENTERPRISE]: { manager } } : manager;
      const patched = patchUser(user, { op: 'replace', ...(path && { path }), value });
      expect(patched[ENTERPRISE]).toEqual({ department: 'D', manager });
    }
  });

  it('forgets what it knew of the former manager', () => {
    const patched = patchUser(user, { op: 'add', path: `${ENTERPRISE}:manager`, value: 'n' });
    expect(patched[ENTERPRISE]).toEqual({ department: 'D', manager: { value: 'n' } });
  });

  it('keeps schemas in step with the extensions (RFC 7644 §3.5.2)', () => {
    const without = patchUser(user, { op: 'remove', path: ENTERPRISE });
    expect(without.schemas).toEqual([USER_SCHEMA]);
    expect(without).not.toHaveProperty([ENTERPRISE]);
    const again = patchUser(without, { op: 'add', value: { [`${ENTERPRISE}:costCenter`]: 'c' } });
    expect(again).toMatchObject({ schemas: [USER_SCHEMA, ENTERPRISE], [ENTERPRISE]: { costCenter: 'c' } });
  });

  it('gives the same resource when nothing changes', () => {
    expect(
      patchUser(
        user,
        { op: 'replace', path: 'userName', value: 'ada' },
        { op: 'add', path: 'emails', value: home },
      ),
    ).toBe(user);
    expect(patchGroup(group, { op: 'add', path: 'members', value: [{ value: 'u1' }] })).toBe(group);
    expect(patchGroup(group, { op: 'remove', path: 'members[value eq "absent"]' })).toBe(group);
  });

  it('refuses to end without a required attribute, but lets it be given again', () => {
    expect(refusalOf(() => patchUser(user, { op: 'remove', path: 'userName' })).scimType).toBe('mutability');
    expect(
      refusalOf(() => patchGroup(group, { op: 'replace', path: 'displayName', value: '' })).scimType,
    ).toBe('mutability');
    const renamed = patchGroup(
      group,
      { op: 'remove', path: 'displayName' },
      { op: 'add', path: 'displayName', value: 'H' },
    );
    expect(renamed.displayName).toBe('H');
  });
});

describe('applyPatch, several values (RFC 7644 §3.5.2)', () => {
  it('adds to what is there, and nothing twice', () => {
    const added = patchUser(
      user,
      { op: 'add', path: 'emails', value: [{ value: 'A@HOME.example', type: 'Home' }, { value: 'x@y.z' }] },
      { op: 'add', path: 'emails', value: { value: 'x@y.z' } },
    );
    expect(added.emails).toHaveLength(3);
  });

  it('keeps the same value of another type apart (RFC 7643 §2.4)', () => {
    expect(
      patchUser(user, { op: 'add', path: 'emails', value: [{ ...home, type: 'other' }] }).emails,
    ).toHaveLength(3);
  });

  it('replaces the whole list, or clears it', () => {
    expect(patchUser(user, { op: 'replace', path: 'emails', value: [home] }).emails).toEqual([home]);
    expect(patchUser(user, { op: 'replace', path: 'emails', value: [] })).not.toHaveProperty('emails');
    expect(patchUser(user, { op: 'remove', path: 'emails' })).not.toHaveProperty('emails');
    expect(patchUser(user, { op: 'add', path: 'emails', value: [] })).toBe(user);
  });

  it('changes the one that matches and leaves the others', () => {
    const patched = patchUser(user, {
      op: 'Replace',
      path: 'emails[type eq "work"].value',
      value: 'new@w.x',
    });
    expect(patched.emails).toEqual([{ ...work, value: 'new@w.x' }, home]);
    const byPrimary = patchUser(user, {
      op: 'replace',
      path: 'emails[primary eq true].value',
      value: 'p@w.x',
    });
    expect(byPrimary.emails).toEqual([{ ...work, value: 'p@w.x' }, home]);
  });

  it.each(['add', 'replace'])(
    'creates on %s the element that the filter describes when there is none',
    (op) => {
      const path = 'phoneNumbers[type eq "work" and primary eq true].value';
      expect(patchUser(user, { op, path, value: '+1' }).phoneNumbers).toEqual([
        { type: 'work', primary: true, value: '+1' },
      ]);
    },
  );

  it('makes one element of several adds with one filter', () => {
    const add = (part: string, value: string) => ({
      op: 'add',
      path: `addresses[type eq "work"].${part}`,
      value,
    });
    const patched = patchUser(user, add('formatted', 'F'), add('locality', 'L'), add('region', 'R'));
    expect(patched.addresses).toEqual([{ type: 'work', formatted: 'F', locality: 'L', region: 'R' }]);
  });

  it('answers noTarget when no element matches and the filter describes none', () => {
    const path = 'emails[value co "nobody"].display';
    expect(refusalOf(() => patchUser(user, { op: 'replace', path, value: 'x' })).scimType).toBe('noTarget');
  });

  it('exchanges on replace and merges on add an element as a whole', () => {
    const path = 'emails[type eq "work"]';
    expect(patchUser(user, { op: 'replace', path, value: { value: 'n' } }).emails).toEqual([
      { type: 'work', value: 'n' },
      home,
    ]);
    expect(patchUser(user, { op: 'add', path, value: { display: 'd' } }).emails).toEqual([
      { ...work, display: 'd' },
      home,
    ]);
  });

  it('lets one value be primary (RFC 7644 §3.5.2)', () => {
    const primaries = (patched: JsonObject) =>
      Array.isArray(patched.emails) ? patched.emails.map((email) => Object(email).primary) : [];
    expect(
      primaries(patchUser(user, { op: 'replace', path: 'emails[type eq "home"].primary', value: true })),
    ).toEqual([false, true]);
    expect(
      primaries(patchUser(user, { op: 'add', path: 'emails', value: [{ value: 'n', primary: true }] })),
    ).toEqual([false, undefined, true]);
    expect(
      primaries(patchUser(user, { op: 'add', path: 'emails[type eq "home"]', value: { primary: true } })),
    ).toEqual([false, true]);
    expect(primaries(patchUser(user, { op: 'replace', path: 'emails.primary', value: true }))).toEqual([
      true,
      false,
    ]);
  });

  it('removes what matches, a part of it, or nothing', () => {
    expect(
      patchUser(user, { op: 'remove', path: 'emails[type eq "work" and value ew "example"]' }).emails,
    ).toEqual([home]);
    expect(patchUser(user, { op: 'remove', path: 'emails[type eq "work"].primary' }).emails).toEqual([
      { value: work.value, type: 'work' },
      home,
    ]);
    expect(patchUser(user, { op: 'remove', path: 'emails[type eq "work"].value' }).emails).toEqual([home]);
    expect(
      patchUser(user, { op: 'replace', path: 'emails[type eq "work"].value', value: '' }).emails,
    ).toEqual([home]);
    expect(patchUser(user, { op: 'replace', path: 'emails[type eq "home"]', value: null }).emails).toEqual([
      work,
    ]);
    expect(patchUser(user, { op: 'replace', path: 'phoneNumbers[type eq "work"].value', value: '' })).toBe(
      user,
    );
  });

  it('removes only the listed members, or all without a list', () => {
    const removed = patchGroup(group, {
      op: 'Remove',
      path: 'members',
      value: [{ $ref: null, value: 'u1' }],
    });
    expect(removed.members).toEqual([{ value: 'u2' }]);
    expect(patchGroup(group, { op: 'remove', path: 'members', value: [] })).toBe(group);
    expect(patchGroup(group, { op: 'remove', path: 'members' })).not.toHaveProperty('members');
    expect(
      patchGroup(group, { op: 'remove', path: 'members[value eq "u1" or value eq "u2"]' }),
    ).not.toHaveProperty('members');
  });

  it('keeps the members when a rename carries the id, as Okta sends it', () => {
    const renamed = patchGroup(group, { op: 'replace', value: { id: 'g', displayName: 'H' } });
    expect(renamed).toEqual({ ...group, displayName: 'H' });
  });

  it('touches neither the given resource nor the operations', () => {
    const before = structuredClone(user);
    patchUser(
      user,
      { op: 'add', path: 'emails', value: [{ value: 'n', primary: true }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'w' },
      { op: 'remove', path: `${ENTERPRISE}:department` },
      { op: 'replace', path: 'name.givenName', value: 'B' },
    );
    expect(user).toEqual(before);
  });
});
