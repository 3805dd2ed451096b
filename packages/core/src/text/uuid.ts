import { randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Is this the text of a UUID, and so worth asking the database for? */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Where the variant and the random bits of a UUID begin. */
const RANDOM_PART = 18;
const IDS_PER_MILLISECOND = 4096;

let latest = 0;
let made = 0;

/**
 * A UUID of version 7 (RFC 9562 §5.7), greater than every other of this process: what was made later is listed later,
 * even within one millisecond (§6.2, method 1), and stands beside it in every index.
 */
export function newId(): string {
  const now = Date.now();
  made += 1;
  if (now > latest || made === IDS_PER_MILLISECOND) {
    latest = Math.max(now, latest + 1);
    made = 0;
  }
  const time = latest.toString(16).padStart(12, '0');
  const place = made.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place}${randomUUID().slice(RANDOM_PART)}`;
}
