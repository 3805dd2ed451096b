import { invalidCursor, type JsonObject } from '@rollcall/scim-protocol';
import type { ListPart } from '../resources/stored-list.ts';
import type { ListedPart, ResourceList } from './resource-list.ts';
import type { CompareKeys, SortKey } from './sort-keys.ts';

type Pair<T> = readonly [T, T];
type Side = 0 | 1;

/**
 * Two lists as one, each of them sorted by what `compare` compares; of equals the left one comes first. A page costs at most
 * a page of each list and a part of it again; by index, it first finds by halving how many of each come before it, in as
 * many steps as the shorter way has binary digits.
 */
export function mergedList(lists: Pair<ResourceList>, compare: CompareKeys): ResourceList {
  return {
    identity: lists.map(({ identity }) => identity),
    async count() {
      const [left, right] = await both(lists, (list) => list.count());
      return left + right;
    },
    read: (part) =>
      'offset' in part ? readByIndex(lists, part, compare) : readByCursor(lists, part, compare),
  };
}

async function both<T, R>([left, right]: Pair<T>, ask: (of: T, side: Side) => Promise<R>): Promise<Pair<R>> {
  return Promise.all([ask(left, 0), ask(right, 1)]);
}

type PartByIndex = Extract<ListPart, { offset: number }>;

async function readByIndex(
  lists: Pair<ResourceList>,
  { first, offset }: PartByIndex,
  compare: CompareKeys,
): Promise<ListedPart> {
  const passed = await passedBefore(offset, lists, compare);
  const parts = await both(lists, (list, side) => list.read({ first, offset: passed[side] }));
  const all = inOrder(parts, compare);
  // Nobody goes on from there by cursor.
  return { ...shown(parts, all.slice(0, first)), hasNext: all.length > first, start: null, end: null };
}

/** How many of each list come before this place in both. */
async function passedBefore(
  offset: number,
  lists: Pair<ResourceList>,
  compare: CompareKeys,
): Promise<Pair<number>> {
  if (offset === 0) return [0, 0];
  const [lefts, rights] = await both(lists, (list) => list.count());
  if (offset >= lefts + rights) return [lefts, rights];
  let least = Math.max(0, offset - rights);
  let most = Math.min(offset, lefts);
  while (least < most) {
    const passed = Math.floor((least + most) / 2);
    const places: Pair<number> = [passed, offset - passed - 1];
    const [left, right] = await both(lists, (list, side) => list.read({ first: 1, offset: places[side] }));
    if (compare(left.keys[0] ?? null, right.keys[0] ?? null) <= 0) least = passed + 1;
    else most = passed;
  }
  return [least, offset - least];
}

async function readByCursor(
  lists: Pair<ResourceList>,
  part: Exclude<ListPart, PartByIndex>,
  compare: CompareKeys,
): Promise<ListedPart> {
  const isBackwards = 'last' in part;
  const [size, from] = isBackwards ? [part.last, placesOf(part.before)] : [part.first, placesOf(part.after)];
  const ask = (list: ResourceList, side: Side, count: number) =>
    list.read(isBackwards ? { last: count, before: from[side] } : { first: count, after: from[side] });
  const parts = await both(lists, (list, side) => ask(list, side, size));
  const all = inOrder(parts, compare);
  const page = isBackwards ? all.slice(-size) : all.slice(0, size);
  // Where the next page that way goes on: in each list behind the last one of it that is on this page.
  const far = await both(lists, async (list, side) => {
    const count = page.filter((one) => one.side === side).length;
    if (count === 0) return from[side];
    const taken = count === parts[side].resources.length ? parts[side] : await ask(list, side, count);
    return isBackwards ? taken.start : taken.end;
  });
  // Where the way back begins: in each list before the first one that this page, or one behind it, has.
  const near = parts.map(({ start, end }) => (isBackwards ? end : start));
  const found = shown(parts, page);
  const isMore = all.length > page.length;
  return {
    ...found,
    hasNext: found.hasNext || (isMore && !isBackwards),
    hasPrevious: found.hasPrevious || (isMore && isBackwards),
    start: JSON.stringify(isBackwards ? far : near),
    end: JSON.stringify(isBackwards ? near : far),
  };
}

interface Listed {
  readonly resource: JsonObject;
  readonly key: SortKey;
  readonly side: Side;
}

/** Everything in two parts, in the order of both. */
function inOrder([lefts, rights]: Pair<ListedPart>, compare: CompareKeys): Listed[] {
  const [left, right] = [listed(lefts, 0), listed(rights, 1)];
  const all: Listed[] = [];
  for (let [at, other] = [0, 0]; at < left.length || other < right.length; ) {
    const [one, two] = [left[at], right[other]];
    const isLeft = two === undefined || (one !== undefined && compare(one.key, two.key) <= 0);
    const next = isLeft ? one : two;
    if (isLeft) at += 1;
    else other += 1;
    if (next !== undefined) all.push(next);
  }
  return all;
}

const listed = ({ resources, keys }: ListedPart, side: Side): Listed[] =>
  resources.map((resource, at) => ({ resource, key: keys[at] ?? null, side }));

function shown(parts: Pair<ListedPart>, page: readonly Listed[]) {
  return {
    resources: page.map(({ resource }) => resource),
    keys: page.map(({ key }) => key),
    totalCount: parts[0].totalCount + parts[1].totalCount,
    hasNext: parts.some(({ hasNext }) => hasNext),
    hasPrevious: parts.some(({ hasPrevious }) => hasPrevious),
  };
}

/** The place in each list; the beginning, or the end when reading backwards, is null. */
function placesOf(place: string | null): Pair<string | null> {
  const places: unknown = place === null ? [null, null] : JSON.parse(place);
  if (!Array.isArray(places) || places.length !== 2 || !places.every(isPlace)) throw invalidCursor();
  const [left = null, right = null] = places;
  return [left, right];
}

const isPlace = (place: unknown): place is string | null => place === null || typeof place === 'string';
