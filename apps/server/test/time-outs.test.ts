import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultTimeOuts } from '../src/http/time-outs.ts';
import { createServer } from '../src/server.ts';
import { openServerWorld, type RunningServer, type ServerWorld, startListening } from './world.ts';

const LIMIT_SECONDS = 1;

let world: ServerWorld;
let impatient: RunningServer;
beforeAll(async () => {
  world = await openServerWorld();
  const app = await createServer({
    core: world.core,
    logger: pino({ level: 'silent' }),
    timeOuts: { headersSeconds: LIMIT_SECONDS, requestSeconds: LIMIT_SECONDS },
  });
  impatient = await startListening(app);
});
afterAll(async () => {
  await impatient.app.close();
  await world.close();
});

/** Sends a byte now and then, until the server has had enough; gives what it answers. */
async function drip(start: string, bytes: string): Promise<{ head: string; body: string }> {
  const { hostname, port } = new URL(impatient.origin);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  socket.write(start);
  let at = 0;
  const dripping = setInterval(() => socket.write(bytes[at++ % bytes.length] ?? ''), 50);
  // What is still written when the server has closed is of no interest.
  socket.on('error', () => {});
  socket.on('end', () => clearInterval(dripping));
  try {
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    return { head, body };
  } finally {
    clearInterval(dripping);
  }
}

const post = (path: string, type: string) =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\ncontent-length: 9999\r\n\r\n{`;

describe('a body that drips', () => {
  test.each([
    [
      '/graphql',
      'application/json',
      { errors: [{ message: expect.any(String), extensions: { code: 'INVALID_INPUT' } }] },
    ],
    ['/auth/sign-in', 'application/json', { error: { code: 'INVALID_INPUT', message: expect.any(String) } }],
    [
      '/scim/v2/Users',
      'application/scim+json',
      { status: '408', detail: expect.stringContaining('in time') },
    ],
  ])('to %s ends with 408 in the words of the endpoint', async (path, type, expected) => {
    const { head, body } = await drip(post(path, type), ' ');
    expect(head).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(head).toMatch(/connection: close/i);
    expect(JSON.parse(body)).toMatchObject(expected);
  });
});

test('headers that drip end with 408', async () => {
  const { head } = await drip('GET /graphql HTTP/1.1\r\nhost: localhost\r\n', 'x-a: b\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
});

test('unless it is told otherwise, the server waits for headers and bodies as long as docs/limits.md says', () => {
  expect(world.app.server).toMatchObject({
    headersTimeout: defaultTimeOuts.headersSeconds * 1000,
    requestTimeout: defaultTimeOuts.requestSeconds * 1000,
  });
});
