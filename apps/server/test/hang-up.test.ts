import { once } from 'node:events';
import { connect } from 'node:net';
import { waitingStatements } from '@rollcall/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

const failures: string[] = [];
const log = pino({ level: 'warn' }, { write: (line) => void failures.push(line) });

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld(log);
  company = await server.company();
  // From now on who asks is known, and nothing but what they ask is read.
  await company.scim.list('/Users', { count: 1 });
});
afterAll(() => server.close());

const waiting = () => waitingStatements(server.core.database.pool);

/** Keeps everybody from reading people while `act` runs. */
async function whilePeopleCantBeRead(act: () => Promise<void>): Promise<void> {
  const holder = await server.core.database.pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
    await act();
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
}

/** Sends a request as it stands, and gives what hangs up. */
async function send(request: string): Promise<() => void> {
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(request);
  return () => socket.destroy();
}

const query = JSON.stringify({ query: '{ users(first: 5) { nodes { userName } } }' });

const requests: Record<string, (authorization: string, accountId: string) => string> = {
  GraphQL: (authorization) =>
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\n` +
    `content-length: ${query.length}\r\n\r\n${query}`,
  SCIM: (authorization, accountId) =>
    `GET /scim/v2/${accountId}/Users?count=5 HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n\r\n`,
};

test.each(Object.entries(requests))(
  'what %s reads for a client that hangs up is cancelled, and is no failure of the server',
  async (_protocol, requestOf) => {
    await whilePeopleCantBeRead(async () => {
      const hangUps = await Promise.all(
        [1, 2, 3].map(() => send(requestOf(company.idp.authorization, company.id))),
      );
      await expect.poll(waiting).toBe(3);
      for (const hangUp of hangUps) hangUp();
      await expect.poll(waiting).toBe(0);
    });
    expect(await company.scim.list('/Users', { count: 1 })).toMatchObject({ itemsPerPage: 1 });
    const { text } = await exchange(server.origin, { method: 'GET', path: '/metrics' });
    expect(text).toContain('status="200"');
    expect(text).not.toContain('status="5');
    expect(failures).toEqual([]);
  },
);
