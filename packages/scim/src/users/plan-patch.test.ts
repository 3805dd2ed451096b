import { parsePatchRequest, ScimError, toDirectUpdate, userResourceType } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { resourceUrls } from '../addresses/resource-urls.ts';
import { pathTolerances } from '../resources/path-tolerances.ts';
import { bobId, cyId } from '../testing/results.ts';
import { toWholeUser, type UserChange } from './from-scim.ts';
import { planComputedUpdate, planDirectUpdate, planUserDifference } from './plan-patch.ts';
import { userResult } from './testing/user-result.ts';
import { toScimUser } from './to-scim.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function read(...operations: object[]) {
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
  return parsePatchRequest(body, userResourceType, { tolerances: pathTolerances });
}

function planned(...operations: object[]) {
  const update = toDirectUpdate(read(...operations));
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
  expect(planUserDifference(before, after)).toEqual({
    displayName: 'Ada',
    emails: [{ value: 'a@b.c', display: null, type: null, primary: null }],
  });
  expect(planUserDifference(before, before)).toEqual({});
});

describe('a PATCH does the same whether or not something else in it needs reading', () => {
  const MANAGER = `${ENTERPRISE}:manager`;
  const user = userResult({
    externalId: 'x',
    displayName: 'Ada',
    name: {
      formatted: null,
      familyName: 'King',
      givenName: 'Ada',
      middleName: null,
      honorificPrefix: null,
      honorificSuffix: null,
    },
    emails: [{ value: 'a@b.c', type: 'work', display: null, primary: true }],
    department: 'Engines',
    managerId: bobId,
    managerReference: bobId,
    managerDisplayName: 'Bob',
  });
  const before = toScimUser(user, resourceUrls('https://x'));
  const needsReading = { op: 'remove', path: 'ims[type eq "none"]' };
  const to = (id: string) => `../Users/${id}`;

  const texts = ['x', '', null, []];
  const objects = [null, '', [], {}];
  const values: Record<string, unknown[]> = {
    password: ['Kv7J2LEa!x9#', '', null, []],
    userName: ['bob'],
    active: [false, 'True', null, ''],
    displayName: texts,
    'name.givenName': texts,
    name: [...objects, { givenName: 'B' }, { givenName: null, familyName: '' }],
    emails: [null, [], [{ value: 'x@y', type: 'home' }], { value: 'x@y' }],
    addresses: [null, [{ country: 'GB' }]],
    [`${ENTERPRISE}:department`]: texts,
    [ENTERPRISE]: [null, {}, { department: 'D', manager: { value: cyId } }],
    [`${MANAGER}.value`]: [cyId, '', null, []],
    [`${MANAGER}.$ref`]: [to(cyId), '', null, []],
    [MANAGER]: [
      ...objects,
      cyId,
      { $ref: to(cyId) },
      { $ref: null, displayName: 'B' },
      { $ref: '' },
      { value: '', $ref: '' },
      { value: null, $ref: to(cyId) },
      { value: cyId, $ref: to(bobId) },
      [{ $ref: null, value: cyId }],
    ],
  };
  const single = Object.entries(values).flatMap(([path, each]) => [
    { op: 'remove', path },
    ...each.flatMap((value) => ['add', 'replace'].map((op) => ({ op, path, value }))),
  ]);
  const ofManager = single.filter(({ path }) => path.startsWith(MANAGER));
  const pairs = ofManager.flatMap((first) => ofManager.map((second) => [first, second]));
  const requests: object[][] = [...single.map((operation) => [operation]), ...pairs];

  test('for every kind of attribute, operation and value', () => {
    for (const operations of requests) {
      const alone = attempt(() => planned(...operations));
      if (alone === undefined) continue;
      const together = attempt(() => planComputedUpdate(before, read(...operations, needsReading)) ?? {});
      expect(together, JSON.stringify(operations)).toEqual(alone);
    }
  });

  test.each([
    ['value', { value: cyId }, cyId],
    ['$ref', { $ref: to(cyId) }, cyId],
    ['no $ref', { $ref: null, displayName: 'B' }, bobId],
    ['an empty $ref', { $ref: '' }, bobId],
    ['nothing in both', { value: '', $ref: '' }, null],
  ])('a manager replaced by %s', (_, value, manager) => {
    expect(attempt(() => planned({ op: 'replace', path: MANAGER, value }))).toMatchObject({ manager });
  });

  test.each([null, '', []])('a manager stays when %j takes the place of their address', (value) => {
    expect(planned({ op: 'replace', path: `${MANAGER}.$ref`, value })).toEqual({});
  });

  test('of value and $ref, one after the other, the later names the manager', () => {
    const id = { op: 'add', path: `${MANAGER}.value`, value: cyId };
    const address = { op: 'replace', path: `${MANAGER}.$ref`, value: to(bobId) };
    expect(planned(id, address)).toEqual({ manager: bobId });
    expect(planned(address, id)).toEqual({ manager: cyId });
  });

  test('a removed password is removed', () => {
    const removal = { op: 'remove', path: 'password' };
    expect(planComputedUpdate(before, read(removal, needsReading))).toEqual({ password: null });
  });

  /** The user whom a change leads to, or the refusal. */
  function attempt(plan: () => UserChange | undefined): object | undefined {
    try {
      const change = plan();
      const whole = toWholeUser(before);
      return change && { ...whole, ...change, name: partsOf({ ...whole.name, ...change.name }, change.name) };
    } catch (error) {
      if (error instanceof ScimError) return { refusal: error.detail };
      throw error;
    }
  }

  function partsOf(name: object, change: UserChange['name']) {
    return Object.fromEntries(
      change === null ? [] : Object.entries(name).filter(([, part]) => part !== null),
    );
  }
});
