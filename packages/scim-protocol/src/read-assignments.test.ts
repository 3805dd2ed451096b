import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { parseBulkRequest } from './messages/bulk.ts';
import { isRefused } from './messages/bulk-operation.ts';
import { parseSearchRequest } from './messages/search-request.ts';
import { parsePatchRequest } from './patch/parse-patch-request.ts';
import { groupOperations, patchUser, userOperations } from './patch/testing/operations.ts';
import { maxObjectMembers } from './resource/distinct-names.ts';
import { parseResource } from './resource/parse-resource.ts';
import { groupResourceType, userResourceType } from './schema/resource-type.ts';
import {
  ENTERPRISE_USER_SCHEMA as ENTERPRISE,
  GROUP_SCHEMA as GROUP,
  USER_SCHEMA as USER,
} from './schema/urns.ts';
import { refusalOf } from './testing/refusal.ts';

const user = (body: JsonObject) => parseResource({ userName: 'ada', ...body }, userResourceType);
const patched = (op: string, value: JsonObject) =>
  patchUser({ userName: 'ada', active: true }, { op, value });

describe('the container of the core schema (RFC 7643 §3, RFC 7644 §3.10)', () => {
  it.each([[USER], [USER.toLowerCase()], [USER.toUpperCase()]])('%s is read as what is outside', (urn) => {
    const content = { active: false, title: 'Countess', name: { givenName: 'Ada' }, externalId: 'a1' };
    expect(user({ [urn]: content })).toMatchObject(content);
    for (const op of ['add', 'replace']) expect(patched(op, { [urn]: content })).toMatchObject(content);
    expect(userOperations([{ op: 'replace', value: { [urn]: content } }])).toEqual(
      userOperations([{ op: 'replace', value: content }]),
    );
    expect(userOperations([{ op: 'replace', path: USER, value: { [urn]: content } }])).toEqual(
      userOperations([{ op: 'replace', path: urn, value: content }]),
    );
  });

  it('of a Group has its name and its members', () => {
    const content = { displayName: 'Crew', members: [{ value: 'a' }] };
    expect(parseResource({ [GROUP]: content }, groupResourceType)).toMatchObject(content);
    expect(groupOperations([{ op: 'replace', value: { [GROUP]: content } }])).toEqual(
      groupOperations([{ op: 'replace', value: content }]),
    );
  });

  it('may have paths for names, as what is outside', () => {
    const content = { 'name.givenName': 'Ada', 'emails[type eq "work"].value': 'a@x', [ENTERPRISE]: {} };
    expect(patched('add', { [USER]: content })).toEqual(patched('add', content));
  });

  it('leaves out what nobody knows, once more itself among it', () => {
    expect(user({ [USER]: { bogus: 1, [USER]: { title: 'x' } } })).toEqual(user({}));
  });

  it.each([['x'], [5], [null], [[]], [true]])('is no %j', (value) => {
    expect(refusalOf(() => user({ [USER]: value })).scimType).toBe('invalidValue');
    expect(refusalOf(() => patched('add', { [USER]: value })).scimType).toBe('invalidValue');
  });

  it('may have many members, and no more than any object', () => {
    const unknown = (count: number): JsonObject =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`u${at}`, 1]));
    const most = unknown(maxObjectMembers);
    expect(user({ [USER]: most })).toEqual(user({}));
    expect(userOperations([{ op: 'add', value: { [USER]: most } }])).toEqual([]);
    for (const count of [maxObjectMembers + 1, 300_000]) {
      const more = { [USER]: unknown(count) };
      expect(refusalOf(() => user(more))).toMatchObject({
        status: 413,
        detail: expect.stringContaining('Leave out'),
      });
      expect(refusalOf(() => userOperations([{ op: 'add', value: more }])).status).toBe(413);
      expect(refusalOf(() => user({ roles: [{ value: 'a', unknown: more }] })).status).toBe(413);
    }
  });

  it('says what kind of resource it is, as what is outside', () => {
    expect(refusalOf(() => user({ [USER]: { schemas: [GROUP] } })).scimType).toBe('invalidSyntax');
  });

  it.each([
    [{ [USER]: { id: 'other' } }],
    [{ [ENTERPRISE]: { id: 'other' } }],
    [{ [`${ENTERPRISE}:id`]: 1 }],
  ])('and any other has no foreign id: %j', (value) => {
    const options = { resourceId: 'own' };
    expect(refusalOf(() => userOperations([{ op: 'add', value }], options)).scimType).toBe('mutability');
  });

  it('may have the id of the resource itself', () => {
    const value = { [USER]: { id: 'OWN', meta: {}, schemas: [] }, [ENTERPRISE]: { id: 'own' } };
    expect(userOperations([{ op: 'add', value }], { resourceId: 'own' })).toEqual([]);
    const path = { op: 'add', path: ENTERPRISE, value: { id: 'other' } };
    expect(refusalOf(() => userOperations([path], { resourceId: 'own' })).scimType).toBe('mutability');
  });
});

