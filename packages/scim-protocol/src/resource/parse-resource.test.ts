import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { attribute } from '../schema/attribute.ts';
import { groupResourceType, userResourceType, withExtension } from '../schema/resource-type.ts';
import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from '../schema/urns.ts';
import { refusalOf } from '../testing/refusal.ts';
import { rootEnterpriseAttributes } from '../tolerances/root-enterprise-attributes.ts';
import { parseResource } from './parse-resource.ts';

const parseUser = (body: JsonObject) => parseResource({ userName: 'ada', ...body }, userResourceType);

describe('parseResource of a User (RFC 7644 §3.3)', () => {
  it('gives canonical names, whatever the case of the given ones (RFC 7643 §2.1)', () => {
    const urn = ENTERPRISE_USER_SCHEMA.toUpperCase();
    const body = {
      Schemas: [USER_SCHEMA],
      USERNAME: 'ada',
      Name: { FAMILYNAME: 'L' },
      [urn]: { Department: 'D' },
    };
    expect(parseResource(body, userResourceType)).toEqual({
      schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
      userName: 'ada',
      name: { familyName: 'L' },
      [ENTERPRISE_USER_SCHEMA]: { department: 'D' },
    });
  });

  it('takes null, empty strings, arrays and objects as unassigned (RFC 7643 §2.5)', () => {
    const given: JsonObject = {
      title: null,
      nickName: '',
      emails: [],
      phoneNumbers: null,
      name: {},
      roles: [{ value: '' }, { type: 'x', primary: true }],
      [ENTERPRISE_USER_SCHEMA]: { manager: { value: '' } },
    };
    expect(parseUser(given)).toEqual({ schemas: [USER_SCHEMA], userName: 'ada' });
  });

  it('ignores what clients can not write and what nobody knows', () => {
    const given = {
      id: '1',
      meta: { resourceType: 'User', created: 'nonsense' },
      groups: [{ value: 'g' }],
      shoeSize: 43,
      'urn:unknown:1.0:User': { a: 1 },
      name: { givenName: 'Ada', shoeSize: 1 },
      [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'm', displayName: 'Boss' } },
    };
    expect(parseUser(given)).toEqual({
      schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
      userName: 'ada',
      name: { givenName: 'Ada' },
      [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'm' } },
    });
  });

  it.each([
    ['True', true],
    ['false', false],
    [true, true],
  ])('takes active given as %s', (active, expected) => {
    expect(parseUser({ active }).active).toBe(expected);
  });

  it('takes one object, or one string, for a list of one', () => {
    expect(parseUser({ emails: { value: 'a@b.c', type: 'work' } }).emails).toEqual([
      { value: 'a@b.c', type: 'work' },
    ]);
    expect(parseUser({ roles: ['admin', 'user'] }).roles).toEqual([{ value: 'admin' }, { value: 'user' }]);
  });

  it.each([['m'], [{ value: 'm' }], [[{ value: 'm' }]]])('takes manager given as %j', (manager) => {
    expect(parseUser({ [ENTERPRISE_USER_SCHEMA]: { manager } })[ENTERPRISE_USER_SCHEMA]).toEqual({
      manager: { value: 'm' },
    });
  });

  it('takes dotted and URN-prefixed names', () => {
    const given = {
      'name.givenName': 'Ada',
      'name.familyName': 'L',
      [`${ENTERPRISE_USER_SCHEMA}:department`]: 'D',
    };
    expect(parseUser(given)).toMatchObject({
      name: { givenName: 'Ada', familyName: 'L' },
      [ENTERPRISE_USER_SCHEMA]: { department: 'D' },
    });
  });

  it('takes root-level enterprise attributes only where that is opted into', () => {
    const body = { userName: 'ada', department: 'D' };
    expect(parseResource(body, userResourceType)).not.toHaveProperty([ENTERPRISE_USER_SCHEMA]);
    const options = { tolerances: [rootEnterpriseAttributes] };
    expect(parseResource(body, userResourceType, options)[ENTERPRISE_USER_SCHEMA]).toEqual({
      department: 'D',
    });
  });

  it('keeps what suggestions and formats do not foresee (RFC 7643 §7, canonicalValues)', () => {
    const given = {
      profileUrl: 'BAPNQLJSRQGD',
      roles: [{ value: '25', type: 'WindowsAzureActiveDirectoryRole' }],
      photos: [{ value: 'not a URI', type: 'selfie' }],
    };
    expect(parseUser(given)).toMatchObject(given);
  });

  it('takes a member by its address alone for the one that has this id', () => {
    const $ref = 'https://x.example/Users/1';
    const members = [{ $ref, type: 'User' }, { $ref: `${$ref}/` }, { value: '1' }, { $ref: '../Groups/2' }];
    expect(parseResource({ displayName: 'G', members }, groupResourceType).members).toEqual([
      { $ref: `${$ref}/`, type: 'User', value: '1' },
      { $ref: '../Groups/2', value: '2' },
    ]);
  });

  it('takes of an address the endpoint and the id, whatever server and query it has', () => {
    const given = ['https://a.example/scim/v2/1/users/7?x=y/z', '/Users/7#top', 'Users/7', '7'];
    for (const $ref of given) {
      const { members } = parseResource({ displayName: 'G', members: [{ $ref }] }, groupResourceType);
      expect(members).toEqual([{ $ref, value: '7' }]);
    }
  });

  it.each([
    [{ $ref: 'https://x.example/Devices/1' }, 'members[0].$ref'],
    [{ $ref: 'https://x.example/Users/' }, 'members[0].$ref'],
    [{ $ref: '../Groups/1', type: 'user' }, 'members[0].$ref'],
    [{ value: '1', type: 'Bogus' }, 'members[0].type'],
  ])('refuses the member %j, who is of another type', (member, where) => {
    const body = { displayName: 'G', members: [member] };
    expect(refusalOf(() => parseResource(body, groupResourceType))).toMatchObject({
      scimType: 'invalidValue',
      detail: expect.stringContaining(where),
    });
  });

  it.each([[[null]], [['']], [[[]]], [[[null]]], [[{ value: 'a@x' }, null]]])(
    'refuses the list %j, of which an element is nothing',
    (emails) => {
      expect(refusalOf(() => parseUser({ emails })).scimType).toBe('invalidValue');
    },
  );

  it.each([[null], [''], [[]]])('takes %j for a list of none', (nothing) => {
    expect(parseUser({ emails: nothing })).not.toHaveProperty('emails');
    expect(parseResource({ displayName: 'G', members: nothing }, groupResourceType)).not.toHaveProperty(
      'members',
    );
  });

  it.each([[{ type: 'User' }], [{}], [{ value: null }], [{ display: 'Ada' }], [{ $ref: '' }], [null], ['']])(
    'refuses the member %j, who is nobody',
    (member) => {
      const body = { displayName: 'G', members: [{ value: '1' }, member] };
      expect(refusalOf(() => parseResource(body, groupResourceType))).toMatchObject({
        scimType: 'invalidValue',
        detail: expect.stringContaining('members[1] names nobody'),
      });
    },
  );

  it.each([[[{ $ref: null, value: 'x' }]], [{ value: 'x' }], ['x'], [['x']]])(
    'takes %j for a single text (Azure AD of old)',
    (title) => {
      expect(parseUser({ title, active: [{ $ref: null, value: 'False' }] })).toMatchObject({
        title: 'x',
        active: false,
      });
    },
  );

  it('keeps one of equal elements', () => {
    const emails = [
      { value: 'A@b.c', type: 'work' },
      { value: 'a@B.c', type: 'WORK' },
      { value: 'a@b.c', type: 'home' },
    ];
    expect(parseUser({ emails }).emails).toHaveLength(2);
  });

  it('has no attribute by inheritance, whatever an account calls it', () => {
    const id = 'urn:example:custom:2.0:User';
    const attributes = [attribute('level', ''), attribute('constructor', '', { required: true })];
    const type = withExtension(userResourceType, { id, name: 'Custom', description: '', attributes });
    const body = { userName: 'a', [id]: { level: '3' } };
    expect(refusalOf(() => parseResource(body, type)).detail).toContain(`${id}:constructor`);
  });

  it('coerces what text means in typed attributes', () => {
    const type = withExtension(userResourceType, {
      id: 'urn:example:custom:2.0:User',
      name: 'Custom',
      description: '',
      attributes: [attribute('level', '', { type: 'integer' }), attribute('since', '', { type: 'dateTime' })],
    });
    const parse = (custom: JsonObject) =>
      parseResource({ userName: 'a', 'urn:example:custom:2.0:User': custom }, type)[
        'urn:example:custom:2.0:User'
      ];
    expect(parse({ level: '3', since: '2026-01-01T00:00:00Z' })).toEqual({
      level: 3,
      since: '2026-01-01T00:00:00Z',
    });
    expect(refusalOf(() => parse({ level: '3.5' })).detail).toContain('urn:example:custom:2.0:User:level');
    expect(refusalOf(() => parse({ since: 'soon' })).scimType).toBe('invalidValue');
    expect(
      parseUser({ [ENTERPRISE_USER_SCHEMA]: { employeeNumber: 701984 } })[ENTERPRISE_USER_SCHEMA],
    ).toEqual({
      employeeNumber: '701984',
    });
  });

  it.each([
    ['the SCIM 1.0 URN', ['urn:scim:schemas:core:1.0']],
    [
      'unknown URNs',
      [USER_SCHEMA, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    ],
    ['a string', USER_SCHEMA],
    ['nothing', null],
  ])('takes schemas that are %s', (_, schemas) => {
    expect(parseUser({ schemas }).schemas).toEqual([USER_SCHEMA]);
  });

  it.each<[string, JsonObject, string]>([
    ['a Group', { schemas: [GROUP_SCHEMA] }, 'invalidSyntax'],
    ['schemas of nothing', { schemas: [] }, 'schemas is empty'],
    ['schemas that are no list', { schemas: 7 }, 'invalidValue'],
    ['active: "yes"', { active: 'yes' }, 'active must be true or false'],
    ['active: 1', { active: 1 }, 'active must be'],
    ['title: {}', { title: { a: 1 } }, 'title must be a string'],
    ['title: true', { title: true }, 'title must be a string'],
    ['title: an object with more than a value', { title: { value: 'x', id: 1 } }, 'title must be a string'],
    ['userName: 123', { userName: 123 }, 'userName must be a string'],
    ['a number in a list', { emails: [{ value: 5 }] }, 'emails[0].value must be a string'],
    ['a number that is an element', { roles: [5] }, 'roles[0].value must be a string'],
    ['name: "Ada"', { name: 'Ada' }, 'name must be an object'],
    ['name as a list', { name: [{ givenName: 'a' }, { givenName: 'b' }] }, 'name must be an object'],
    [
      'emails[1].type: []',
      { emails: [{ value: 'a' }, { value: 'b', type: ['x', 'y'] }] },
      'emails[1].type must be',
    ],
    ['emails: 5 levels', { emails: [[['a', 'b'], 'c'], 'd'] }, 'emails[0] must be an object'],
    [
      'two primaries',
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: 'True' },
        ],
      },
      'primary true',
    ],
    ['a NUL', { title: 'a\u0000b' }, 'title contains a character'],
    ['half a surrogate pair', { title: '\ud800' }, 'title contains a character'],
    ['a long title', { title: 'x'.repeat(4097) }, 'title has 4097 characters'],
    ['a long title of emoji', { title: '\u{1f600}'.repeat(4097) }, 'title has 4097 characters'],
    [
      'a certificate that is no base64',
      { x509Certificates: [{ value: '<>' }] },
      'x509Certificates[0].value must be',
    ],
    ['an extension that is no object', { [ENTERPRISE_USER_SCHEMA]: 'x' }, 'must be an object'],
    ['an empty userName', { userName: '' }, 'userName is required'],
    ['a null userName', { userName: null }, 'userName is required'],
  ])('refuses %s', (_, body, hint) => {
    const { status, scimType, detail } = refusalOf(() => parseUser(body));
    expect(status).toBe(400);
    expect(`${scimType} ${detail}`).toContain(hint);
  });

  it.each([[null], ['text'], [[]], [undefined], [5]])('refuses %j as a body', (body) => {
    expect(refusalOf(() => parseResource(body, userResourceType)).scimType).toBe('invalidSyntax');
  });

  it('counts characters, of which an emoji is one', () => {
    const title = '\u{1f600}'.repeat(4096);
    expect(parseUser({ title }).title).toBe(title);
  });

  it('is not polluted by prototype keys', () => {
    const body: unknown = JSON.parse(
      '{"userName":"a","__proto__":{"active":true},"constructor":{"prototype":{"x":1}},"name":{"__proto__":{"x":1},"givenName":"A"}}',
    );
    const parsed = parseResource(body, userResourceType);
    expect(parsed).toEqual({ schemas: [USER_SCHEMA], userName: 'a', name: { givenName: 'A' } });
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect('x' in {}).toBe(false);
  });
});

describe('parseResource of a Group (RFC 7643 §4.2)', () => {
  it('takes members without type and keeps one of equal ones', () => {
    const members = [
      { value: 'u1', display: 'Ada', $ref: null },
      { value: 'u2' },
      { value: 'u1', type: 'User' },
    ];
    expect(parseResource({ displayName: 'G', externalId: 'e', members }, groupResourceType)).toEqual({
      schemas: [GROUP_SCHEMA],
      displayName: 'G',
      externalId: 'e',
      members: [{ value: 'u1', type: 'User' }, { value: 'u2' }],
    });
  });

  it('requires displayName (erratum 5368)', () => {
    expect(refusalOf(() => parseResource({}, groupResourceType))).toMatchObject({
      scimType: 'invalidValue',
      detail: 'displayName is required for a Group and was not given. Add it to the body.',
    });
  });

  it('reads ten thousand members at once', () => {
    const members = Array.from({ length: 10_000 }, (_, index) => ({ value: `u${index}` }));
    const start = performance.now();
    expect(parseResource({ displayName: 'G', members }, groupResourceType).members).toHaveLength(10_000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
