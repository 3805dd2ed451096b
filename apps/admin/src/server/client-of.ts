import type { IncomingMessage } from 'node:http';
import proxyAddress, { compile } from '@fastify/proxy-addr';

/** What the server is told of whoever sent a request. */
export interface Client {
  readonly address: string;
  readonly scheme: 'http' | 'https';
  /** The host that the client asked for. */
  readonly host: string;
}

interface ClientOptions {
  readonly trustedProxies: readonly string[];
  /** The scheme of clients of whom no trusted proxy tells it. */
  readonly scheme: Client['scheme'];
}

/**
 * Makes the reader of who sent a request: whoever is at the other end of the socket, or whom a trusted proxy there names.
 * What others write into X-Forwarded-… counts for nothing.
 */
export function clientReader({
  trustedProxies,
  scheme,
}: ClientOptions): (request: IncomingMessage) => Client {
  const isTrusted = compile([...trustedProxies]);
  return (request) => {
    const { headers, socket } = request;
    const proxied = isTrusted(socket.remoteAddress ?? '', 0);
    const told = (name: string) => (proxied ? lastOf(headers[name]) : undefined);
    const toldScheme = told('x-forwarded-proto');
    return {
      address: proxyAddress(request, isTrusted),
      scheme: toldScheme === 'http' || toldScheme === 'https' ? toldScheme : scheme,
      host: told('x-forwarded-host') ?? headers.host ?? '',
    };
  };
}

/** The entry that the nearest proxy wrote. */
const lastOf = (header: string | string[] | undefined): string | undefined =>
  header === undefined ? undefined : String(header).split(',').at(-1)?.trim();
