import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorsOverSocket } from './clients/errors-over-socket.ts';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const hashOf = (query: string) => createHash('sha256').update(query).digest('hex');
const persisted = (persistedQuery: unknown, query?: string) => ({ query, extensions: { persistedQuery } });
const manyWrong = `query (${Array.from({ length: 60 }, (_, at) => `$v${at}: Int!`).join(' ')}) { viewer { kind } }`;

/** What a client can get wrong, and what the answer has to say. */
const mistakes: [what: string, body: unknown, status: number, message: RegExp][] = [
  ['a subscription', { query: 'subscription { provisioningEvents { cursor } }' }, 400, /WebSocket/],
  [
    'a subscription among other operations',
    {
      query: 'query A { viewer { kind } } subscription B { feed: orgChartChanges { cursor } }',
      operationName: 'B',
    },
    400,
    /WebSocket/,
  ],
  [
    'the hash of another text',
    persisted({ version: 1, sha256Hash: hashOf('x') }, '{ viewer { kind } }'),
    400,
    /sha256Hash/,
  ],
  ['no hash', persisted({ version: 1 }, '{ viewer { kind } }'), 400, /sha256Hash/],
  [
    'a hash that is no text',
    persisted({ version: 1, sha256Hash: { a: 1 } }, '{ viewer { kind } }'),
    400,
    /sha256Hash/,
  ],
  [
    'another version of persisted queries',
    persisted({ version: 2, sha256Hash: 'x' }),
    400,
    /persistedQuery\.version/,
  ],
  ['persisted queries of no kind', persisted('x', '{ viewer { kind } }'), 400, /persistedQuery\.version/],
  [
    'an introspection that goes round',
    { query: '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }' },
    400,
    /at most twice/,
  ],
  ['a variable that is missing', { query: 'query ($id: ID!) { user(id: $id) { id } }' }, 400, /\$id/],
  [
    'a variable of another type',
    {
      query: 'query ($n: Int) { roles(first: 1) { totalCount } users(first: $n) { totalCount } }',
      variables: { n: 'x' },
    },
    400,
    /\$n/,
  ],
  ['more wrong variables than are listed', { query: manyWrong }, 400, /\$v0/],
  [
    'null for an argument with a default',
    { query: 'query ($n: Int = 5) { roles(first: $n) { totalCount } }', variables: { n: null } },
    200,
    /first/,
  ],
  [
    'two operations and no name',
    { query: 'query A { viewer { kind } } query B { viewer { kind } }' },
    400,
    /operation/i,
  ],
  [
    'an operation that is not there',
    { query: 'query A { viewer { kind } }', operationName: 'B' },
    400,
    /"B"/,
  ],
  ['a fragment alone', { query: 'fragment F on User { id }' }, 400, /F/],
  ['a list of requests', [{ query: '{ viewer { kind } }' }], 400, /batching/],
  ['a number as document', { query: 5 }, 400, /strings/],
  ['variables as text', { query: '{ viewer { kind } }', variables: '{}' }, 400, /variables/],
  ['@defer', { query: '{ viewer { ... @defer { kind } } }' }, 400, /defer/],
];

