import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { defaultLimits } from '@rollcall/scim';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HeldBytes } from '../src/http/held-bytes.ts';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const BULK_BYTES = defaultLimits.maxBulkBytes;
const FULL = HeldBytes.mostOfOne / BULK_BYTES;

let server: ServerWorld;
let greedy: Company;
let other: Company;
beforeAll(async () => {
  server = await openServerWorld();
  greedy = await server.company();
  other = await server.company();
  // Credentials are their account's from the second request on.
  for (const { scim } of [greedy, other]) await scim.send({ path: '/Users?count=1' });
});
afterAll(() => server.close());

const opened: Socket[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  await expect.poll(async () => (await create(greedy)).status).toBe(201);
});

let created = 0;
const create = ({ scim }: Company) =>
  scim.send({ method: 'POST', path: '/Users', body: { schemas: [USER], userName: `user${++created}` } });

/** Begins a bulk request, and sends no more than the beginning of its body. */
async function beginBulk(headers: readonly string[], start = '{'): Promise<Socket> {
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  opened.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const head = [
    `POST /scim/v2/${greedy.id}/Bulk HTTP/1.1`,
    `Host: ${hostname}`,
    `Authorization: Bearer ${greedy.idp.token}`,
    'Content-Type: application/scim+json',
    ...headers,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${start}`);
  return socket;
}

const ofLength = [`Content-Length: ${BULK_BYTES}`];

async function fill(): Promise<void> {
  for (let count = 0; count < FULL; count += 1) await beginBulk(ofLength);
  await expect
    .poll(async () => {
      const { status } = await create(greedy);
      // The last one may have come while this one held its few bytes, and been refused for them.
      if (status !== 429) await beginBulk(ofLength);
      return status;
    })
    .toBe(429);
}

describe('when the bodies of an account that are on their way take as much as they may', () => {
  test('SCIM refuses the next one with 429 before it reads it, says when to come again, and serves others', async () => {
    await fill();
    const { status, headers, body } = await create(greedy);
    expect([status, headers['retry-after']]).toEqual([429, '2']);
    expect(body).toMatchObject({
      status: '429',
      detail: expect.stringMatching(/Send fewer at once. Wait 2 seconds/),
    });
    expect((await create(other)).status).toBe(201);
    expect((await greedy.scim.send({ path: '/Users?count=1' })).status).toBe(200);
  });

  test('GraphQL refuses in its own words', async () => {
    await fill();
    const { http, errors } = await server.graphql(greedy.idp.token).ask('{ limits { maxDepth } }');
    expect([http.status, http.headers['retry-after']]).toEqual([429, '2']);
    expect(errors).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', limit: HeldBytes.mostOfOne, retryAfter: 2 } },
    ]);
  });

  test('a body without a length is refused when it comes to more', async () => {
    await fill();
    const socket = await beginBulk(['Transfer-Encoding: chunked'], '1\r\n{\r\n'.repeat(20));
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 429 /);
    // What came with it is nobody's, and does no harm.
    expect((await create(other)).status).toBe(201);
  });
});

test('a body for what is not there counts too, as its address', async () => {
  const { hostname, port } = new URL(server.origin);
  const send = (path: string) =>
    exchange(server.origin, {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
  expect((await send('/nothing')).status).toBe(404);
  const head = `POST /nothing HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n{`;
  await expect
    .poll(
      async () => {
        for (let count = 0; count < 20; count += 1) {
          const socket = connect(Number(port), hostname);
          opened.push(socket);
          socket.on('error', () => undefined).write(head);
          await once(socket, 'connect');
        }
        return (await send('/nothing')).status;
      },
      { timeout: 10_000 },
    )
    .toBe(429);
});

test('a compressed body counts with what it becomes', async () => {
  // One alone has room for less than it becomes, and for more than it is.
  for (let count = 0; count < FULL - 1; count += 1) await beginBulk(ofLength);
  await beginBulk([`Content-Length: ${BULK_BYTES - 500_000}`]);
  const send = (body: Buffer) =>
    exchange(server.origin, {
      method: 'POST',
      path: `/scim/v2/${greedy.id}/Users`,
      headers: {
        authorization: `Bearer ${greedy.idp.token}`,
        'content-type': 'application/scim+json',
        'content-encoding': 'gzip',
      },
      body,
    });
  const user = (userName: string) =>
    gzipSync(`{"schemas": ["${USER}"], "userName": "${userName}"${' '.repeat(900_000)}}`);
  await expect.poll(async () => (await send(user('compressed'))).status).toBe(429);
  for (const socket of opened.splice(0)) socket.destroy();
  await expect.poll(async () => (await send(user('compressed'))).status).toBe(201);
});
