import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { SCIM_MEDIA_TYPE, ScimError, toErrorResponse } from '@rollcall/scim-protocol';

/** Why Node could not make a request of what came, as its errors say it. */
interface ClientError extends Error {
  readonly code?: string;
  /** The bytes that came last. */
  readonly rawPacket?: unknown;
}

/** How long what is still coming is taken in, so that the answer is read before the connection breaks. */
const LINGER_MS = 1000;

/** The first line of the request that is under way on a connection. */
const underWay = new WeakMap<Socket, string>();

/** Remembers what each connection asked for, since the error of a request that never ends does not say it. */
export function noteRequestLines(server: Server): void {
  server.on('request', ({ socket, method, url }) => underWay.set(socket, `${method} ${url} `));
}

/**
 * Answers what breaks HTTP before there is a whole request, in the words of the endpoint that was meant as far as that can be
 * seen, and closes the connection.
 */
export function answerClientError(error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = refusals[error.code ?? ''] ?? malformed;
  const { type, body } = bodyOf(refusal, startOf(error.rawPacket) ?? underWay.get(socket) ?? '');
  const head = [
    `HTTP/1.1 ${refusal.status} ${refusal.reason}`,
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Closed with bytes unread, the connection would be reset, and the answer lost on its way.
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

const startOf = (packet: unknown): string | undefined =>
  Buffer.isBuffer(packet) ? packet.toString('latin1', 0, 2048) : undefined;

interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly code: 'LIMIT_EXCEEDED' | 'INVALID_INPUT';
  readonly message: string;
}

const malformed: Refusal = {
  status: 400,
  reason: 'Bad Request',
  code: 'INVALID_INPUT',
  message: 'This is no request of HTTP/1.1.',
};

const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    reason: 'Request Header Fields Too Large',
    code: 'LIMIT_EXCEEDED',
    message:
      'The address and headers are larger than 16 KB together. Send a long filter in the body of POST /.search.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    reason: 'Request Timeout',
    code: 'INVALID_INPUT',
    message:
      'The request did not come to its end in time. Send it again, in smaller parts if the line is slow.',
  },
};

const SCIM_REQUEST_LINE = /^[A-Z]+ \/+scim(\/|\?| )/i;

function bodyOf({ status, code, message }: Refusal, packet: string): { type: string; body: string } {
  if (SCIM_REQUEST_LINE.test(packet)) {
    const error = new ScimError(status, undefined, message);
    return { type: SCIM_MEDIA_TYPE, body: JSON.stringify(toErrorResponse(error)) };
  }
  const type = 'application/json; charset=utf-8';
  if (/^[A-Z]+ \/graphql[ ?]/i.test(packet)) {
    return { type, body: JSON.stringify({ errors: [{ message, extensions: { code } }] }) };
  }
  return { type, body: JSON.stringify({ error: { code, message } }) };
}
