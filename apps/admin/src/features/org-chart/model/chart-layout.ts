import { type HierarchyPointNode, hierarchy, tree } from 'd3-hierarchy';
import type { ChartItem } from './chart-item.ts';
import { type ChartState, foldId, top } from './chart-state.ts';

export const cardWidth = 224;
export const cardHeight = 60;
const columnGap = 32;
/** The canvas is ruled in these units: a card and the gap below it are two, a level is three. */
const unit = 36;
/** Those with nobody below stand below one another, at most this many in a column. */
const columnLength = 8;
const parentsInARow = 6;

export type Card =
  | { kind: 'item'; id: string; item: ChartItem; open: boolean; leaving: boolean }
  | { kind: 'fold'; id: string; count: number; open: boolean }
  | { kind: 'more'; id: string; parent: string };

export interface PlacedCard {
  card: Card;
  x: number;
  y: number;
}

/** A line from a card to one below it; `side` lines run beside a column and enter from the left. */
export interface PlacedLink {
  id: string;
  source: string;
  target: string;
  entry: 'top' | 'side';
}

export interface PlacedChart {
  cards: readonly PlacedCard[];
  links: readonly PlacedLink[];
}

interface Slot {
  card?: Card;
  parent?: string;
  entry?: 'top' | 'side';
  children: Slot[];
}

interface Level {
  aside: readonly Card[];
  parent: string;
  /** Whether it is the only open level at its height. */
  roomy: boolean;
}

const spaced = (slot: Slot, spaces: number): Slot =>
  spaces === 0 ? slot : { children: [spaced(slot, spaces - 1)] };

function column(cards: readonly Card[], parent: string): Slot | undefined {
  let below: Slot | undefined;
  for (const card of [...cards].reverse()) {
    below = { card, parent, entry: 'side', children: below ? [spaced(below, 1)] : [] };
  }
  return below;
}

/** Folded cards in columns of up to eight, evened out. */
function columns(cards: readonly Card[], parent: string): Slot[] {
  const count = Math.ceil(cards.length / columnLength);
  const length = Math.ceil(cards.length / Math.max(1, count));
  return Array.from({ length: count }, (_, index) =>
    column(cards.slice(index * length, (index + 1) * length), parent),
  ).filter((slot) => slot !== undefined);
}

const itemCard = (state: ChartState, item: ChartItem, open: boolean): Card => ({
  kind: 'item',
  id: item.id,
  item,
  open,
  leaving: state.leaving.has(item.id),
});

const moreCard = (parent: string): Card => ({ kind: 'more', id: `more ${parent}`, parent });

const childrenOf = (state: ChartState, parent: string): ChartItem[] =>
  (state.branches.get(parent)?.ids ?? [])
    .map((id) => state.items.get(id))
    .filter((item) => item !== undefined);

const isParent = ({ card }: Slot): boolean => card?.kind === 'item' && card.item.childCount > 0;

/**
 * Open branches stand side by side, and folded parents too while they are few and no other branch needs the width;
 * the others stand in columns.
 */
function arranged(slots: readonly Slot[], { aside, parent, roomy }: Level): Slot[] {
  const few = roomy && slots.filter(isParent).length <= parentsInARow;
  const standsAlone = (slot: Slot) => slot.children.length > 0 || (few && isParent(slot));
  const inARow = slots.filter(standsAlone);
  const stacked = slots.filter((slot) => !standsAlone(slot)).flatMap(({ card }) => (card ? [card] : []));
  return [...inARow.map((slot) => ({ ...slot, parent })), ...columns([...stacked, ...aside], parent)];
}

const asideOf = (state: ChartState, parent: string): Card[] =>
  state.branches.get(parent)?.after ? [moreCard(parent)] : [];

/** Whether anybody stands below, those who are just leaving too. */
const hasBranch = (state: ChartState, { id, childCount }: ChartItem): boolean =>
  childCount > 0 || (state.branches.get(id)?.ids.some((below) => state.leaving.has(below)) ?? false);

const isOpen = (state: ChartState, item: ChartItem): boolean =>
  state.open.has(item.id) && state.branches.has(item.id) && hasBranch(state, item);

interface Above {
  /** Those above, so that cycles end. */
  path: ReadonlySet<string>;
  roomy: boolean;
}

function itemSlot(state: ChartState, item: ChartItem, { path, roomy }: Above): Slot {
  const open = isOpen(state, item) && !path.has(item.id);
  const slot: Slot = { card: itemCard(state, item, open), entry: 'top', children: [] };
  if (!open) return slot;
  const children = childrenOf(state, item.id);
  const below = {
    path: new Set(path).add(item.id),
    roomy: roomy && children.filter((child) => isOpen(state, child)).length <= 1,
  };
  const slots = children.map((child) => itemSlot(state, child, below));
  const level = { aside: asideOf(state, item.id), parent: item.id, roomy };
  slot.children = arranged(slots, level).map((each) => spaced(each, 2));
  return slot;
}

/** The people whom nobody leads and who lead nobody, under one card with their count. */
function foldSlot(state: ChartState, alone: readonly ChartItem[], heads: number): Slot {
  const open = state.open.has(foldId);
  const count = Math.max(alone.length, state.topTotal - heads);
  const fold: Slot = { card: { kind: 'fold', id: foldId, count, open }, entry: 'top', children: [] };
  const cards = [...alone.map((item) => itemCard(state, item, false)), ...asideOf(state, top)];
  if (open) fold.children = columns(cards, foldId).map((each) => spaced(each, 2));
  return fold;
}

function topSlots(state: ChartState): Slot[] {
  const items = childrenOf(state, top);
  const heads = items.filter((item) => hasBranch(state, item));
  const alone = items.filter((item) => !hasBranch(state, item));
  const roomy = heads.filter((item) => isOpen(state, item)).length <= 1;
  const slots = heads.map((item) => itemSlot(state, item, { path: new Set(), roomy }));
  if (alone.length === 0) return slots;
  if (alone[0]?.kind === 'person') return [...slots, foldSlot(state, alone, heads.length)];
  const cards = [...alone.map((item) => itemCard(state, item, false)), ...asideOf(state, top)];
  return [...slots, ...columns(cards, top)];
}

function branchSlots(state: ChartState, root: string): Slot[] {
  const item = state.items.get(root);
  return item ? [itemSlot(state, item, { path: new Set(), roomy: true })] : [];
}

function place({ data, x, y }: HierarchyPointNode<Slot>): PlacedCard | undefined {
  return data.card && { card: data.card, x: x - cardWidth / 2, y };
}

/**
 * Places the cards of everything that is open, parents above the middle of their children.
 *
 * @param root the item whose branch alone is placed; everything when left out
 */
export function layoutChart(state: ChartState, root?: string): PlacedChart {
  const all: Slot = { children: root === undefined ? topSlots(state) : branchSlots(state, root) };
  const ruled = tree<Slot>()
    .nodeSize([cardWidth + columnGap, unit])
    .separation(() => 1);
  const nodes = ruled(hierarchy(all)).descendants();
  const links = nodes.flatMap(({ data: { card, parent, entry = 'top' } }) =>
    card && parent && parent !== top
      ? [{ id: `${parent} ${card.id}`, source: parent, target: card.id, entry }]
      : [],
  );
  return { cards: nodes.map(place).filter((card) => card !== undefined), links };
}
