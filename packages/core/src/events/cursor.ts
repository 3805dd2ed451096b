import { DomainError } from '../errors/domain-error.ts';

/**
 * A place in the log: events are ordered by the epoch of the history they were written in (transaction numbers mean
 * something in their own cluster only), then by the transaction that wrote them, then by their number in it.
 */
export interface LogPosition {
  readonly epoch: number;
  readonly xid: string;
  readonly seq: number;
}

/** Does this place come after another one? */
export function comesAfter(place: LogPosition, other: LogPosition): boolean {
  if (place.epoch !== other.epoch) return place.epoch > other.epoch;
  const [xid, otherXid] = [BigInt(place.xid), BigInt(other.xid)];
  return xid === otherXid ? place.seq > other.seq : xid > otherXid;
}

/** A cursor names the history that was being written when it was given: in another one the log may lack what it stood for. */
export const writeLogCursor = (historyId: string, { epoch, xid, seq }: LogPosition): string =>
  Buffer.from(`${historyId}.${epoch}.${xid}.${seq}`).toString('base64url');

const CURSOR = /^([A-Za-z0-9_-]{12})\.(\d{1,9})\.(\d{1,20})\.(\d{1,15})$/;

/** A cursor's history and position; INVALID_CURSOR when the text is none of ours. */
export function readLogCursor(cursor: string): LogPosition & { readonly historyId: string } {
  const [, historyId, epoch, xid, seq] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (historyId === undefined || xid === undefined || BigInt(xid) >= 2n ** 63n) {
    throw new DomainError('INVALID_CURSOR', 'after: is not a cursor of this log. Start without it.', {
      field: 'after',
    });
  }
  return { historyId, epoch: Number(epoch), xid, seq: Number(seq) };
}