describe('an attribute that is given twice (RFC 7643 §2.1)', () => {
  const bodies: JsonObject[] = [
    { active: null, Active: true },
    { title: 'a', TITLE: 'a' },
    { name: { givenName: 'a', GivenName: 'b' } },
    { emails: [{ value: 'a', Value: 'b' }] },
    { [ENTERPRISE]: { department: 'a', Department: 'b' } },
    { [ENTERPRISE]: { department: 'a' }, [ENTERPRISE.toLowerCase()]: { division: 'b' } },
    { [USER]: { active: false, Active: true } },
    { active: false, [USER]: { active: true } },
    { title: 'a', [`${USER}:title`]: 'b' },
    { [`${ENTERPRISE}:department`]: 'a', [ENTERPRISE]: { department: 'b' } },
    { [`${ENTERPRISE}:department`]: 'a', [ENTERPRISE]: null },
    { [`${ENTERPRISE}:manager.value`]: 'a', [ENTERPRISE]: { manager: 'b' } },
    { name: { givenName: 'a' }, 'name.givenName': 'b' },
    { name: null, 'name.givenName': 'b' },
  ];

  it.each(bodies)('is refused in %j', (body) => {
    expect(refusalOf(() => user(body)).scimType).toBe('invalidSyntax');
    for (const op of ['add', 'replace']) {
      expect(refusalOf(() => patched(op, body)).scimType).toBe('invalidSyntax');
    }
  });

  it.each([
    [{ active: false, [USER]: { active: false }, [`${USER}:Active`]: false }],
    [{ [`${ENTERPRISE}:manager`]: 'a', [ENTERPRISE]: { manager: { value: 'a' } } }],
    [{ name: { givenName: 'a' }, 'name.familyName': 'b' }],
  ])('in two spellings that agree is one: %j', (body) => {
    expect(() => user(body)).not.toThrow();
    expect(() => patched('replace', body)).not.toThrow();
  });

  it('is refused in the value of an operation with path', () => {
    const value = { givenName: 'a', GIVENNAME: 'b' };
    expect(refusalOf(() => userOperations([{ op: 'add', path: 'name', value }])).scimType).toBe(
      'invalidSyntax',
    );
  });

  it('is refused in the messages themselves, too', () => {
    const Operations = [{ op: 'replace', path: 'active', value: false }];
    const messages = [
      () => parsePatchRequest({ Operations, operations: Operations }, userResourceType),
      () => userOperations([{ ...Operations[0], Value: true }]),
      () => parseSearchRequest({ filter: 'active pr', Filter: 'title pr' }),
      () => parseBulkRequest({ Operations: [{}], operations: [{}] }, { maxOperations: 2 }),
    ];
    for (const read of messages) expect(refusalOf(read).scimType).toBe('invalidSyntax');
    const operation = { method: 'PUT', path: '/Users/1', data: {}, Data: {} };
    const { operations } = parseBulkRequest({ Operations: [operation] }, { maxOperations: 2 });
    expect(operations.map(isRefused)).toEqual([true]);
  });

  it('is looked for however deep a body is nested', () => {
    const nested = () => JSON.parse(`${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`);
    expect(user({ unknown: nested() })).toEqual(user({}));
    expect(refusalOf(() => user({ title: nested(), [`${USER}:title`]: nested() })).status).toBe(400);
  });
});
