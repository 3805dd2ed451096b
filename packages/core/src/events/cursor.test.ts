import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '../errors/domain-error.ts';
import { readLogCursor, writeLogCursor } from './cursor.ts';

const historyId = fc.stringMatching(/^[A-Za-z0-9_-]{12}$/);
const xid = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
const seq = fc.nat({ max: 999_999_999_999_999 });
const epoch = fc.nat({ max: 999_999_999 });

test('a cursor says where it was written', () => {
  fc.assert(
    fc.property(historyId, fc.record({ epoch, xid, seq }), (history, place) => {
      const cursor = writeLogCursor(history, place);
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(readLogCursor(cursor)).toEqual({ historyId: history, ...place });
    }),
  );
});

test('anything else is refused as INVALID_CURSOR', () => {
  const encoded = fc.string().map((text) => Buffer.from(text).toString('base64url'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), encoded), (text) => {
      expect(() => readLogCursor(text)).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }));
    }),
  );
  const tooLarge = writeLogCursor('AAAAAAAAAAAA', { epoch: 1, xid: String(2n ** 63n), seq: 0 });
  expect(() => readLogCursor(tooLarge)).toThrow(DomainError);
});
