import { getIntrospectionQuery } from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../src/server.ts';
import { httpGraphQL } from './clients/graphql-client.ts';
import { exchange } from './clients/http-exchange.ts';
import { liveClient } from './clients/live-client.ts';
import { type Company, openServerWorld, type ServerWorld, startListening, tokenOf } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

/** What GraphiQL and code generators send. */
const wholeContract = getIntrospectionQuery({ schemaDescription: true, inputValueDeprecation: true });

const asking: [what: string, query: string][] = [
  ['as tools ask', wholeContract],
  ['for a type', '{ __type(name: "User") { name } }'],
  ['beside what everybody may ask', '{ limits { maxDepth } s: __schema { types { name } } }'],
  ['in a fragment', 'query { ...F } fragment F on Query { __schema { types { name } } }'],
  [
    'in a fragment of a fragment, on a condition',
    'query ($c: Boolean = false) { ... @include(if: $c) { ...F } } fragment F on Query { ...G } fragment G on Query { __type(name: "User") { name } }',
  ],
];

describe('without a credential', () => {
  test.each(asking)('the contract is not told: %s', async (_how, query) => {
    for (const headers of [{}, { authorization: 'Bearer rc_api_nonsense' }]) {
      const { data, errors, http } = await httpGraphQL(server.origin, headers).ask(query);
      expect([http.status, data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
        401,
        undefined,
        ['UNAUTHENTICATED'],
      ]);
      expect(errors?.[0]?.message).toMatch(/sign in/);
    }
  });

  test.each([
    ['{ usersss { nodes { id } } }', {}],
    ['{ limits { maxDepht } }', {}],
    ['{ users(frist: 1) { totalCount } }', {}],
    ['{ users(filter: { userNam: { equals: "x" } }) { totalCount } }', {}],
    ['{ users(orderBy: { field: USER_NAMES }) { totalCount } }', {}],
    ['{ node(id: "x") { userName } }', {}],
    ['{ users }', {}],
    ['query ($o: UserOrder) { users(orderBy: $o) { totalCount } }', { o: { field: 'USER_NAMES' } }],
    ['query ($o: UserOrder) { users(orderBy: $o) { totalCount } }', { o: { fields: 'x' } }],
    ['query ($o: UserOrders) { users(orderBy: $o) { totalCount } }', {}],
  ])('no name is suggested for %s', async (query, variables) => {
    const anonymous = await server.graphql().ask(query, variables);
    expect(anonymous.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    expect(anonymous.http.text).not.toMatch(/Did you mean/);
    const known = await server.graphql(tokenOf(company.admin)).ask(query, variables);
    expect(known.http.text).toMatch(/Did you mean/);
  });

  test('a long value that looks like suggestions costs no more than others', async () => {
    const value = ' Did you mean '.repeat(150_000);
    const { errors } = await server.graphql().ask(`{ node(id: { a: "${value}" }) { id } }`);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  test('the name of a type is told, and what is for everybody', async () => {
    expect((await server.graphql().ask('{ __typename limits { __typename maxDepth } }')).data).toMatchObject({
      __typename: 'Query',
    });
  });

  test('the contract is told where a setting opens it', async () => {
    const open = await startListening(
      await createServer({ core: server.core, logger: pino({ level: 'silent' }), publicIntrospection: true }),
    );
    const anonymous = httpGraphQL(open.origin, {});
    expect((await anonymous.ask(wholeContract)).errors).toBeUndefined();
    expect((await anonymous.ask('{ limits { maxDepht } }')).http.text).toMatch(/Did you mean/);
    await open.app.close();
  });
});

describe('with a credential', () => {
  test.each(asking)('the contract is told: %s', async (_how, query) => {
    const { errors } = await server.graphql(tokenOf(company.admin)).ask(query);
    expect(errors).toBeUndefined();
  });

  test('the page that explores it is served, and asks with the cookie of who signed in', async () => {
    const signIn = await exchange(server.origin, {
      method: 'POST',
      path: '/auth/sign-in',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: company.adminEmail, password: company.adminPassword }),
    });
    const cookie = signIn.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const page = await exchange(server.origin, {
      method: 'GET',
      path: '/graphql',
      headers: { cookie, accept: 'text/html' },
    });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const { data, errors } = await httpGraphQL(server.origin, { cookie }).ask(wholeContract);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ __schema: { queryType: { name: 'Query' } } });
  });

  test('the answer is made once, and the same for everybody, over HTTP and WebSocket', async () => {
    const query = `${wholeContract} # ${crypto.randomUUID()}`;
    const cpuOf = async () => {
      const before = process.cpuUsage();
      const { http } = await server.graphql(tokenOf(company.admin)).ask(query);
      const { user, system } = process.cpuUsage(before);
      return { text: http.text, time: user + system };
    };
    const first = await cpuOf();
    const later = [await cpuOf(), await cpuOf(), await cpuOf()];
    for (const { text } of later) expect(text).toBe(first.text);
    expect(Math.min(...later.map(({ time }) => time))).toBeLessThan(first.time);
    const live = liveClient(server.origin, { token: tokenOf(company.admin) });
    expect(await live.ask(query)).toEqual(JSON.parse(first.text));
    await live.close();
  });

  test('answers of other variables and operations are others', async () => {
    const named = 'query A { __type(name: "User") { name } } query B { __type(name: "Team") { name } }';
    const ask = async (body: object) => {
      const { text } = await exchange(server.origin, {
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', authorization: company.admin.authorization },
        body: JSON.stringify(body),
      });
      return JSON.parse(text).data.__type.name;
    };
    const byName = 'query ($name: String!) { __type(name: $name) { name } }';
    for (const _twice of [1, 2]) {
      expect(await ask({ query: named, operationName: 'A' })).toBe('User');
      expect(await ask({ query: named, operationName: 'B' })).toBe('Team');
      expect(await ask({ query: byName, variables: { name: 'Role' } })).toBe('Role');
      expect(await ask({ query: byName, variables: { name: 'Token' } })).toBe('Token');
    }
  });

  test('a rehearsal of introspection leaves nothing in the answers of others', async () => {
    const graphql = server.graphql(tokenOf(company.admin));
    const query = '{ __type(name: "Viewer") { name } }';
    await graphql.ask(query, {}, { 'rollcall-dry-run': 'true' });
    expect((await graphql.ask(query)).extensions).toBeUndefined();
  });

  test('what would tell the contract twice over costs too much, and what goes round in it is refused', async () => {
    const twice = wholeContract.replace(
      '__schema',
      'a: __schema { ...S } b: __schema { ...S } } fragment S on __Schema',
    );
    const balanced = twice.replace(/\}\s*\}\s*fragment FullType/, '} fragment FullType');
    const circles = `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} } '.repeat(4)} } } }`;
    const codes = await Promise.all(
      [balanced, circles].map(async (query) => {
        const { errors, http } = await server.graphql(tokenOf(company.admin)).ask(query);
        return [http.status, errors?.[0]?.extensions.code];
      }),
    );
    expect(codes).toEqual([
      [400, 'LIMIT_EXCEEDED'],
      [400, 'INVALID_INPUT'],
    ]);
  });
});
