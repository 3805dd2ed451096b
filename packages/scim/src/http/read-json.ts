import type { FastifyBodyParser, FastifyRequest } from 'fastify';
import { outlineOf } from './json-outline.ts';
import { TooManyValues, textOfBody, UnreadableBody } from './read-body.ts';
import { findRepeatedName } from './repeated-name.ts';

/** Most values of a body at all levels: parsing takes as long as there are values, however few bytes each of them has. */
export const maxBodyValues = 500_000;

/**
 * The value of a body that is JSON. With too many values it is not even parsed; and a name that an object has twice, whose
 * meaning JSON leaves open (RFC 8259 §4), is refused.
 *
 * @throws TooManyValues, UnreadableBody, or what the parser throws
 */
export async function readJson(
  request: FastifyRequest,
  bytes: Buffer,
  parse: FastifyBodyParser<string>,
): Promise<unknown> {
  const { values, names } = outlineOf(bytes);
  if (values > maxBodyValues) throw new TooManyValues(maxBodyValues);
  const text = textOfBody(request, bytes);
  const body = await new Promise<unknown>((resolve, reject) => {
    parse(request, text, (error, parsed) => (error === null ? resolve(parsed) : reject(error)));
  });
  const twice = findRepeatedName(text, names, body);
  if (twice === undefined) return body;
  throw new UnreadableBody(
    400,
    `The request body is not valid: it gives ${twice.slice(0, 100)} twice, and only one can be meant. Send it once.`,
  );
}
