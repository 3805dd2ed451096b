import type { FastifyRequest } from 'fastify';

/** The origin that clients are told to use. */
export const configuredUrl = (publicUrl: string | undefined, port: number): string =>
  publicUrl ?? `http://localhost:${port}`;

/** The origin that the client of a request sees: the configured one, or the one it asked, whose host is a known one. */
export const originOf =
  (publicUrl: string | undefined) =>
  (request: FastifyRequest): string =>
    publicUrl ?? `${request.protocol}://${request.host}`;

/** Whether the client comes over TLS. */
export const isSecure = (publicUrl: string | undefined, { protocol }: FastifyRequest): boolean =>
  publicUrl === undefined ? protocol === 'https' : publicUrl.startsWith('https:');