describe('over HTTP', () => {
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await exchange(server.origin, {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', authorization: company.admin.authorization, ...headers },
      body: JSON.stringify(body),
    });
    return { ...answer, body: JSON.parse(answer.text) };
  };

  test.each(mistakes)('%s is INVALID_INPUT', async (_what, body, status, message) => {
    const answer = await post(body);
    for (const { extensions } of answer.body.errors) {
      expect(extensions).toMatchObject({ code: 'INVALID_INPUT', requestId: answer.headers['x-request-id'] });
    }
    expect(answer.body.errors[0].message).toMatch(message);
    expect(answer.status).toBe(status);
  });

  test.each([
    [{ emails: [{ value: 'a' }, { value: 5 }] }, 'emails[1].value'],
    [{ name: { givenName: [] } }, 'name.givenName'],
    [{ active: 'yes' }, 'active'],
  ])('a value of another type within a variable names its field: %j', async (input, field) => {
    const query = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }';
    const answer = await post({ query, variables: { input: { userName: 'x', ...input } } });
    expect(answer.body.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field } }]);
  });

  test.each([
    [{ createdAt: { greaterThan: 'yesterday' } }, 'createdAt.greaterThan'],
    [{ status: 'NOBODY' }, 'status'],
  ])('so does an instant or a name that is none: %j', async (filter, field) => {
    const query = 'query ($filter: UserFilter) { users(filter: $filter) { totalCount } }';
    const answer = await post({ query, variables: { filter } });
    expect(answer.body.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field } }]);
  });

  test('a hash that is not known has the code that clients look for, and the document is then remembered', async () => {
    const query = `{ viewer { kind } } # ${crypto.randomUUID()}`;
    const known = persisted({ version: 1, sha256Hash: hashOf(query) });
    expect((await post(known)).body.errors).toMatchObject([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
    expect((await post({ ...known, query })).body).toEqual({ data: { viewer: { kind: 'USER' } } });
    expect((await post(known)).body).toEqual({ data: { viewer: { kind: 'USER' } } });
  });

  test('a subscription by GET, and an answer that cannot be given, are refused as well', async () => {
    const query = encodeURIComponent('subscription { provisioningEvents { cursor } }');
    const get = await exchange(server.origin, {
      method: 'GET',
      path: `/graphql?query=${query}`,
      headers: { 'apollo-require-preflight': 'true', authorization: company.admin.authorization },
    });
    expect([get.status, JSON.parse(get.text)]).toMatchObject([
      405,
      { errors: [{ extensions: { code: 'INVALID_INPUT' } }] },
    ]);
    const stream = await post({ query: '{ viewer { kind } }' }, { accept: 'text/event-stream' });
    expect([stream.status, stream.body]).toMatchObject([
      406,
      { errors: [{ extensions: { code: 'INVALID_INPUT' } }] },
    ]);
  });
});

describe('over a WebSocket', () => {
  test.each([
    ['a variable that is missing', { query: 'query ($id: ID!) { user(id: $id) { id } }' }],
    [
      'a variable of another type',
      { query: 'query ($n: Int) { users(first: $n) { totalCount } }', variables: { n: 'x' } },
    ],
    [
      'a variable of a subscription',
      {
        query: 'subscription ($after: Cursor) { provisioningEvents(after: $after) { cursor } }',
        variables: { after: 5 },
      },
    ],
    ['more wrong variables than are listed', { query: manyWrong }],
    [
      'null for an argument with a default',
      { query: 'query ($n: Int = 5) { roles(first: $n) { totalCount } }', variables: { n: null } },
    ],
    ['an unknown field', { query: '{ nothing }' }],
    ['no document', { query: '{' }],
    ['two operations and no name', { query: 'query A { viewer { kind } } query B { viewer { kind } }' }],
    [
      'a hash instead of a document',
      { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
    ],
  ])('%s is INVALID_INPUT, with a request id', async (_what, payload) => {
    const answer = await errorsOverSocket(server.origin, tokenOf(company.admin), JSON.stringify(payload));
    expect(answer.length).toBeGreaterThan(0);
    for (const { extensions } of answer) {
      expect(extensions).toMatchObject({
        code: 'INVALID_INPUT',
        requestId: expect.stringMatching(/^[\w.-]{8,}$/),
      });
    }
  });

  test('what a resolver refuses is told in its words', async () => {
    const payload = JSON.stringify({ query: '{ roles(first: 0) { totalCount } }' });
    expect(await errorsOverSocket(server.origin, tokenOf(company.admin), payload)).toMatchObject([
      {
        path: ['roles'],
        extensions: { code: 'LIMIT_EXCEEDED', field: 'first', requestId: expect.any(String) },
      },
    ]);
  });
});
