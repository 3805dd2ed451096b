import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { groupResourceType, userResourceType } from '../schema/resource-type.ts';
import { ENTERPRISE_USER_SCHEMA as ENTERPRISE, PATCH_OP, USER_SCHEMA } from '../schema/urns.ts';
import { refusalOf } from '../testing/refusal.ts';
import { rootEnterpriseAttributes } from '../tolerances/root-enterprise-attributes.ts';
import { parsePatchRequest } from './parse-patch-request.ts';
import { groupOperations, userOperations } from './testing/operations.ts';

/** The operations as `kind path = value`. */
function summary(operations: readonly JsonValue[]): readonly string[] {
  return userOperations(operations).map((operation) => {
    const value = 'value' in operation ? ` = ${JSON.stringify(operation.value)}` : '';
    return `${operation.kind} ${operation.target.path}${value}`;
  });
}

describe('parsePatchRequest (RFC 7644 §3.5.2)', () => {
  it.each(['replace', 'Replace', 'ADD'])('takes op %s', (op) => {
    expect(summary([{ op, path: 'displayName', value: 'x' }])).toEqual(['set displayName = "x"']);
  });

  it.each([
    ['name.familyName', 'set name.familyName = "x"'],
    ['NAME.FAMILYNAME', 'set name.familyName = "x"'],
    ['externalId', 'set externalId = "x"'],
    [`${ENTERPRISE}:department`, `set ${ENTERPRISE}:department = "x"`],
    [`${ENTERPRISE}:manager`, `set ${ENTERPRISE}:manager.value = "x"`],
    [`${ENTERPRISE.toLowerCase()}:manager.value`, `set ${ENTERPRISE}:manager.value = "x"`],
    [`${USER_SCHEMA}:title`, 'set title = "x"'],
    ['emails[type eq "work"].value', 'setInMatching emails.value = "x"'],
    ['emails[type eq "work"]', 'changeMatching emails = {"value":"x"}'],
    ['emails.value', 'setInMatching emails.value = "x"'],
  ])('reads the path %s', (path, expected) => {
    expect(summary([{ op: 'replace', path, value: 'x' }])).toEqual([expected]);
  });

  it('takes a path-less value apart: dotted names, URN names, containers, filters', () => {
    const value: JsonObject = {
      displayName: 'B',
      'name.givenName': 'K',
      [`${ENTERPRISE}:employeeNumber`]: 'A',
      [ENTERPRISE.toUpperCase()]: { costCenter: 'c', 'manager.value': 'm' },
      'emails[type eq "work"].value': 'e',
      name: { familyName: 'F', formatted: null },
    };
    expect(summary([{ op: 'replace', value }])).toEqual([
      'set displayName = "B"',
      'set name.givenName = "K"',
      `set ${ENTERPRISE}:employeeNumber = "A"`,
      `set ${ENTERPRISE}:costCenter = "c"`,
      `set ${ENTERPRISE}:manager.value = "m"`,
      'setInMatching emails.value = "e"',
      'clear name.formatted',
      'set name.familyName = "F"',
    ]);
  });

  it('takes the URN of an extension as a path', () => {
    expect(summary([{ op: 'add', path: ENTERPRISE, value: { department: 'D', unknown: 1 } }])).toEqual([
      `set ${ENTERPRISE}:department = "D"`,
    ]);
    expect(summary([{ op: 'remove', path: ENTERPRISE }])).toHaveLength(6);
  });

  it('skips what clients can not write inside a value', () => {
    const value = { id: 'other', meta: {}, schemas: [], groups: [], unknown: 1, title: 't' };
    expect(summary([{ op: 'replace', value }])).toEqual(['set title = "t"']);
  });

  it.each([[''], [null]])('takes the path %j as none', (path) => {
    expect(summary([{ op: 'add', path, value: { title: 't' } }])).toEqual(['set title = "t"']);
  });

  it.each([[''], [null], [{ value: '' }], [[]]])('takes manager = %j as clearing it', (value) => {
    const [operation] = summary([{ op: 'replace', path: `${ENTERPRISE}:manager`, value }]);
    expect(operation).toMatch(/^clear .*manager(\.value)?$/);
  });

  it('takes a restated id, and no other', () => {
    const operations = [{ op: 'replace', path: 'id', value: '1' }];
    expect(userOperations(operations, { resourceId: '1' })).toEqual([]);
    expect(refusalOf(() => userOperations(operations, { resourceId: '2' })).scimType).toBe('mutability');
    expect(refusalOf(() => userOperations(operations)).scimType).toBe('mutability');
  });

  it.each([
    [{ op: 'remove', path: 'active' }],
    [{ op: 'replace', path: 'active', value: null }],
    [{ op: 'add', path: 'active', value: '' }],
    [{ op: 'replace', path: 'active', value: [] }],
    [{ op: 'replace', path: 'active', value: [{ value: null }] }],
    [{ op: 'replace', value: { active: null } }],
    [{ op: 'replace', value: { 'urn:ietf:params:scim:schemas:core:2.0:User:active': '' } }],
  ])('leaves `active` as it is with %j', (operation) => {
    expect(summary([{ op: 'replace', path: 'active', value: false }, operation])).toEqual([
      'set active = false',
    ]);
  });

  it('takes a value without path that is a list of one', () => {
    expect(summary([{ op: 'add', value: [{ nickName: 'n' }] }])).toEqual(['set nickName = "n"']);
    const two: JsonValue[] = [{ op: 'add', value: [{ nickName: 'n' }, { title: 't' }] }];
    expect(refusalOf(() => userOperations(two)).scimType).toBe('invalidValue');
  });

  it.each(['id', 'ID', 'urn:ietf:params:scim:schemas:core:2.0:User:id'])(
    'refuses another %s among the attributes of a value, and takes its own',
    (name) => {
      const read = (id: JsonValue) =>
        userOperations([{ op: 'replace', value: { [name]: id, meta: {}, title: 't' } }], {
          resourceId: 'a1',
        });
      expect(read('A1')).toHaveLength(1);
      expect(read(null)).toHaveLength(1);
      expect(refusalOf(() => read('b2'))).toMatchObject({
        scimType: 'mutability',
        detail: expect.stringContaining('id is not the one in the address'),
      });
      expect(refusalOf(() => read(7)).scimType).toBe('mutability');
    },
  );

  it('takes root-level manager only where that is opted into', () => {
    const operations = [{ op: 'Add', path: 'manager', value: [{ $ref: 'http://x/Users/m', value: 'm' }] }];
    expect(refusalOf(() => userOperations(operations)).scimType).toBe('invalidPath');
    const read = userOperations(operations, { tolerances: [rootEnterpriseAttributes] });
    expect(read[0]).toMatchObject({
      kind: 'set',
      target: { path: `${ENTERPRISE}:manager.value` },
      value: 'm',
    });
  });

  it.each<[string, JsonValue, string]>([
    ['remove without path', { op: 'Remove', value: { displayName: 'A' } }, 'noTarget'],
    ['an unknown path', { op: 'add', path: 'shoeSize', value: 1 }, 'invalidPath'],
    ['an unknown sub-attribute', { op: 'add', path: 'name.shoe', value: 1 }, 'invalidPath'],
    [
      'an unknown sub-attribute after a filter',
      { op: 'add', path: 'emails[type eq "a"].shoe', value: 1 },
      'invalidPath',
    ],
    ['a malformed path', { op: 'add', path: 'name..x', value: 1 }, 'invalidPath'],
    ['text after the path', { op: 'add', path: 'title eq', value: 1 }, 'invalidPath'],
    ['a path that is no string', { op: 'add', path: 5, value: 1 }, 'invalidPath'],
    [
      'a filter on a single value',
      { op: 'remove', path: `${ENTERPRISE}:manager[value eq "x"]` },
      'invalidPath',
    ],
    ['a malformed filter', { op: 'remove', path: 'emails[type]' }, 'invalidFilter'],
    ['an unknown name in the filter', { op: 'remove', path: 'emails[shoe eq 1]' }, 'invalidFilter'],
    ['a read-only attribute', { op: 'replace', path: 'groups', value: [] }, 'mutability'],
    ['removing meta', { op: 'remove', path: 'meta' }, 'mutability'],
    [
      'a read-only sub-attribute',
      { op: 'add', path: `${ENTERPRISE}:manager.displayName`, value: 'x' },
      'mutability',
    ],
    ['an unknown op', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
    ['no op', { path: 'title', value: 'x' }, 'invalidSyntax'],
    ['an operation that is no object', 'add', 'invalidSyntax'],
    ['no value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['a path-less value that is no object', { op: 'add', value: 'x' }, 'invalidValue'],
    ['a value of another type', { op: 'add', path: 'active', value: 'maybe' }, 'invalidValue'],
    [
      'two primaries',
      {
        op: 'add',
        path: 'emails',
        value: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'invalidValue',
    ],
    ['removing nothing that can be named', { op: 'remove', path: 'emails', value: [{}] }, 'invalidValue'],
  ])('refuses %s', (_, operation, scimType) => {
    const refusal = refusalOf(() => userOperations([{ op: 'add', path: 'title', value: 'x' }, operation]));
    expect(refusal).toMatchObject({ status: 400, scimType });
    expect(refusal.detail).toMatch(/^Operations\[1\]: /);
  });

  it('refuses to change the immutable parts of a member', () => {
    const operations = [{ op: 'replace', path: 'members[value eq "1"].value', value: '2' }];
    expect(refusalOf(() => groupOperations(operations))).toMatchObject({
      scimType: 'mutability',
      detail: expect.stringContaining('Remove the element of members'),
    });
  });

  it.each([
    [null],
    ['x'],
    [{}],
    [{ Operations: [] }],
    [{ Operations: {} }],
    [{ schemas: [USER_SCHEMA], Operations: [] }],
  ])('refuses the body %j', (body) => {
    expect(refusalOf(() => parsePatchRequest(body, userResourceType)).scimType).toBe('invalidSyntax');
  });

  it('takes a body without schemas, and names in any case', () => {
    const body = { operations: [{ OP: 'add', Path: 'displayName', VALUE: 'x' }] };
    expect(parsePatchRequest(body, groupResourceType)).toHaveLength(1);
    expect(parsePatchRequest({ schemas: [PATCH_OP.toLowerCase()], ...body }, groupResourceType)).toHaveLength(
      1,
    );
  });

  it.each([[[null]], [['']], [[[]]], [[[null]]], [[{ value: 'a@x' }, null]]])(
    'refuses the list %j, of which an element is nothing',
    (value) => {
      const refused: JsonObject[] = [
        { op: 'replace', path: 'emails', value },
        { op: 'add', value: { emails: value } },
        { op: 'remove', path: 'emails', value },
      ];
      for (const operation of refused) {
        expect(refusalOf(() => userOperations([operation])).scimType).toBe('invalidValue');
      }
    },
  );

  it.each([[null], [''], [[]]])('takes %j for a list of none', (value) => {
    expect(userOperations([{ op: 'replace', path: 'emails', value }])).toMatchObject([{ kind: 'clear' }]);
  });
});
