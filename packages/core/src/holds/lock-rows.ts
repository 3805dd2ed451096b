import { LockMode, QueryOrder, raw } from '@mikro-orm/core';
import { isUuid } from '../text/uuid.ts';

/** Shared by those who rely on a row as it is; exclusive for who changes it, or what hangs on it. */
type Strength = 'shared' | 'exclusive';

const modes = { shared: LockMode.PESSIMISTIC_READ, exclusive: LockMode.PESSIMISTIC_WRITE } as const;

/** Ids as they come: also of nothing, and text that is none. */
export type Ids = readonly (string | null | undefined)[];

/** Each id once, in the one form in which they are compared. Text that is no UUID names nothing; it must not reach PostgreSQL. */
export const idsAmong = (ids: Ids): string[] => [
  ...new Set(ids.flatMap((id) => (id != null && isUuid(id) ? [id.toLowerCase()] : []))),
];

/** Rows of an account by id. */
export type Rows<Entity> = ReadonlyMap<string, Entity>;

/** How rows are looked for so that they are locked. */
const lockedRows = (accountId: string, ids: string[], strength: Strength) => ({
  where: { accountId, id: { $in: ids }, [raw((alias) => `keeps_order(${alias}.xmin)`)]: true },
  options: { lockMode: modes[strength], orderBy: { id: QueryOrder.ASC }, refresh: true } as const,
});

/**
 * Locks rows in the order of their ids, whichever way, and answers them as they were committed last. One that a later
 * transaction wrote is refused, to be tried again: the events of the two would be out of order
 * (docs/decisions/0002-events-in-order.md).
 */
export async function lockRows<Entity extends { readonly id: string }>(
  accountId: string,
  wanted: Readonly<Partial<Record<Strength, Ids>>>,
  find: (rows: ReturnType<typeof lockedRows>) => Promise<Entity[]>,
): Promise<Rows<Entity>> {
  const rows = new Map<string, Entity>();
  for (const { ids, strength } of inOrder(wanted)) {
    for (const row of await find(lockedRows(accountId, ids, strength))) rows.set(row.id, row);
  }
  return rows;
}

interface Run {
  readonly strength: Strength;
  readonly ids: string[];
}

/** The ids in their order, those next to each other as one run that are locked the same way. */
function inOrder({ exclusive = [], shared = [] }: Readonly<Partial<Record<Strength, Ids>>>): Run[] {
  const changed = new Set(idsAmong(exclusive));
  const runs: Run[] = [];
  for (const id of idsAmong([...exclusive, ...shared]).toSorted()) {
    const strength = changed.has(id) ? 'exclusive' : 'shared';
    const last = runs.at(-1);
    if (last?.strength === strength) last.ids.push(id);
    else runs.push({ strength, ids: [id] });
  }
  return runs;
}
