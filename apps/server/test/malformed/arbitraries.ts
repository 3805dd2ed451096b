import fc from 'fast-check';
import type { HttpRequest } from '../clients/http-exchange.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'];

/** Where there is something to break: a person and a group that are really there. */
export interface Targets {
  readonly userId: string;
  readonly groupId: string;
}

const awkwardText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '\ud800',
    '\udc00x',
    '\u202e',
    "' OR 1=1 --",
    '{{7*7}}',
    '__proto__',
    '\uffff',
  ),
  fc.nat(5).map((power) => 'x'.repeat(10 ** power)),
);
const awkwardKey = fc.oneof(
  awkwardText,
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'schemas',
    'id',
    'meta',
  ),
  fc.constantFrom(
    'userName',
    'emails',
    'name',
    'active',
    'members',
    'Operations',
    'op',
    'path',
    'value',
    'displayName',
  ),
);
const leaf = fc.oneof(awkwardText, fc.boolean(), fc.constant(null), fc.double(), fc.maxSafeInteger());
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    fc.array(tie('anything'), { maxLength: 4 }),
    fc
      .array(fc.tuple(awkwardKey, tie('anything')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

const userNames = [
  'userName',
  'externalId',
  'displayName',
  'name',
  'active',
  'emails',
  'addresses',
  'x509Certificates',
  'password',
  'groups',
  'meta',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
];
const userBody = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom(...userNames), anything), { maxLength: 6 }), anything)
  .map(([entries, schemas]) => ({
    schemas: typeof schemas === 'object' ? [USER] : schemas,
    ...Object.fromEntries(entries),
  }));
const groupBody = fc.record(
  { schemas: anything, displayName: anything, externalId: anything, members: anything },
  { requiredKeys: [] },
);
const awkwardPath = fc.oneof(
  awkwardText,
  fc.constantFrom(
    'members',
    'emails[',
    'emails[type eq "work"].value',
    'name.',
    '.',
    'members[value eq',
    'a.b.c.d',
    `${USER}:`,
  ),
);
const patchBody = fc.record({
  schemas: fc.constantFrom([PATCH], PATCH, [], null),
  Operations: fc.oneof(
    fc.array(
      fc.record(
        {
          op: fc.oneof(fc.constantFrom('add', 'REMOVE', 'replace', 'move'), leaf),
          path: awkwardPath,
          value: anything,
        },
        { requiredKeys: [] },
      ),
      { maxLength: 5 },
    ),
    anything,
  ),
});

const searchBody = fc.record(
  {
    schemas: fc.constantFrom(['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], [], null),
    filter: fc.oneof(awkwardText, anything),
    sortBy: awkwardPath,
    sortOrder: leaf,
    attributes: anything,
    excludedAttributes: anything,
    startIndex: leaf,
    count: leaf,
    cursor: leaf,
  },
  { requiredKeys: ['schemas'] },
);
const bulkOperation = fc.record(
  {
    method: fc.oneof(fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'post'), leaf),
    path: fc.oneof(
      fc.constantFrom('/Users', '/Groups', '/Users/bulkId:a', '/Groups/bulkId:b', '/Bulk', '//', '/Users/..'),
      leaf,
    ),
    bulkId: fc.oneof(fc.constantFrom('a', 'b'), leaf),
    version: leaf,
    data: fc.oneof(
      userBody,
      groupBody,
      patchBody,
      fc.constantFrom({ displayName: 'b', members: [{ value: 'bulkId:a' }, { value: 'bulkId:' }] }),
      anything,
    ),
  },
  { requiredKeys: ['method', 'path'] },
);
const bulkBody = fc.record(
  {
    schemas: fc.constantFrom(['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], [], null),
    failOnErrors: leaf,
    Operations: fc.oneof({ arbitrary: fc.array(bulkOperation, { maxLength: 6 }), weight: 4 }, anything),
  },
  { requiredKeys: ['schemas', 'Operations'] },
);

/** Deep nesting, cut and garbled JSON, numbers out of range, doubled keys, other encodings. */
const rawBody: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.constantFrom('[', '{"a":', '{"name":', '[{"value":'), fc.constantFrom(10, 1000, 20_000))
    .map(([part, times]) => part.repeat(times)),
  fc
    .constantFrom(10, 500, 5000)
    .map((depth) => `{"userName":"deep","name":${'['.repeat(depth)}${']'.repeat(depth)}}`),
  fc.tuple(fc.json(), fc.nat(50)).map(([json, length]) => json.slice(0, length)),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '1e999',
    '"text"',
    '[]',
    '{}',
    '{"a":1,"a":2}',
    '\ufeff{}',
    '{"userName":"\\ud800"}',
    '{"__proto__":{"active":true}}',
    'NaN',
  ),
  fc.json().map((json) => Buffer.from(json, 'utf16le')),
);

