import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createProxyServer } from 'httpxy';
import type { Client } from './client-of.ts';

const SERVERS_PATH =
  /^\/+(graphql|scim|auth|oauth|healthz|readyz|\.well-known\/oauth-authorization-server)(?=[/?]|$)/i;

/** Longer than any answer of the server takes. */
const ANSWER_WITHIN_MS = 120_000;

/** Passes requests on to the server, so that people see one origin. */
export interface Forwarding {
  request(request: IncomingMessage, response: ServerResponse, client: Client): void;
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer, client: Client): void;
}

/** Tells whether a path is the server's. */
export const isForServer = ({ url = '' }: IncomingMessage): boolean => SERVERS_PATH.test(url);

/** Makes what passes on, with the word of who the client is and the secret for which the server believes it. */
export function forwardingTo(target: string, secret: string | undefined): Forwarding {
  const proxy = createProxyServer({ target, changeOrigin: true, proxyTimeout: ANSWER_WITHIN_MS });
  proxy.on('error', (_error, request, response) => {
    if (response !== undefined && 'setHeader' in response) answerUnreachable(request?.url ?? '', response);
    else response?.destroy();
  });
  return {
    request(request, response, client) {
      introduce(request, client, secret);
      void proxy.web(request, response);
    },
    upgrade(request, socket, head, client) {
      introduce(request, client, secret);
      void proxy.ws(request, socket, {}, head);
    },
  };
}

/** Replaces all that a request says of its client. */
function introduce(
  request: IncomingMessage,
  { address, scheme, host }: Client,
  secret: string | undefined,
): void {
  const { headers } = request;
  delete headers.forwarded;
  delete headers['x-forwarded-port'];
  delete headers['rollcall-proxy-secret'];
  headers['x-forwarded-for'] = address;
  headers['x-forwarded-proto'] = scheme;
  headers['x-forwarded-host'] = host;
  if (secret !== undefined) headers['rollcall-proxy-secret'] = secret;
}

const MESSAGE = 'The server can not be reached just now. Try again in a moment.';

/** Answers for the server, in the words of the endpoint that was meant. */
function answerUnreachable(url: string, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const [, endpoint] = SERVERS_PATH.exec(url.toLowerCase()) ?? [];
  const { type, body } = unreachableIn(endpoint);
  response
    .writeHead(503, { 'content-type': type, 'cache-control': 'no-store', 'retry-after': '2' })
    .end(JSON.stringify(body));
}

function unreachableIn(endpoint: string | undefined): { type: string; body: object } {
  const code = 'UNAVAILABLE';
  if (endpoint === 'scim') {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    return { type: 'application/scim+json', body: { schemas, status: '503', detail: MESSAGE } };
  }
  const type = 'application/json; charset=utf-8';
  if (endpoint === 'graphql') return { type, body: { errors: [{ message: MESSAGE, extensions: { code } }] } };
  return { type, body: { error: { code, message: MESSAGE } } };
}
