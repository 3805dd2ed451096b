import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../src/server.ts';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld, startListening } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const send = (method: string, path: string, headers: Record<string, string> = {}) =>
  exchange(server.origin, { method, path, headers });

describe('every answer tells browsers to keep nothing, guess nothing and frame nothing', () => {
  test.each<[string, number, string, string, Record<string, string>]>([
    ['of SCIM', 200, 'GET', '/scim/v2/Users', { authorization: 'Bearer {token}' }],
    ['of SCIM without a credential', 401, 'GET', '/scim/v2/Users', {}],
    ['of GraphQL', 200, 'GET', '/graphql?query={__typename}', { 'apollo-require-preflight': '1' }],
    ['of GraphQL that refuses', 400, 'GET', '/graphql?query={', {}],
    ['of signing in', 415, 'POST', '/auth/sign-in', {}],
    ['of health', 200, 'GET', '/healthz', {}],
    ['where there is nothing', 404, 'GET', '/nothing', {}],
    ['to an address that can not be decoded', 400, 'GET', '/%ff', {}],
  ])('%s', async (_title, expected, method, path, { authorization, ...others }) => {
    const credential = authorization?.replace('{token}', company.idp.token);
    const answer = await send(method, path, { ...others, ...(credential && { authorization: credential }) });
    expect(answer.status).toBe(expected);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(answer.headers).not.toHaveProperty('strict-transport-security');
  });

  test('also that to what is no HTTP', async () => {
    const { hostname, port } = new URL(server.origin);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    socket.write('NONSENSE\r\n\r\n');
    expect(await text(socket)).toMatch(/cache-control: no-store\r\nx-content-type-options: nosniff\r\n/);
  });
});

test('behind https, browsers are told to stay there', async () => {
  const app = await createServer({
    core: server.core,
    logger: pino({ level: 'silent' }),
    publicUrl: 'https://id.example.com',
  });
  const { origin } = await startListening(app);
  const { headers } = await exchange(origin, { method: 'GET', path: '/healthz' });
  expect(headers['strict-transport-security']).toBe('max-age=31536000');
  await app.close();
});

test('the page that explores GraphQL runs its own script and no other', async () => {
  const { status, headers } = await send('GET', '/graphql', { accept: 'text/html' });
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  const policy = String(headers['content-security-policy']);
  expect(policy).toMatch(/script-src 'sha256-[^']+'(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
});
