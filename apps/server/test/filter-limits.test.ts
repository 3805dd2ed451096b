import { apiLimits } from '@rollcall/core';
import { defaultFilterLimits } from '@rollcall/scim-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { errorsOverSocket, type SocketError } from './clients/errors-over-socket.ts';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const document = 'query ($filter: UserFilter) { users(filter: $filter, first: 1) { totalCount } }';

const answerSchema = z.object({
  errors: z
    .array(z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()) }))
    .optional(),
});

const factsOf = ({ message, extensions = {} }: SocketError) => {
  const { code, limit, field } = extensions;
  return { message, code, limit, field };
};

/** What comes of an operation, over HTTP and over a WebSocket; they have to agree. Variables can be text already. */
async function answersTo(query: string, variables: object | string = {}) {
  const token = tokenOf(company.admin);
  const written = typeof variables === 'string' ? variables : JSON.stringify(variables);
  const payload = `{"query":${JSON.stringify(query)},"variables":${written}}`;
  const { status, text } = await exchange(server.origin, {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: payload,
  });
  const errors = (answerSchema.parse(JSON.parse(text)).errors ?? []).map(factsOf);
  expect((await errorsOverSocket(server.origin, token, payload)).map(factsOf)).toEqual(errors);
  return { status, error: errors[0], errors };
}

/** So many levels of a filter around a comparison, as JSON. */
const nested = (levels: number, open: string, close: string) =>
  `{"filter":${open.repeat(levels)}{"userName":{"equals":"x"}}${close.repeat(levels)}}`;

const tooDeep = { code: 'LIMIT_EXCEEDED', limit: apiLimits.maxInputDepth };

