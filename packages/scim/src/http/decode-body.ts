import { Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnreadableBody } from './read-body.ts';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

const accepted = 'gzip, deflate, br, zstd, identity';

/**
 * Lets clients compress what they send (RFC 9110 §8.4), anywhere in the scope. Decoding stops at the limit of the route, so
 * that a small body can't become a large one. Another coding is answered 415 with those that are known (§15.5.16).
 */
export function decodeBodies(scope: FastifyInstance): void {
  scope.addHook('preParsing', async (request, reply, payload) => {
    const coding = codingOf(request);
    if (coding === undefined) return payload;
    const decoder = Object.hasOwn(decoders, coding) ? decoders[coding]?.() : undefined;
    if (decoder !== undefined) return decodedBody(payload, decoder, request.routeOptions.bodyLimit);
    reply.header('accept-encoding', accepted);
    throw new UnreadableBody(
      415,
      `The Content-Encoding ${coding.slice(0, 40)} is not understood. Send one of ${accepted}.`,
    );
  });
}

/** The coding of a body that is there, unless it is none. */
function codingOf({ headers }: FastifyRequest): string | undefined {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  const coding = headers['content-encoding']?.trim().toLowerCase();
  return hasBody && coding !== '' && coding !== 'identity' ? coding : undefined;
}

/** The decoded body; Fastify compares the bytes that came, which it tells besides, with Content-Length. */
interface DecodedBody extends Readable {
  receivedEncodedLength?: number;
}

/** Nothing is decoded before somebody reads: a body that is refused for its length costs nothing. */
function decodedBody(payload: Readable, decoder: Transform, limit: number): DecodedBody {
  const body: DecodedBody = Readable.from(decode(), { objectMode: false });
  async function* decode(): AsyncGenerator<Buffer> {
    let length = 0;
    payload.on('data', (chunk: Buffer) => {
      body.receivedEncodedLength = (body.receivedEncodedLength ?? 0) + chunk.length;
    });
    payload.once('error', (error) => decoder.destroy(error));
    for await (const chunk of readable(payload.pipe(decoder))) {
      length += chunk.length;
      if (length > limit) throw new UnreadableBody(413, 'The decoded body is too large.');
      yield chunk;
    }
  }
  // Whoever has stopped reading hears of it no more.
  return body.on('error', () => undefined);
}

async function* readable(decoder: Transform): AsyncGenerator<Buffer> {
  try {
    yield* decoder;
  } catch {
    throw new UnreadableBody(
      400,
      'The request body is not valid: it is not what its Content-Encoding says. Compress it anew.',
    );
  }
}
