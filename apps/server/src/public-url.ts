import type { FastifyRequest } from 'fastify';

/** The origin that clients are told to use. */
export const configuredUrl = (publicUrl: string | undefined, port: number): string =>
  publicUrl ?? `http://localhost:${port}`;

/** The origin that the client of a request sees: the configured one, or the one it asked. */
export const originOf =
  (publicUrl: string | undefined) =>
  (request: FastifyRequest): string =>
    publicUrl ?? `${request.protocol}://${request.host}`;
