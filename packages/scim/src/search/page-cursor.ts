import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { expiredCursor, invalidCursor } from '@rollcall/scim-protocol';
import type { PagePlace } from './cursor-page.ts';

/** What a cursor belongs to: it is worth nothing anywhere else. */
export interface CursorScope {
  /** The caller's credential; the key is derived from it, so every process has it and no other caller does. */
  credential: string;
  /** The query whose pages are turned, in a form that is equal for equal queries. */
  query: unknown;
}

/** A cursor as the server reads it. */
export interface OpenedCursor {
  place: PagePlace;
  /** The count of the query's first request. */
  count: number;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const maxLength = 16_384;

/** Seals a place, so that nobody reads or forges it (RFC 9865 §5.2); `now` is in milliseconds. */
export function sealCursor({ place, count }: OpenedCursor, scope: CursorScope, now = Date.now()): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, keyOf(scope), nonce).setAAD(queryOf(scope));
  const { direction, list, at } = place;
  const content = JSON.stringify([Math.floor(now / 1000), count, direction, list, at]);
  const sealed = [sealing.update(content, 'utf8'), sealing.final()];
  return Buffer.concat([nonce, sealing.getAuthTag(), ...sealed]).toString('base64url');
}

/**
 * Opens a cursor that came back from a client; `timeout` is in seconds, `now` in milliseconds.
 * @throws ScimError invalidCursor for one that was not sealed for this caller and query, expiredCursor for an old one
 */
export function openCursor(
  cursor: string,
  scope: CursorScope,
  timeout: number,
  now = Date.now(),
): OpenedCursor {
  const [issuedAt, count, direction, list, at] = contentOf(cursor, scope);
  if (
    typeof issuedAt !== 'number' ||
    typeof count !== 'number' ||
    typeof list !== 'number' ||
    (direction !== 'forwards' && direction !== 'backwards') ||
    (at !== null && typeof at !== 'string')
  ) {
    throw invalidCursor();
  }
  if (Math.floor(now / 1000) - issuedAt > timeout) throw expiredCursor();
  return { place: { direction, list, at }, count };
}

function contentOf(cursor: string, scope: CursorScope): unknown[] {
  const bytes = cursor.length > maxLength ? Buffer.alloc(0) : Buffer.from(cursor, 'base64url');
  // One cursor has one spelling, so that no change of a character goes unnoticed.
  if (bytes.length <= nonceBytes + tagBytes || bytes.toString('base64url') !== cursor) throw invalidCursor();
  const opening = createDecipheriv(cipher, keyOf(scope), bytes.subarray(0, nonceBytes))
    .setAAD(queryOf(scope))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const content = Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]);
    const parts: unknown = JSON.parse(content.toString());
    if (Array.isArray(parts)) return parts;
  } catch {
    // Whatever is wrong with it, the client is told the same.
  }
  throw invalidCursor();
}

const queryOf = ({ query }: CursorScope): Buffer => Buffer.from(JSON.stringify(query));

const keyOf = ({ credential }: CursorScope): Buffer =>
  Buffer.from(hkdfSync('sha256', credential, '', 'rollcall page cursor 1', 32));