describe('nesting', () => {
  test.each([
    ['and', '{"and":[', ']}'],
    ['and, without a list', '{"and":', '}'],
    ['or', '{"or":[', ']}'],
    ['not', '{"not":', '}'],
    ['lists in lists', '[', ']'],
    ['what is not known', '{"nothing":', '}'],
  ])('of %s is refused in variables, however deep', async (_kind, open, close) => {
    for (const levels of [apiLimits.maxInputDepth - 1, 3_000, 10_000]) {
      const { status, error } = await answersTo(document, nested(levels, open, close));
      expect([status, error]).toMatchObject([400, tooDeep]);
    }
  });

  test.each([
    ['objects', 'not: {', '}'],
    ['lists', '[', ']'],
  ])('of %s is refused in a document, however deep', async (_kind, open, close) => {
    for (const levels of [apiLimits.maxInputDepth + 1, 2_400]) {
      const value =
        open === '['
          ? `{ and: ${open.repeat(levels)}${close.repeat(levels)} }`
          : `{ ${open.repeat(levels)}${close.repeat(levels)} }`;
      const { status, error } = await answersTo(`{ users(filter: ${value}) { totalCount } }`);
      expect([status, error]).toMatchObject([400, tooDeep]);
      const byDefault = await answersTo(
        `query ($f: UserFilter = ${value}) { users(filter: $f) { totalCount } }`,
      );
      expect([byDefault.status, byDefault.error]).toMatchObject([400, tooDeep]);
    }
  });

  test('of JSON and of inputs of mutations is refused too', async () => {
    const value = `${'{"value":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const { status, error } = await answersTo(
      'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }',
      `{"input":{"id":"${company.adminId}","customAttributes":[{"name":"x","value":${value}}]}}`,
    );
    expect([status, error]).toMatchObject([400, tooDeep]);
  });

  test('as deep as allowed is answered', async () => {
    // Innermost are the condition and its operator.
    const variables = nested(apiLimits.maxInputDepth - 2, '{"not":', '}');
    expect(await answersTo(document, variables)).toMatchObject({ status: 200, errors: [] });
  });
});

const many = (count: number, term: object) => ({ or: Array.from({ length: count }, () => term) });
const cheap = { userName: { equals: 'x' } };
const listed = { emails: { some: { value: { contains: 'x' } } } };

describe('comparisons', () => {
  const limit = apiLimits.maxFilterComparisons;
  const tooMany = { code: 'LIMIT_EXCEEDED', limit, field: 'filter' };

  test('are as many in a filter of GraphQL as in one of SCIM', async () => {
    expect(limit).toBe(defaultFilterLimits.maxTerms);
    for (const term of [cheap, listed, { roleId: { equals: company.adminId } }]) {
      expect(await answersTo(document, { filter: many(limit, term) })).toMatchObject({
        status: 200,
        errors: [],
      });
      const beyond = await answersTo(document, { filter: many(limit + 1, term) });
      expect([beyond.status, beyond.error]).toMatchObject([400, tooMany]);
    }
  });

  test('are counted wherever they stand', async () => {
    const inOne = { emails: { some: many(limit + 1, { value: { contains: 'x' } }) } };
    const spread = {
      and: Array.from({ length: limit / 2 + 1 }, () => ({
        not: { userName: { startsWith: 'a', endsWith: 'b' } },
      })),
    };
    for (const filter of [inOne, spread])
      expect((await answersTo(document, { filter })).error).toMatchObject(tooMany);
    const literal = `{ or: [${'{ userName: { equals: "x" } } '.repeat(limit + 1)}] }`;
    expect((await answersTo(`{ users(filter: ${literal}) { totalCount } }`)).error).toMatchObject(tooMany);
    const byDefault = `query ($f: UserFilter = ${literal}) { users(filter: $f) { totalCount } }`;
    expect((await answersTo(byDefault)).error).toMatchObject(tooMany);
    const within = 'query ($terms: [UserFilter!]) { users(filter: { not: { or: $terms } }) { totalCount } }';
    expect((await answersTo(within, { terms: many(limit + 1, cheap).or })).error).toMatchObject(tooMany);
  });

  test('of many filters of one operation cost together, by what they look at', async () => {
    const aliases = (count: number) =>
      `query ($filter: UserFilter) { ${Array.from({ length: count }, (_, at) => `a${at}: users(filter: $filter, first: 1) { totalCount }`).join(' ')} }`;
    const tooCostly = { code: 'LIMIT_EXCEEDED', limit: apiLimits.maxCost };
    expect((await answersTo(aliases(2), { filter: many(limit, listed) })).error).toMatchObject(tooCostly);
    expect((await answersTo(aliases(11), { filter: many(limit, cheap) })).error).toMatchObject(tooCostly);
    expect((await answersTo(aliases(1), { filter: many(21, { search: 'x' }) })).error).toMatchObject(
      tooCostly,
    );
    expect(await answersTo(aliases(2), { filter: many(10, listed) })).toMatchObject({ status: 200 });
  });

  test('with many values at once are one', async () => {
    const ids = Array.from({ length: 500 }, () => crypto.randomUUID());
    expect(await answersTo(document, { filter: { id: { in: ids } } })).toMatchObject({
      status: 200,
      errors: [],
    });
  });

  test('600 in each of twelve queries take no time', async () => {
    const filter = many(600, listed);
    const started = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => server.graphql(tokenOf(company.admin)).ask(document, { filter })),
    );
    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(
      Array(12).fill('LIMIT_EXCEEDED'),
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('the widest and deepest filter of SCIM', () => {
  const { maxTerms, maxDepth } = defaultFilterLimits;
  const search = (type: string, filter: string) =>
    exchange(server.origin, {
      method: 'POST',
      path: `/scim/v2/${company.id}/${type}/.search`,
      headers: { authorization: `Bearer ${company.idp.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter,
        count: 1,
      }),
    });

  test.each([
    ['Users', 'userName eq "x"'],
    ['Users', 'emails co "x"'],
    ['Users', 'emails ne "x"'],
    ['Users', 'not (addresses.locality sw "x")'],
    ['Users', 'groups.$ref eq "https://x/Groups/0198c8f0-0000-7000-8000-000000000000"'],
    ['Users', 'manager.displayName ne null'],
    ['Users', 'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"'],
    ['Users', 'meta.created gt "2026-01-01T00:00:00Z"'],
    ['Users', 'externalId ne "x"'],
    ['Groups', 'members.$ref ne "https://x/Users/0198c8f0-0000-7000-8000-000000000000"'],
    ['Groups', 'members.display co "x"'],
    ['Groups', 'displayName ge "x"'],
  ])('of %s with %s passes GraphQL', async (type, comparison) => {
    const { status, text } = await search(type, Array(maxTerms).fill(comparison).join(' or '));
    expect(status, text).toBe(200);
  });

  test.each([
    ['not (', 'userName eq "x"', ')'],
    ['not (title eq "a" or ', 'userName eq "x"', ')'],
    ['(title eq "a" and (title eq "b" or ', 'emails[type eq "x" and not (value co "y")]', '))'],
  ])('as deep as %s … passes GraphQL', async (open, inner, close) => {
    const own = [...open].filter((sign) => sign === '(').length;
    const levels = Math.floor(
      (maxDepth - [...inner].filter((sign) => sign === '(' || sign === '[').length) / own,
    );
    const { status, text } = await search('Users', `${open.repeat(levels)}${inner}${close.repeat(levels)}`);
    expect(status, text).toBe(200);
  });
});
