import { valueInWords } from './value-words.ts';

/** A change as people read it: `Department: Sales → Marketing`. */
export interface ReadableChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** Of a secret the log tells that it changed, and neither what it was nor what it is. */
export const isSecret = ({ field, before, after }: { field: string; before: unknown; after: unknown }) =>
  field === 'password' && before == null && after == null;

const fieldNames: Record<string, string> = {
  active: 'Active',
  displayName: 'Name',
  externalId: 'External id',
  familyName: 'Last name',
  givenName: 'First name',
  leadId: 'Lead',
  managerId: 'Manager',
  managerReference: 'Manager',
  mapping: 'By the group',
  memberRoles: 'Roles of the member',
  parentId: 'Parent team',
  refusedPassword: 'Password not kept',
  userName: 'User name',
};

/** A field's name in words: `costCenter` is `Cost center`. */
export function fieldName(field: string): string {
  const known = fieldNames[field];
  if (known) return known;
  const words = field
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[._]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const telling = ['displayName', 'label', 'name', 'formatted', 'group', 'value', 'display', 'id'];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A value in words; null when there is none. Objects are called by the most telling of their fields. */
export function readableValue(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return uuid.test(value) ? `${value.slice(0, 8)}…` : value;
  if (Array.isArray(value))
    return value.length ? value.map((each) => readableValue(each) ?? '—').join(', ') : null;
  if (typeof value !== 'object') return String(value);
  const entries = new Map(Object.entries(value));
  for (const key of telling) {
    const told = entries.get(key);
    if (typeof told === 'string' && told) return readableValue(told);
  }
  const parts = [...entries.values()].map(readableValue).filter((part) => part !== null);
  return parts.length ? parts.join(' ') : null;
}

/** The id by which a value names something, where it does. */
export function idIn(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  return typeof id === 'string' ? id : undefined;
}

/** Turns a recorded change into words. */
export function readableChange(change: { field: string; before: unknown; after: unknown }): ReadableChange {
  const { field, before, after } = change;
  const inWords = (value: unknown) => readableValue(valueInWords(field, value));
  return { field: fieldName(field), before: inWords(before), after: inWords(after) };
}
