import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isSecure } from './public-url.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Does the client come over TLS? */
    readonly isOverTls: boolean;
  }
}

/** Has each request know whether its client comes over TLS. */
export function noteTls(app: FastifyInstance, publicUrl: string | undefined): void {
  app.decorateRequest('isOverTls', {
    getter() {
      return isSecure(publicUrl, this);
    },
  });
}

/** Over TLS a name under which no other host of the domain, and nobody without TLS, sets one (RFC 6265bis §4.1.3.2). */
export const nameOfCookie = ({ isOverTls }: FastifyRequest, name: string): string =>
  isOverTls ? `__Host-${name}` : name;
