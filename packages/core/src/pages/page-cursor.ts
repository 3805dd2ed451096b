import { DomainError } from '../errors/domain-error.ts';
import { isUuid } from '../text/uuid.ts';
import type { KeyType, ListOrder, ListPosition } from './list-order.ts';

/** A place as text; it is sealed on its way out. */
export function writePageCursor(order: ListOrder, { key, id }: ListPosition): string {
  return JSON.stringify([orderName(order), key, id]);
}

/** The place of a cursor. Throws INVALID_CURSOR when it is none of this order. */
export function readPageCursor(order: ListOrder, cursor: string, field: 'after' | 'before'): ListPosition {
  const refusal = new DomainError(
    'INVALID_CURSOR',
    'The cursor is not one of this list in this order. Start without it.',
    { field },
  );
  try {
    const parts: unknown = JSON.parse(cursor);
    if (!Array.isArray(parts) || parts.length !== 3) throw refusal;
    const [name, key, id]: unknown[] = parts;
    if (name !== orderName(order) || typeof id !== 'string' || !isUuid(id) || !isKeyOf(order, key))
      throw refusal;
    return { key, id };
  } catch {
    throw refusal;
  }
}

const orderName = ({ name, descending }: ListOrder): string => (descending ? `-${name}` : name);

function isKeyOf({ expression, type, nullable }: ListOrder, key: unknown): key is string | null {
  if (expression === undefined) return key === null;
  return key === null ? nullable === true : typeof key === 'string' && isOfType[type](key);
}

/** Only what PostgreSQL reads as the type may reach a cast. */
const isOfType: Record<KeyType, (key: string) => boolean> = {
  text: () => true,
  timestamptz: isInstant,
  int: (key) => /^-?\d{1,10}$/.test(key) && Math.abs(Number(key)) < 2 ** 31,
  numeric: (key) => /^-?\d{1,400}(\.\d{1,400})?$/.test(key),
};

/** As PostgreSQL writes an instant. */
const INSTANT =
  /^(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d){0,2}$/;

function isInstant(text: string): boolean {
  const [, day] = INSTANT.exec(text) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  return day !== undefined && !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
