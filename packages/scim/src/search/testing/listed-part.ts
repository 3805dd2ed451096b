import type { ListPart } from '../../resources/stored-list.ts';
import type { ListedPart } from '../resource-list.ts';

/** A part of a list of ids in order; the cursor of one is its id. Keys are what `keyOf` says. */
export function partOf(
  ids: readonly string[],
  part: ListPart,
  keyOf: (id: string) => ListedPart['keys'][number] = () => null,
): ListedPart {
  const found = select(ids, part);
  const [start] = found.page;
  return {
    resources: found.page.map((id) => ({ id })),
    keys: found.page.map(keyOf),
    totalCount: ids.length,
    hasNext: found.hasNext,
    hasPrevious: found.hasPrevious,
    start: start ?? null,
    end: found.page.at(-1) ?? null,
  };
}

function select(ids: readonly string[], part: ListPart) {
  if ('last' in part) {
    const { last, before } = part;
    const rest = before === null ? ids : ids.slice(0, ids.indexOf(before));
    return { page: rest.slice(-last), hasNext: before !== null, hasPrevious: rest.length > last };
  }
  if ('offset' in part) {
    const { first, offset } = part;
    const page = ids.slice(offset, offset + first);
    return { page, hasNext: ids.length > offset + first, hasPrevious: offset > 0 };
  }
  const { first, after } = part;
  const rest = after === null ? ids : ids.slice(ids.indexOf(after) + 1);
  return { page: rest.slice(0, first), hasNext: rest.length > first, hasPrevious: after !== null };
}
