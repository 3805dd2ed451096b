import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';

/** How long a request may take to arrive. What takes longer is answered with 408, and the connection ends. */
export interface TimeOuts {
  /** Until its headers are there. */
  readonly headersSeconds: number;
  /** Until its body is there too. */
  readonly requestSeconds: number;
}

export const defaultTimeOuts: TimeOuts = { headersSeconds: 15, requestSeconds: 60 };

/** The options that make Node keep the time-outs. */
export function arrivalOptions({ headersSeconds, requestSeconds }: TimeOuts) {
  const requestTimeout = requestSeconds * 1000;
  const headersTimeout = Math.min(headersSeconds * 1000, requestTimeout);
  return {
    requestTimeout,
    // How often Node looks; by itself each 30 seconds.
    http: { headersTimeout, connectionsCheckingInterval: Math.min(2000, headersTimeout / 4) },
  } satisfies FastifyHttpOptions<Server>;
}
