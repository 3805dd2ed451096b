import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { clientReader } from './client-of.ts';
import { createAdminServer } from './http-server.ts';
import { forwardingTo } from './pass-on.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** The admin in front of a server that takes each upgrade and says no more. */
async function openAdmin(): Promise<number> {
  const behind = createServer().on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  });
  const admin = createAdminServer({
    clientOf: clientReader({ trustedProxies: [], scheme: 'http' }),
    forwarding: forwardingTo(`http://127.0.0.1:${await listen(behind)}`, undefined),
    showPage: async (_request, response) => void response.end('a page'),
    pagesHaveWebSockets: false,
  });
  return listen(admin);
}

/** What is answered to an upgrade until the socket is closed. */
async function upgrade(port: number, path: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
  );
  return text(socket);
}

test("a WebSocket that is the server's is passed on", async () => {
  expect(await upgrade(await openAdmin(), '/graphql')).toMatch(/^HTTP\/1\.1 101 /);
});

test.each(['/', '/people', '/_next/hmr', '/graphqlx', '*'])('a WebSocket to %s is closed', async (path) => {
  expect(await upgrade(await openAdmin(), path)).toBe('');
});
