import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimited } from '../rate-limits/rate-limited.ts';
import type { RequestOwners } from '../scheduling/request-owners.ts';
import { HeldBytes } from './held-bytes.ts';

const TRY_AGAIN_SECONDS = 2;

/**
 * Bounds what the bodies take of requests that are not answered yet. What a client says of the length counts before anything
 * is read; what comes beyond it, chunked or decoded, counts as it comes.
 */
export function holdBodies(app: FastifyInstance, owners: RequestOwners): void {
  const held = new HeldBytes();
  const hold = async (request: FastifyRequest, reply: FastifyReply, payload: Readable): Promise<Readable> => {
    const { headers } = request;
    const declared = Number(headers['content-length'] ?? 0);
    const { bodyLimit } = request.routeOptions;
    // What is longer than any may be is refused in words of its own, and is not read.
    const isRead = headers['transfer-encoding'] !== undefined || (declared > 0 && declared <= bodyLimit);
    if (!isRead) return payload;
    const body = held.hold(owners.ownerOf(request));
    reply.raw.once('close', () => body.release());
    if (!body.growTo(declared)) throw tooMuch(reply);
    let received = 0;
    const count = (chunk: Buffer) => {
      received += chunk.length;
      if (body.growTo(received)) return;
      // The parser ends with the error; what still comes is nobody's, and the client gets the answer.
      payload.off('data', count).emit('error', tooMuch(reply));
    };
    // Paused, for who listens to a stream sets it going, and the parser does not listen yet, or not any more.
    payload
      .pause()
      .on('data', count)
      .on('error', () => undefined);
    return payload;
  };
  // A route's hook comes after those of its scope, which decode what is compressed.
  app.addHook('onRoute', (route) => {
    route.preParsing = [route.preParsing ?? [], hold].flat();
  });
  app.addHook('preParsing', async (request, reply, payload) =>
    request.is404 ? hold(request, reply, payload as Readable) : payload,
  );
}

function tooMuch(reply: FastifyReply): RateLimited {
  reply.header('retry-after', TRY_AGAIN_SECONDS);
  return new RateLimited(
    'The bodies of the requests of this client that are not answered yet take too much memory. Send fewer at once.',
    { limit: HeldBytes.mostOfOne, retryAfter: TRY_AGAIN_SECONDS },
  );
}