const body: fc.Arbitrary<string | Buffer> = fc.oneof(
  { arbitrary: userBody.map((value) => JSON.stringify(value)), weight: 4 },
  { arbitrary: groupBody.map((value) => JSON.stringify(value)), weight: 2 },
  { arbitrary: patchBody.map((value) => JSON.stringify(value)), weight: 4 },
  { arbitrary: searchBody.map((value) => JSON.stringify(value)), weight: 2 },
  { arbitrary: bulkBody.map((value) => JSON.stringify(value)), weight: 3 },
  { arbitrary: anything.map((value) => JSON.stringify(value) ?? ''), weight: 1 },
  { arbitrary: rawBody, weight: 3 },
);

/** Header values that Node's own client agrees to send. */
const headerText = fc
  .oneof(
    fc.string({ unit: 'binary-ascii' }),
    fc.constantFrom('*', 'W/"1"', '"', 'W/', ',,,', 'W/"99999999999999999999"', 'x'.repeat(4000)),
  )
  .map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
const headers = fc.record(
  {
    'content-type': fc.oneof(
      { arbitrary: fc.constantFrom('application/scim+json', 'application/json'), weight: 6 },
      {
        arbitrary: fc.constantFrom(
          'text/plain',
          'application/xml',
          'application/json; charset=utf-16',
          'multipart/form-data',
          '',
        ),
        weight: 2,
      },
      { arbitrary: headerText, weight: 1 },
    ),
    'if-match': headerText,
    'if-none-match': headerText,
    accept: headerText,
  },
  { requiredKeys: ['content-type'] },
);

const escaped = fc.oneof(
  awkwardText.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 3000)),
  fc.constantFrom(
    '%',
    '%E0%A4',
    '%00',
    '%2e%2e%2f',
    '..%2f',
    '%ZZ',
    '%C0%AF',
    '*',
    '%u0000',
    ';a=b',
    '//',
    '%F0%9F',
  ),
  fc
    .uint8Array({ maxLength: 8 })
    .map((bytes) => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
);

/** Filters that are cut, doubled or mixed up, and texts that never were one. */
const filter = fc.oneof(
  awkwardText,
  fc
    .tuple(
      fc.constantFrom(
        'userName eq "a"',
        'emails[type eq "work" and value co "@"]',
        'not (active eq true) and (title pr or id eq "x")',
        'meta.lastModified gt "2026-01-01T00:00:00Z"',
      ),
      fc.nat(60),
      fc.constantFrom(
        '',
        '"',
        '(',
        ')',
        '[',
        ']',
        ' and',
        ' eq',
        '\0',
        '\\',
        ' or not',
        '.',
        ':',
        '\ud800',
        ' 1e999',
      ),
      fc.nat(3),
    )
    .map(([valid, at, extra, dropped]) => valid.slice(0, at) + extra + valid.slice(at + dropped)),
  fc
    .tuple(fc.constantFrom('(', 'not (', 'a[', 'userName pr and ', '"'), fc.constantFrom(5, 100, 700))
    .map(([part, times]) => part.repeat(times)),
);
const query = fc.oneof(
  fc.constant(''),
  filter.map((text) => `?filter=${encodeURIComponent(text.toWellFormed()).slice(0, 9000)}`),
  fc
    .tuple(
      fc.constantFrom(
        'startIndex',
        'count',
        'attributes',
        'excludedAttributes',
        'filter',
        'sortBy',
        'cursor',
        '__proto__',
        'FILTER',
      ),
      escaped,
    )
    .map(([name, value]) => `?${name}=${value}`),
  escaped.map((value) => `?${value}`),
);

function path({ userId, groupId }: Targets): fc.Arbitrary<string> {
  const known = fc.constantFrom(
    '/Users',
    '/Groups',
    `/Users/${userId}`,
    `/Groups/${groupId}`,
    `/users/${userId}/`,
    '/Bulk',
    '/Bulk',
    '/Me',
    '/.search',
    '/Users/.search',
    '/Groups/.search',
    '/Schemas',
    '/ResourceTypes/User',
    '/ServiceProviderConfig',
  );
  return fc.oneof(
    { arbitrary: known, weight: 6 },
    { arbitrary: fc.tuple(known, escaped).map(([place, text]) => `${place}/${text}`), weight: 2 },
    { arbitrary: escaped.map((text) => `/${text}`), weight: 1 },
  );
}

/** Requests below a base path that hardly any client would send; some of them happen to be right. */
export function malformedRequest(base: string, targets: Targets): fc.Arbitrary<HttpRequest> {
  return fc
    .record({
      method: fc.oneof(
        { arbitrary: fc.constantFrom('POST', 'PUT', 'PATCH', 'GET'), weight: 8 },
        { arbitrary: fc.constantFrom(...methods), weight: 1 },
      ),
      place: path(targets),
      query,
      headers,
      body,
    })
    .map(({ method, place, query, headers, body }) => ({
      method,
      path: (base + place + query).replaceAll(/[^\x21-\x7e]/g, ''),
      headers,
      body: method === 'GET' || method === 'HEAD' ? undefined : body,
    }));
}
