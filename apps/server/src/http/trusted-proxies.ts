import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { compile } from '@fastify/proxy-addr';
import type { FastifyInstance } from 'fastify';

/** Whose word is taken about the client that a request comes from. */
export interface TrustedProxies {
  /** Addresses and networks, such as `10.1.2.3`, `10.0.0.0/8` and `loopback`. */
  readonly addresses: readonly string[];
  /** What a proxy may show instead, wherever it runs, in the header `rollcall-proxy-secret`. */
  readonly secret?: string | undefined;
}

const SECRET_HEADER = 'rollcall-proxy-secret';

/** What a proxy says of its client; only the first four are read, here or in the libraries. */
const FORWARDED = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'forwarded',
];

/** Tells which hops of X-Forwarded-For are believed. The peer itself is judged by `believeProxies`. */
export function trustedHops({ addresses }: TrustedProxies): (address: string, hop: number) => boolean {
  const isListed = compile([...addresses]);
  return (address, hop) => hop === 0 || isListed(address, hop);
}

/** Takes away what requests say of the client that they come from, unless a trusted proxy says it. */
export function believeProxies(app: FastifyInstance, { addresses, secret }: TrustedProxies): void {
  const isListed = compile([...addresses]);
  app.addHook('onRequest', ({ raw: { headers, socket } }, _reply, done) => {
    const isTrusted = isListed(socket.remoteAddress ?? '', 0) || shows(headers, secret);
    delete headers[SECRET_HEADER];
    if (!isTrusted) for (const name of FORWARDED) delete headers[name];
    done();
  });
}

function shows(headers: IncomingHttpHeaders, secret: string | undefined): boolean {
  const shown = headers[SECRET_HEADER];
  return secret !== undefined && typeof shown === 'string' && timingSafeEqual(digest(shown), digest(secret));
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
