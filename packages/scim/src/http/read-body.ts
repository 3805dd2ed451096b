import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';

/** A body that can't be read for what it is, with the status of HTTP and a sentence that says the way out. */
export class UnreadableBody extends Error {
  readonly statusCode: 400 | 413 | 415;

  constructor(statusCode: 400 | 413 | 415, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** A body of more values than are parsed. */
export class TooManyValues extends UnreadableBody {
  readonly limit: number;

  constructor(limit: number) {
    super(413, `The request body has more than ${limit} values. Split the request into smaller ones.`);
    this.limit = limit;
  }
}

/** The names that clients give UTF-8, of which ASCII is a part. */
const utf8Names: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/**
 * The text of a body. JSON is UTF-8 (RFC 8259 §8.1, RFC 7644 §3.8): read as anything else, or with a mark in place of
 * what is not, two names would become one.
 *
 * @throws UnreadableBody 415 for another charset, 400 for bytes that are no UTF-8
 */
export function textOfBody({ headers }: FastifyRequest, bytes: Buffer): string {
  const [, charset] = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(headers['content-type'] ?? '') ?? [];
  if (charset !== undefined && !utf8Names.has(charset.toLowerCase())) {
    throw new UnreadableBody(415, `The charset ${charset.slice(0, 40)} is not understood. Send UTF-8.`);
  }
  if (!isUtf8(bytes))
    throw new UnreadableBody(
      400,
      'The request body is not valid: it is not valid UTF-8. Encode it as UTF-8.',
    );
  return bytes.toString('utf8');
}
