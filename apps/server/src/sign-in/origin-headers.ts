import type { FastifyRequest } from 'fastify';

/** Which request it is and from where, as GraphQL is told. */
export const originHeaders = ({ id, ip, headers: { 'user-agent': userAgent } }: FastifyRequest) => ({
  'x-request-id': id,
  'client-address': ip,
  ...(userAgent !== undefined && { 'user-agent': userAgent }),
});
