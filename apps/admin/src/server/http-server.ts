import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { Client } from './client-of.ts';
import { type Forwarding, isForServer } from './pass-on.ts';

/**
 * Longer than the server waits, so that a slow request to it ends with its own 408 in its own words; what is meant for
 * the pages has no body to speak of.
 */
const REQUEST_WITHIN_MS = 75_000;
const HEADERS_WITHIN_MS = 15_000;
const CHECK_EVERY_MS = 2_000;

/** What the admin's HTTP server is put together of. */
export interface AdminServerOptions {
  readonly clientOf: (request: IncomingMessage) => Client;
  readonly forwarding: Forwarding;
  readonly showPage: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Whether the pages have WebSockets of their own, as in development, where Next listens for them by itself. */
  readonly pagesHaveWebSockets: boolean;
}

/** The HTTP server that browsers and identity providers meet: what is the server's is passed on, the rest are pages. */
export function createAdminServer(options: AdminServerOptions): Server {
  const { clientOf, forwarding, showPage, pagesHaveWebSockets } = options;
  const server = createServer({
    requestTimeout: REQUEST_WITHIN_MS,
    headersTimeout: HEADERS_WITHIN_MS,
    connectionsCheckingInterval: CHECK_EVERY_MS,
  });
  server.on('request', (request, response) => {
    const client = clientOf(request);
    if (isForServer(request)) return forwarding.request(request, response, client);
    protect(request, response, () => {
      if (client.scheme === 'https') response.setHeader('strict-transport-security', 'max-age=31536000');
      void showPage(request, response);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (isForServer(request) && socket instanceof Socket) {
      forwarding.upgrade(request, socket, head, clientOf(request));
    } else if (!pagesHaveWebSockets) {
      // Node leaves the socket to whoever listens for upgrades, without any time-out.
      socket.destroy();
    }
  });
  return server;
}

/** What pages and their parts tell browsers. Pages say in a policy of their own, with a nonce, which scripts may run. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
  strictTransportSecurity: false,
});
