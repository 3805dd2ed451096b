import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from './clients/http-exchange.ts';
import { openServerWorld, type ServerWorld } from './world.ts';

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server.close());

const withHeaders = (path: string, bytes: number) =>
  exchange(server.origin, { method: 'GET', path, headers: { 'x-large': 'x'.repeat(bytes) } });

describe('headers beyond 16 KB', () => {
  test.each([20_000, 300_000])('are refused in SCIM: %i bytes', async (bytes) => {
    const { status, headers, text: body } = await withHeaders('/scim/v2/Users', bytes);
    expect(status).toBe(431);
    expect(headers).toMatchObject({ 'content-type': 'application/scim+json', connection: 'close' });
    expect(JSON.parse(body)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '431',
      detail: expect.stringContaining('16 KB'),
    });
  });

  test('are refused as GraphQL, and elsewhere as the server refuses', async () => {
    const graphql = await withHeaders('/graphql', 20_000);
    expect([graphql.status, JSON.parse(graphql.text)]).toMatchObject([
      431,
      { errors: [{ message: expect.any(String), extensions: { code: 'LIMIT_EXCEEDED' } }] },
    ]);
    const auth = await withHeaders('/auth/sign-in', 20_000);
    expect([auth.status, JSON.parse(auth.text)]).toMatchObject([431, { error: { code: 'LIMIT_EXCEEDED' } }]);
  });

  test('in a filter are refused with a way out', async () => {
    const path = `/scim/v2/Users?filter=${'x'.repeat(20_000)}`;
    const { status, text: body } = await exchange(server.origin, { method: 'GET', path });
    expect([status, JSON.parse(body).detail]).toEqual([431, expect.stringContaining('.search')]);
  });
});

test('what is no HTTP gets an answer, and its connection is closed', async () => {
  const { hostname, port } = new URL(server.origin);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  socket.write('NONSENSE\r\n\r\n');
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { code: 'INVALID_INPUT' } });
});
