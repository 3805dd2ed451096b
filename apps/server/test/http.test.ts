import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { maxBodyValues } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, type HttpRequest } from './clients/http-exchange.ts';
import { ADMIN_ORIGIN, type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server?.close());

const send = (request: HttpRequest) => exchange(server.origin, request);
const json = { 'content-type': 'application/json' };

/** Where JSON is read besides SCIM: the address, a body that is understood, and where an error says its code. */
const places = [
  {
    path: '/graphql',
    body: '{"query":"{ account { id } }"}',
    understood: 200,
    codeOf: (body: { errors: { extensions: object }[] }) => body.errors[0]?.extensions,
  },
  {
    path: '/auth/sign-in',
    body: '{"email":"nobody@example.com","password":"is wrong"}',
    understood: 401,
    codeOf: (body: { error: object }) => body.error,
  },
];

describe.each(places)('a body at $path', ({ path, body, understood, codeOf }) => {
  const post = (sent: Buffer, headers: Record<string, string> = {}) =>
    send({
      method: 'POST',
      path,
      headers: { ...json, authorization: `Bearer ${tokenOf(company.admin)}`, ...headers },
      body: sent,
    });

  test('can be compressed', async () => {
    expect((await post(Buffer.from(body))).status).toBe(understood);
    expect((await post(gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(understood);
    expect((await post(brotliCompressSync(body), { 'content-encoding': 'br' })).status).toBe(understood);
  });

  test('is refused when it is compressed in an unknown way, or becomes too large', async () => {
    const unknown = await post(Buffer.from(body), { 'content-encoding': 'compress' });
    expect([unknown.status, unknown.headers['accept-encoding']]).toEqual([
      415,
      'gzip, deflate, br, zstd, identity',
    ]);
    expect(codeOf(JSON.parse(unknown.text))).toMatchObject({ code: 'INVALID_INPUT' });
    const bomb = await post(gzipSync(Buffer.alloc(20_000_000, 0x20)), { 'content-encoding': 'gzip' });
    expect(bomb.status).toBe(413);
    expect(codeOf(JSON.parse(bomb.text))).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  test('is refused when it gives a name twice, however deep', async () => {
    for (const twins of ['"x":1,"x":1', '"x":[{"y":{"x":1,"x":2}}]']) {
      const { status, text } = await post(Buffer.from(body.replace('{', `{${twins},`)));
      expect([status, codeOf(JSON.parse(text))]).toMatchObject([400, { code: 'INVALID_INPUT' }]);
      expect(text).toContain('it gives x twice, and only one can be meant. Send it once.');
    }
  });

  test('is refused when it is no UTF-8, or says that it is something else', async () => {
    const invalid = await post(Buffer.from(body.replace(/[{]/, '{"x":"\xf6",'), 'latin1'));
    expect(invalid.status).toBe(400);
    expect(codeOf(JSON.parse(invalid.text))).toMatchObject({ code: 'INVALID_INPUT' });
    const other = await post(Buffer.from(body), { 'content-type': 'application/json; charset=iso-8859-1' });
    expect(other.status).toBe(415);
  });
});

test('a GraphQL request of more values than are parsed is told their limit', async () => {
  const body = `{"query":"{ account { id } }","variables":{"x":[${'1,'.repeat(maxBodyValues)}1]}}`;
  const headers = { ...json, authorization: `Bearer ${tokenOf(company.admin)}` };
  const { status, text } = await send({ method: 'POST', path: '/graphql', headers, body });
  const extensions = { code: 'LIMIT_EXCEEDED', limit: maxBodyValues };
  expect([status, JSON.parse(text)]).toMatchObject([413, { errors: [{ extensions }] }]);
});

test('a client that hangs up in the middle of a compressed body harms nobody', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const body = gzipSync(randomBytes(500_000));
  const sent = request(`${server.origin}/graphql`, {
    method: 'POST',
    headers: { ...json, 'content-encoding': 'gzip', 'content-length': body.length },
  });
  sent.on('error', () => resolve());
  sent.write(body.subarray(0, 300_000), () => sent.destroy());
  await promise;
  expect((await send({ method: 'GET', path: '/healthz' })).status).toBe(200);
});

describe('an address', () => {
  const asIdp = () => ({ authorization: `Bearer ${company.idp.token}` });

  test('may have slashes too many', async () => {
    for (const path of [
      `/scim/v2/${company.id}//Users?count=0`,
      `//scim/v2/${company.id}/Users//?count=0`,
      `/scim//v2///${company.id}/Users/?count=0`,
      '/scim/v2//Users?count=0',
    ]) {
      const answer = await send({ method: 'GET', path, headers: asIdp() });
      expect([path, answer.status]).toEqual([path, 200]);
    }
    expect((await send({ method: 'GET', path: '//healthz' })).status).toBe(200);
  });

  test.each(['/scim', '/scim/', '//scim/v3/Users', '/scim/v2/x/y/z', '/SCIM/v1/Users?count=1'])(
    '%s is unknown in the words of SCIM',
    async (path) => {
      const { status, headers, text } = await send({ method: 'GET', path, headers: asIdp() });
      expect(headers['content-type']).toMatch(/^application\/scim\+json\b/);
      expect([status, JSON.parse(text)]).toMatchObject([404, { schemas: [ERROR], status: '404' }]);
    },
  );

  test.each([
    ['DELETE', '/auth/sign-in', 'POST, OPTIONS'],
    ['GET', '/auth/sign-out', 'POST, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
    ['PUT', '/graphql', 'GET, POST, OPTIONS'],
    ['DELETE', '/graphql?query=%7Bviewer%7Bkind%7D%7D', 'GET, POST, OPTIONS'],
    ['PROPFIND', '/metrics', 'GET, HEAD, OPTIONS'],
  ])('%s %s is 405, with what is possible', async (method, path, allow) => {
    const refused = await send({ method, path });
    expect([refused.status, refused.headers.allow]).toEqual([405, allow]);
    expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  test('tells by OPTIONS what is possible there', async () => {
    for (const [path, allow] of [
      ['/auth/sign-in', 'POST, OPTIONS'],
      ['/graphql', 'GET, POST, OPTIONS'],
    ] as const) {
      const { status, headers, text } = await send({ method: 'OPTIONS', path });
      expect([status, headers.allow, text]).toEqual([204, allow, '']);
    }
    const scim = await send({ method: 'OPTIONS', path: `/scim/v2/${company.id}/Users` });
    expect([scim.status, scim.headers.allow]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
  });

  test.each(['/graphql', '/graphql?query=%7Bviewer%7Bkind%7D%7D'])('HEAD %s is 405 too', async (path) => {
    const { status, headers } = await send({ method: 'HEAD', path });
    expect([status, headers.allow]).toEqual([405, 'GET, POST, OPTIONS']);
  });

  test.each(['/graphql', '/auth/sign-in', '/auth/sign-out'])(
    '%s lets in no page of another origin, not even of the admin, which passes on what its pages ask',
    async (path) => {
      for (const origin of ['https://evil.example', ADMIN_ORIGIN, 'null']) {
        const asked = {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        };
        for (const answer of [
          await send({ method: 'OPTIONS', path, headers: asked }),
          await send({
            method: 'POST',
            path,
            headers: { origin, 'content-type': 'application/json' },
            body: '{}',
          }),
        ])
          expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual(
            [],
          );
      }
    },
  );
});
