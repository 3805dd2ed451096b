import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const admin = () => server.graphql(tokenOf(company.admin));
const usersOf = z.object({ users: z.object({ totalCount: z.number() }) });

describe('GraphQL over HTTP', () => {
  test('every error has a code of the contract and the request id, which is in the header too', async () => {
    const asked = [
      await server.graphql().ask('{ account { id } }'),
      await admin().ask('{ nothing }'),
      await admin().ask('{ '),
      await admin().ask(''),
      await admin().ask('query ($id: ID!) { user(id: $id) { id } }', {}),
      await admin().ask('mutation ($id: ID!) { deprovisionUser(input: { id: $id }) { changed } }', {
        id: crypto.randomUUID(),
      }),
      await admin().ask('{ account { id } }', {}, { 'content-type': 'text/plain' }),
    ];
    expect(asked.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'UNAUTHENTICATED',
      ...Array(4).fill('INVALID_INPUT'),
      'NOT_FOUND',
      'INVALID_INPUT',
    ]);
    for (const { errors, http } of asked) {
      expect(errors?.[0]?.extensions.requestId).toBe(http.headers['x-request-id']);
      expect(http.text).not.toMatch(/stacktrace|node_modules/);
    }
  });

  test('a body that is no JSON is refused in the same form', async () => {
    const { status, text } = await exchange(server.origin, {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: '{"query":',
    });
    expect([status, JSON.parse(text)]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'INVALID_INPUT' } }] },
    ]);
  });

  test('what a page of another site can send without asking first is refused (CSRF)', async () => {
    const query = encodeURIComponent('{ limits { maxDepth } }');
    const simple = await exchange(server.origin, { method: 'GET', path: `/graphql?query=${query}` });
    expect([simple.status, JSON.parse(simple.text)]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'INVALID_INPUT' } }] },
    ]);
    const asked = await exchange(server.origin, {
      method: 'GET',
      path: `/graphql?query=${query}`,
      headers: { 'apollo-require-preflight': 'true' },
    });
    expect(JSON.parse(asked.text)).toEqual({ data: { limits: { maxDepth: expect.any(Number) } } });
  });

  test('a mutation by GET is refused', async () => {
    const query = encodeURIComponent('mutation { signOut { signedOut } }');
    const { status } = await exchange(server.origin, {
      method: 'GET',
      path: `/graphql?query=${query}`,
      headers: { 'apollo-require-preflight': 'true', authorization: company.admin.authorization },
    });
    expect(status).toBe(405);
  });

  test('introspection shows the contract', async () => {
    const shape = z.object({ __schema: z.object({ types: z.array(z.object({ name: z.string() })) }) });
    const { __schema } = await admin().query(shape, '{ __schema { types { name } } }');
    expect(__schema.types.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['User', 'ErrorCode', 'FeedMessage']),
    );
  });

  test('a browser gets a page to explore with, which loads nothing from elsewhere', async () => {
    const { status, headers, text } = await exchange(server.origin, {
      method: 'GET',
      path: '/graphql',
      headers: { accept: 'text/html,application/xhtml+xml' },
    });
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const head = text.replaceAll(/<script[^>]*>[\s\S]*?<\/script>/g, (script) =>
      script.slice(0, script.indexOf('>') + 1),
    );
    expect(text.length).toBeGreaterThan(100_000);
    expect(head).not.toMatch(/(src|href)\s*=\s*["']?(https?:)?\/\//);
    expect(text).not.toMatch(/\bimport\s*\(?\s*["'`]https?:/);
    expect(text).not.toMatch(/@import\s+(url\()?["']?https?:|url\(["']?https?:/);
  });

  test('a request id from a proxy is kept, and one that does not fit a log is not', async () => {
    const idOf = async (id: string) =>
      (await server.graphql().ask('{ limits { maxDepth } }', {}, { 'x-request-id': id })).http.headers[
        'x-request-id'
      ];
    expect(await idOf('proxy-1.a_b')).toBe('proxy-1.a_b');
    expect(await idOf('two words; and more')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a rehearsal', () => {
  test('answers with the events that would be written, and writes nothing', async () => {
    const count = () => admin().query(usersOf, '{ users { totalCount } }');
    const before = await count();
    const create =
      'mutation ($userName: String!) { createUser(input: { userName: $userName }) { user { userName } } }';
    const { data, extensions } = await admin().ask(
      create,
      { userName: 'rehearsed' },
      { 'rollcall-dry-run': 'true' },
    );
    expect(data).toEqual({ createUser: { user: { userName: 'rehearsed' } } });
    expect(extensions).toMatchObject({ rehearsal: { events: [{ type: 'USER_CREATED' }] } });
    expect(await count()).toEqual(before);
    expect((await admin().ask('{ users { totalCount } }')).extensions).toBeUndefined();
  });

  test('names in its events what an id means, also what it would bring itself', async () => {
    const headers = { 'rollcall-dry-run': 'true' };
    const person = z.object({ id: z.string(), displayName: z.string() });
    const newcomer = await admin().query(
      z.object({ createUser: z.object({ user: person }) }),
      'mutation { createUser(input: { userName: "lead", displayName: "Lia Lead" }) { user { id displayName } } }',
    );
    const { id, displayName: label } = newcomer.createUser.user;
    const create = 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }';
    const input = { displayName: 'Led', leadId: id };
    const { extensions } = await admin().ask(create, { input }, headers);
    const changes = expect.arrayContaining([
      { field: 'leadId', before: null, after: id, named: [{ type: 'USER', id, label }] },
    ]);
    expect(extensions).toMatchObject({ rehearsal: { events: [{ type: 'TEAM_CREATED', changes }] } });
  });
});

describe('the published limits', () => {
  const nested = (depth: number): string =>
    `{ users { nodes ${'{ manager '.repeat(depth)}{ id }${'}'.repeat(depth)} } }`;
  const aliases = (count: number): string =>
    `{ ${Array.from({ length: count }, (_, at) => `a${at}: limits { maxDepth }`).join(' ')} }`;

  test.each([
    ['depth', nested(20), 'maxDepth'],
    ['aliases', aliases(40), 'maxAliases'],
    ['cost', '{ users(first: 500) { nodes { teams { members(first: 500) { nodes { id } } } } } }', 'maxCost'],
  ] as const)('%s', async (_what, query, limit) => {
    const shape = z.object({ limits: z.record(z.string(), z.number()) });
    const { limits } = await server.graphql().query(shape, `{ limits { ${limit} } }`);
    const { errors, http } = await admin().ask(query);
    expect(http.status).toBe(400);
    expect(
      errors?.map(({ extensions }) => extensions.code),
      http.text,
    ).toContain('LIMIT_EXCEEDED');
    expect(errors?.find(({ extensions }) => extensions.code === 'LIMIT_EXCEEDED')?.extensions.limit).toBe(
      limits[limit],
    );
  });

  test('tokens of a document', async () => {
    const { errors } = await admin().ask(`{ ${'limits { maxDepth } '.repeat(2000)} }`);
    expect(errors?.[0]?.extensions.code).toMatch(/^(LIMIT_EXCEEDED|INVALID_INPUT)$/);
  });

  test.each([501, 0, -1])('a page of %i', async (first) => {
    const { errors } = await admin().ask('query ($first: Int) { users(first: $first) { totalCount } }', {
      first,
    });
    expect(errors?.[0]?.extensions.code).toMatch(/^(LIMIT_EXCEEDED|INVALID_INPUT)$/);
  });

  test('bytes of a body', async () => {
    const { errors, http } = await admin().ask('{ limits { maxDepth } }', { x: 'x'.repeat(5 * 1024 * 1024) });
    expect([http.status, errors?.[0]?.extensions.code]).toEqual([413, 'LIMIT_EXCEEDED']);
  });
});

describe('what goes wrong inside', () => {
  test('is masked: a fixed message and the request id', async () => {
    const broken = await openServerWorld(pino({ level: 'silent' }));
    const { admin: victim, scim } = await broken.company();
    await broken.core.database.pool.query('ALTER TABLE users RENAME TO users_elsewhere');
    const { errors, http } = await broken.graphql(tokenOf(victim)).ask('{ users { nodes { id } } }');
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('on our side'),
        extensions: { code: 'INTERNAL', requestId: http.headers['x-request-id'] },
      },
    ]);
    expect(http.text).not.toMatch(/relation|users_elsewhere|select/i);
    await expect(scim.send({ path: '/Users' })).rejects.toThrow(
      /status 500[\s\S]*scim\+json[\s\S]*report request id/,
    );
    await broken.close();
  });
});
