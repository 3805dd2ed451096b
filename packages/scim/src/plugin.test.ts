import { brotliCompressSync, deflateSync, gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { GraphQLRequestError } from '@rollcall/graphql-client';
import { describe, expect, test } from 'vitest';
import { maxBodyValues } from './http/read-json.ts';
import { adapterServer } from './testing/adapter-server.ts';
import { adaId } from './testing/results.ts';
import { refusal, scriptedClient } from './testing/scripted-client.ts';
import { userResult } from './users/testing/user-result.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

describe('where the endpoints are', () => {
  test.each([
    [`/Users/${adaId}`, undefined, '/scim/v2'],
    [`/users/${adaId.toUpperCase()}`, undefined, '/scim/v2'],
    [`/Acme-1/Users/${adaId}`, 'Acme-1', '/scim/v2/Acme-1'],
    [`/Acme-1/USERS/${adaId}`, 'Acme-1', '/scim/v2/Acme-1'],
  ])('%s is found, and the account keeps its spelling', async (path, account, base) => {
    const client = scriptedClient({ user: userResult() });
    const answer = await adapterServer(client).send({ path });
    expect(answer.status).toBe(200);
    expect(answer.body.meta).toMatchObject({ location: `https://rollcall.example${base}/Users/${adaId}` });
    expect(client.sent[0]?.headers['rollcall-account']).toBe(account);
  });

  test('what is no endpoint is 404 in SCIM', async () => {
    const answer = await adapterServer(scriptedClient()).send({ path: '/Acme/Devices?count=1' });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/scim\+json\b/);
    expect(answer.body).toEqual({
      schemas: [ERROR],
      status: '404',
      detail: 'There is no endpoint GET /scim/v2/Acme/Devices. Check the base URL.',
    });
  });

  test.each([
    ['DELETE', '/Users', 'GET, HEAD, POST, OPTIONS'],
    ['POST', `/Acme/Groups/${adaId}`, 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
    ['PUT', '/ServiceProviderConfig', 'GET, HEAD, OPTIONS'],
    ['GET', '/Bulk', 'POST, OPTIONS'],
    ['TRACE', '/Users', 'GET, HEAD, POST, OPTIONS'],
    ['PROPFIND', '/Acme/.search', 'POST, OPTIONS'],
  ] as const)('%s %s is 405 whatever the body', async (method, path, allow) => {
    const answer = await adapterServer(scriptedClient()).send({
      method,
      path,
      body: 'no json',
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.body).toMatchObject({ schemas: [ERROR], status: '405' });
  });

  test('what an endpoint can do is told by OPTIONS, and HEAD is possible where GET is', async () => {
    const server = adapterServer(scriptedClient({ user: userResult() }));
    for (const [path, allow] of [
      ['', 'GET, HEAD, OPTIONS'],
      ['/Users', 'GET, HEAD, POST, OPTIONS'],
      [`/acme/Users/${adaId}`, 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
      ['/acme/Bulk', 'POST, OPTIONS'],
      ['/Schemas/urn:x', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const answer = await server.send({ method: 'OPTIONS', path, headers: { authorization: '' } });
      expect([path, answer.status, answer.headers.allow, answer.text]).toEqual([path, 204, allow, '']);
    }
    expect((await server.send({ method: 'HEAD', path: `/Users/${adaId}` })).status).toBe(200);
    expect((await server.send({ method: 'HEAD', path: '/Bulk' })).status).toBe(405);
  });

  test('POST /Me is 501', async () => {
    const answer = await adapterServer(scriptedClient()).send({ method: 'POST', path: '/Me', body: {} });
    expect(answer.body).toMatchObject({ status: '501', detail: expect.stringContaining('not offered') });
  });
});

describe('who may come in', () => {
  test.each([['non-token'], ['Basic YTpi'], ['Bearer'], ['Bearer '], ['']])(
    'the header %j is 401 with a challenge that knows of no error, and asks nobody',
    async (authorization) => {
      const client = scriptedClient();
      const answer = await adapterServer(client).send({ path: '/Users', headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="SCIM"');
      expect(answer.body).toMatchObject({ schemas: [ERROR], status: '401', detail: expect.any(String) });
      expect(client.sent).toEqual([]);
    },
  );

  test('what can be no bearer token is named as what is wrong', async () => {
    const answer = await adapterServer(scriptedClient()).send({
      path: '/Users',
      headers: { authorization: 'Bearer "a b"' },
    });
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer realm="SCIM", error="invalid_token", error_description="The bearer token is missing, unknown/,
    );
  });

  test('the token goes through as it is, with the id of the request', async () => {
    const client = scriptedClient({ user: userResult() });
    await adapterServer(client).send({
      path: `/Users/${adaId}`,
      headers: { authorization: 'bearer rc_scim_1~x=' },
    });
    expect(client.sent[0]?.headers).toEqual({
      authorization: 'Bearer rc_scim_1~x=',
      'rollcall-account': undefined,
      'x-request-id': 'req-1',
      signal: expect.any(AbortSignal),
    });
  });

  test('a token that GraphQL refuses is 401 with a challenge', async () => {
    const said = new GraphQLRequestError('Expired: "rc_…" \\ no\nmore.', {
      code: 'UNAUTHENTICATED',
      facts: {},
    });
    const answer = await adapterServer(scriptedClient(said)).send({ path: '/Users' });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer realm="SCIM", error="invalid_token", error_description="Expired: 'rc_'' ' no'more."`,
    );
  });
});

describe('what a body may be', () => {
  test.each([
    ['application/scim+json; charset=utf-8', 201],
    ['application/scim+json;charset="UTF8"', 201],
    ['application/json', 201],
    ['text/json', 201],
    ['text/plain', 415],
    ['application/xml', 415],
    ['application/json; charset=ISO-8859-1', 415],
    ['application/scim+json; charset=utf-16', 415],
  ])('Content-Type %s gives %i', async (contentType, status) => {
    const client = scriptedClient({ createUser: { user: userResult() } });
    const answer = await adapterServer(client).send({
      method: 'POST',
      path: '/Users',
      body: { userName: 'ada@example.com' },
      headers: { 'content-type': contentType },
    });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/scim\+json\b/);
  });

  test('a body that does not say what it is can only be SCIM', async () => {
    const { fastify } = adapterServer(scriptedClient({ createUser: { user: userResult() } }));
    const answer = await fastify.inject({
      method: 'POST',
      url: '/scim/v2/Users',
      headers: { authorization: 'Bearer secret' },
      payload: Buffer.from('{"userName":"ada@example.com"}'),
    });
    expect(answer.statusCode).toBe(201);
  });

  test.each([['m\xf6ller'], ['\xff\xfe'], ['\xc0\xaf'], ['\xed\xa0\x80']])(
    'bytes that are no UTF-8 are told, and not taken for another text (%j)',
    async (latin1) => {
      const client = scriptedClient();
      const body = Buffer.from(`{"userName":"${latin1}"}`, 'latin1');
      const answer = await adapterServer(client).send({ method: 'POST', path: '/Users', body });
      expect(answer.body).toMatchObject({
        status: '400',
        scimType: 'invalidSyntax',
        detail: 'The request body is not valid: it is not valid UTF-8. Encode it as UTF-8.',
      });
      expect(client.sent).toEqual([]);
    },
  );

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['DEFLATE', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['identity', (body: Buffer) => body],
  ])('a body that was compressed with %s is read', async (coding, compress) => {
    const client = scriptedClient({ createUser: { user: userResult() } });
    const userName = `${'ö'.repeat(1000)}@example.com`;
    const answer = await adapterServer(client).send({
      method: 'POST',
      path: '/Users',
      body: compress(Buffer.from(JSON.stringify({ userName }))),
      headers: { 'content-encoding': coding },
    });
    expect(answer.status).toBe(201);
    expect(client.sent).toMatchObject([{ variables: { input: { userName } } }]);
  });

  test.each(['compress', 'gzip, gzip', 'constructor'])(
    'the coding %s is 415 with those that are known',
    async (coding) => {
      const answer = await adapterServer(scriptedClient()).send({
        method: 'POST',
        path: '/Users',
        body: {},
        headers: { 'content-encoding': coding },
      });
      expect([answer.status, answer.headers['accept-encoding']]).toEqual([
        415,
        'gzip, deflate, br, zstd, identity',
      ]);
      expect(answer.body).toMatchObject({ schemas: [ERROR], detail: expect.stringContaining(coding) });
    },
  );

  test('what claims to be compressed and is not, or is cut short, is told', async () => {
    const whole = gzipSync('{"userName":"ada@example.com"}');
    for (const body of [Buffer.from('{"userName":"ada"}'), whole.subarray(0, 20)]) {
      const headers = { 'content-encoding': 'gzip' };
      const answer = await adapterServer(scriptedClient()).send({
        method: 'POST',
        path: '/Users',
        body,
        headers,
      });
      expect(answer.body).toMatchObject({
        status: '400',
        scimType: 'invalidSyntax',
        detail: expect.stringContaining('Content-Encoding'),
      });
    }
  });

  test('a small body that would become a large one is 413, and not decoded beyond the limit', async () => {
    const body = gzipSync(Buffer.alloc(200_000_000, 0x20), { level: 9 });
    expect(body.length).toBeLessThan(200_000);
    const wholly = process.cpuUsage();
    gunzipSync(body);
    const before = process.cpuUsage();
    const answer = await adapterServer(scriptedClient()).send({
      method: 'POST',
      path: '/Users',
      body,
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer.body).toMatchObject({ status: '413', detail: expect.stringContaining('1048576 bytes') });
    expect(microseconds(process.cpuUsage(before))).toBeLessThan(microseconds(process.cpuUsage(wholly)) / 2);
  });

  test.each(['{"userName": ', '', '[]', '"x"', 'null'])('the body %j is invalidSyntax', async (body) => {
    const answer = await adapterServer(scriptedClient()).send({ method: 'POST', path: '/Users', body });
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
  });

  test.each([
    ['/Users', '{"userName":"ada","active":false,"active":true}', 'active'],
    ['/Bulk', '{"Operations":[{"method":"DELETE","path":"/Users/1","path":"/Users/2"}]}', 'path'],
    ['/.search', '{"filter":"active eq true","filter":"active eq false"}', 'filter'],
  ])('a name that is there twice is invalidSyntax at %s', async (path, body, name) => {
    const answer = await adapterServer(scriptedClient()).send({ method: 'POST', path, body });
    expect(answer.body).toMatchObject({
      status: '400',
      scimType: 'invalidSyntax',
      detail: `The request body is not valid: it gives ${name} twice, and only one can be meant. Send it once.`,
    });
  });

  test('a body of more values than are parsed is 413, with their limit', async () => {
    const body = (values: number) => `[${'[],'.repeat((values - 4) / 2)}[]]`;
    const send = (values: number) =>
      adapterServer(scriptedClient(), { maxBodyBytes: 10_000_000 }).send({
        method: 'POST',
        path: '/Users',
        body: body(values),
      });
    expect((await send(maxBodyValues)).body).toMatchObject({ status: '400' });
    expect((await send(maxBodyValues + 2)).body).toMatchObject({
      status: '413',
      detail: 'The request body has more than 500000 values. Split the request into smaller ones.',
    });
  });

  test('a body over the limit is 413', async () => {
    const body = { userName: 'x'.repeat(2_000) };
    const answer = await adapterServer(scriptedClient(), { maxBodyBytes: 1_000 }).send({
      method: 'POST',
      path: '/Users',
      body,
    });
    expect(answer.body).toMatchObject({ status: '413', detail: expect.stringContaining('1000 bytes') });
  });

  test('/Bulk takes more, and names its own limit', async () => {
    const bulk = (title: string) => ({
      Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: { title } }],
    });
    const send = (length: number) =>
      adapterServer(scriptedClient({ viewer: { kind: 'TOKEN', user: null } }), {
        maxBodyBytes: 1_000,
        maxBulkBytes: 5_000,
      }).send({ method: 'POST', path: '/acme/Bulk', body: bulk('x'.repeat(length)) });
    expect((await send(2_000)).status).toBe(200);
    const refused = await send(6_000);
    expect(refused.body).toMatchObject({
      status: '413',
      detail: expect.stringMatching(/5000 bytes \(maxPayloadSize\)/),
    });
  });

  test('keys that would reach a prototype change nothing', async () => {
    const client = scriptedClient({ createUser: { user: userResult() } });
    await adapterServer(client).send({
      method: 'POST',
      path: '/Users',
      body: '{"userName":"ada@example.com","__proto__":{"title":"Queen"},"name":{"__proto__":{"givenName":"X"}}}',
    });
    expect(client.sent[0]?.variables).toMatchObject({ input: { title: null, name: null } });
  });

  test('a DELETE may name a content type for no body', async () => {
    const client = scriptedClient({ deprovisionUser: { changed: true } });
    const answer = await adapterServer(client).send({
      method: 'DELETE',
      path: `/Users/${adaId}`,
      headers: { 'content-type': 'application/scim+json' },
    });
    expect(answer).toMatchObject({ status: 204, text: '' });
  });
});

const microseconds = ({ user, system }: NodeJS.CpuUsage): number => user + system;

test('a rate limit of the core keeps its Retry-After', async () => {
  const answer = await adapterServer(scriptedClient(refusal('RATE_LIMITED', { retryAfter: 7 }))).send({
    path: `/Users/${adaId}`,
  });
  expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '7' } });
});

describe('what nobody expected', () => {
  test('is 500 with the request id and nothing of the inside', async () => {
    const answer = await adapterServer(scriptedClient()).send({ path: '/Users' });
    expect(answer.status).toBe(500);
    expect(answer.headers['content-type']).toMatch(/^application\/scim\+json\b/);
    expect(answer.body.detail).toContain('req-1');
    expect(answer.text).not.toContain('no answer was prepared');
  });

  test('is 500 for a code that is not of the contract', async () => {
    const client = scriptedClient(refusal('ON_FIRE'));
    const answer = await adapterServer(client).send({ path: '/Users' });
    expect(answer.body).toMatchObject({ status: '500', detail: expect.not.stringContaining('ON_FIRE') });
  });
});

describe('a rehearsal, which SCIM does not know', () => {
  test.each(['true', 'True', '1', ''])(
    'is refused with rollcall-dry-run: %s, and nothing is done',
    async (header) => {
      const client = scriptedClient({ user: userResult() });
      const headers = { 'rollcall-dry-run': header };
      const answer = await adapterServer(client).send({ method: 'DELETE', path: `/Users/${adaId}`, headers });
      expect(answer.status).toBe(400);
      expect(answer.body.detail).toMatch(/no rehearsal.*nothing was done.*Leave the header/);
      expect(client.sent).toEqual([]);
    },
  );
});
