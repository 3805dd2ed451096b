import { parsePatchRequest, toDirectUpdate, userResourceType } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { pathTolerances } from '../path-tolerances.ts';
import { resourceUrls } from '../resource-urls.ts';
import { bobId, userResult } from '../testing/results.ts';
import { planDifference, planDirectUpdate } from './plan-patch.ts';
import { toScimUser } from './to-scim.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function planned(...operations: object[]) {
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
  const update = toDirectUpdate(parsePatchRequest(body, userResourceType, { tolerances: pathTolerances }));
  return update && planDirectUpdate(update);
}

describe('a PATCH that needs no reading', () => {
  test.each([
    [{ op: 'Replace', path: 'active', value: 'False' }, { active: false }],
    [
      { op: 'replace', value: { active: true, displayName: 'Ada' } },
      { active: true, displayName: 'Ada' },
    ],
    [{ op: 'remove', path: 'title' }, { title: null }],
    [{ op: 'remove', path: 'active' }, {}],
    [{ op: 'replace', value: { password: 'Kv7J2LEa!x9#' } }, { password: 'Kv7J2LEa!x9#' }],
    [
      { op: 'replace', value: { 'name.givenName': 'Ada', 'name.familyName': 'King' } },
      { name: { givenName: 'Ada', familyName: 'King' } },
    ],
    [{ op: 'replace', path: `${ENTERPRISE}:department`, value: 'Engines' }, { department: 'Engines' }],
    [{ op: 'Add', path: `${ENTERPRISE}:manager`, value: bobId }, { manager: bobId }],
    [{ op: 'Add', path: 'manager', value: [{ $ref: `x/Users/${bobId}`, value: bobId }] }, { manager: bobId }],
    [{ op: 'Add', path: `${ENTERPRISE}:manager`, value: { $ref: `/Users/${bobId}?a` } }, { manager: bobId }],
    [{ op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: '' } }, { manager: null }],
    [{ op: 'remove', path: `${ENTERPRISE}:manager` }, { manager: null }],
    [
      { op: 'replace', path: 'emails', value: [{ value: 'a@b.c', type: 'work' }] },
      { emails: [{ value: 'a@b.c', type: 'work', display: null, primary: null }] },
    ],
    [{ op: 'replace', path: 'roles', value: [] }, { directoryRoles: null }],
  ])('%j', (operation, expected) => {
    expect(planned(operation)).toEqual(expected);
  });

  test('a manager at the address of a group is refused', () => {
    const operation = { op: 'add', path: `${ENTERPRISE}:manager`, value: { $ref: `../Groups/${bobId}` } };
    expect(() => planned(operation)).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidValue' }),
    );
  });

  test('clearing the name clears each part', () => {
    expect(planned({ op: 'remove', path: 'name' })).toEqual({
      name: {
        formatted: null,
        familyName: null,
        givenName: null,
        middleName: null,
        honorificPrefix: null,
        honorificSuffix: null,
      },
    });
  });

  test('the last operation on an attribute wins', () => {
    expect(
      planned({ op: 'remove', path: 'displayName' }, { op: 'add', path: 'displayName', value: 'Final' }),
    ).toEqual({ displayName: 'Final' });
  });

  test('changing one of several e-mails is none', () => {
    expect(planned({ op: 'replace', path: 'emails[type eq "work"].value', value: 'x@y' })).toBeUndefined();
  });
});

test('every attribute that a client can write has a place in the change', () => {
  const simple = (type: string) => (type === 'boolean' ? true : 'x');
  const attributes = [
    ...userResourceType.schema.attributes.map((attribute) => ({ attribute, prefix: '' })),
    ...userResourceType.extensions.flatMap(({ schema }) =>
      schema.attributes.map((attribute) => ({ attribute, prefix: `${schema.id}:` })),
    ),
  ].filter(({ attribute }) => attribute.mutability !== 'readOnly');
  for (const { attribute, prefix } of attributes) {
    const path = `${prefix}${attribute.name}`;
    const element = attribute.name === 'addresses' ? { country: 'GB' } : { value: 'x' };
    const value =
      attribute.name === 'name'
        ? { givenName: 'x' }
        : attribute.subAttributes
          ? element
          : simple(attribute.type);
    const change = planned({ op: 'replace', path, value: attribute.multiValued ? [value] : value });
    expect(Object.keys(change ?? {}), path).toHaveLength(1);
  }
});

test('the difference of two states has what changed and nothing else', () => {
  const urls = resourceUrls('https://x');
  const before = toScimUser(userResult({ title: 'Countess', department: 'Engines' }), urls);
  const after = { ...before, displayName: 'Ada', title: 'Countess', emails: [{ value: 'a@b.c' }] };
  expect(planDifference(before, after)).toEqual({
    displayName: 'Ada',
    emails: [{ value: 'a@b.c', display: null, type: null, primary: null }],
  });
  expect(planDifference(before, before)).toEqual({});
});
