import { apiLimits } from '@rollcall/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpGraphQL } from './clients/graphql-client.ts';
import { liveClient } from './clients/live-client.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const pages = (users: string, members: string, parameters = '') =>
  `query Pages${parameters} { users(${users}) { nodes { teams { members(${members}) { nodes { id } } } } } }`;

const manyIds = Array.from({ length: 100 }, () => crypto.randomUUID());

const expensive: [what: string, query: string, variables?: object][] = [
  ['in the document', pages('first: 500', 'first: 500')],
  ['in a variable', pages('first: $n', 'first: $n', '($n: Int!)'), { n: 500 }],
  ['in the default of a variable', pages('first: $n', 'first: $n', '($n: Int! = 500)')],
  ['before a cursor', pages('last: $n', 'first: $n', '($n: Int!)'), { n: 500 }],
  [
    'in a fragment',
    `query ($n: Int!) { users(first: $n) { nodes { teams { ...M } } } } fragment M on Team { members(first: $n) { nodes { id } } }`,
    { n: 500 },
  ],
  [
    'as many as there are ids',
    `query ($ids: [ID!]!) { orgChart { peopleById(ids: $ids) { reports(first: 500) { nodes { userName title } } } } }`,
    { ids: manyIds },
  ],
  [
    'as many as there are ids in the default of a variable',
    `query ($ids: [ID!]! = ${JSON.stringify(manyIds)}) { orgChart { peopleById(ids: $ids) { reports(first: 500) { nodes { userName title } } } } }`,
  ],
  [
    'in the default of the schema',
    `{ users { nodes { teams { members { nodes { teams { members { nodes { id } } } } } } } } }`,
  ],
];

test.each(expensive)(
  'pages that multiply beyond the limit are refused: their length %s',
  async (_what, query, variables = {}) => {
    const { errors, http } = await httpGraphQL(server.origin, {
      authorization: company.admin.authorization,
    }).ask(query, variables);
    expect(http.status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', limit: apiLimits.maxCost } }]);
  },
);

test('the same pages, short, are answered', async () => {
  const graphql = httpGraphQL(server.origin, { authorization: company.admin.authorization });
  expect(await graphql.ask(pages('first: $n', 'first: $n', '($n: Int!)'), { n: 20 })).not.toHaveProperty(
    'errors',
  );
});

test('an operation of which nothing is executed costs nothing', async () => {
  const graphql = httpGraphQL(server.origin, { authorization: company.admin.authorization });
  const { errors, http } = await graphql.ask(
    `${pages('first: 500', 'first: 500')} query Small { viewer { kind } }`,
  );
  // Without a name it is not known which is meant.
  expect([http.status, errors?.[0]?.extensions.code]).toEqual([400, 'INVALID_INPUT']);
});

test('fragments of fragments are counted in time that follows the document', async () => {
  const levels = Array.from(
    { length: 60 },
    (_, at) => `fragment F${at} on User { ...F${at + 1} ...F${at + 1} }`,
  );
  const query = `{ users { nodes { ...F0 } } } ${levels.join(' ')} fragment F60 on User { id }`;
  const started = performance.now();
  const { http } = await httpGraphQL(server.origin, { authorization: company.admin.authorization }).ask(
    query,
  );
  expect(http.status).toBe(400);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('the limit holds on a WebSocket', async () => {
  const live = liveClient(server.origin, { token: tokenOf(company.admin) });
  await expect(live.ask(pages('first: $n', 'first: $n', '($n: Int! = 500)'))).rejects.toMatchObject([
    { extensions: { code: 'LIMIT_EXCEEDED', limit: apiLimits.maxCost } },
  ]);
  expect(await live.ask('{ viewer { kind } }')).not.toHaveProperty('errors');
  await live.close();
});
