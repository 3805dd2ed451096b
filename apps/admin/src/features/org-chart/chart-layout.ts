import { type HierarchyPointNode, hierarchy, tree } from 'd3-hierarchy';
import type { Person } from '@/lib/live/entity-fragments.ts';
import { type ChartState, foldId, top } from './chart-state.ts';

export const cardWidth = 224;
export const cardHeight = 60;
const columnGap = 32;
/** The canvas is ruled in these units: a card and the gap below it are two, a level is three. */
const unit = 36;
/** Those without reports stand below one another, at most this many in a column. */
const columnLength = 8;
const managersInARow = 6;

export type Card =
  | { kind: 'person'; id: string; person: Person; open: boolean }
  | { kind: 'fold'; id: string; count: number; open: boolean }
  | { kind: 'more'; id: string; manager: string };

export interface PlacedCard {
  card: Card;
  x: number;
  y: number;
}

/** A line from a manager's card; `side` lines run beside a column and enter from the left. */
export interface PlacedLink {
  id: string;
  source: string;
  target: string;
  entry: 'top' | 'side';
}

interface Slot {
  card?: Card;
  parent?: string;
  entry?: 'top' | 'side';
  children: Slot[];
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

function isOpen(state: ChartState, person: Person): boolean {
  return state.open.has(person.id) && person.reportCount > 0 && state.branches.has(person.id);
}

function reportsOf(state: ChartState, manager: string): Person[] {
  const ids = state.branches.get(manager)?.ids ?? [];
  return ids
    .map((id) => state.people.get(id))
    .filter((person) => person !== undefined)
    .filter(({ status }) => status !== 'DEPROVISIONED');
}

const moreCard = (manager: string): Card => ({ kind: 'more', id: `more ${manager}`, manager });

/** Managers stand side by side while they are few; the others, and many folded managers, stand in columns. */
function arranged(reports: readonly Slot[], aside: readonly Card[], parent: string): Slot[] {
  const managers = reports.filter(({ card }) => card?.kind === 'person' && card.person.reportCount > 0);
  const few = managers.length <= managersInARow;
  const inARow = reports.filter((slot) => slot.children.length > 0 || (few && managers.includes(slot)));
  const stacked = reports
    .filter((slot) => !inARow.includes(slot))
    .flatMap(({ card }) => (card ? [card] : []));
  return [...inARow.map((slot) => ({ ...slot, parent })), ...columns([...stacked, ...aside], parent)];
}

function personSlot(state: ChartState, person: Person, path: ReadonlySet<string>): Slot {
  const open = isOpen(state, person) && !path.has(person.id);
  const slot: Slot = { card: { kind: 'person', id: person.id, person, open }, entry: 'top', children: [] };
  if (!open) return slot;
  const below = new Set(path).add(person.id);
  const reports = reportsOf(state, person.id).map((report) => personSlot(state, report, below));
  const aside = state.branches.get(person.id)?.after ? [moreCard(person.id)] : [];
  const level = arranged(reports, aside, person.id);
  slot.children = level.map((each) => spaced(each, 2));
  return slot;
}

function topSlots(state: ChartState): Slot[] {
  const people = reportsOf(state, top);
  const heads = people.filter(({ reportCount }) => reportCount > 0);
  const alone = people.filter(({ reportCount }) => reportCount === 0);
  const slots = heads.map((person) => personSlot(state, person, new Set()));
  if (alone.length === 0) return slots;
  const open = state.open.has(foldId);
  const count = Math.max(alone.length, state.topTotal - heads.length);
  const cards: Card[] = alone.map((person) => ({ kind: 'person', id: person.id, person, open: false }));
  if (state.branches.get(top)?.after) cards.push(moreCard(top));
  const fold: Slot = { card: { kind: 'fold', id: foldId, count, open }, entry: 'top', children: [] };
  if (open) fold.children = columns(cards, foldId).map((each) => spaced(each, 2));
  return [...slots, fold];
}

function place({ data, x, y }: HierarchyPointNode<Slot>): PlacedCard | undefined {
  return data.card && { card: data.card, x: x - cardWidth / 2, y };
}

/** Places the cards of everything that is open, managers above the middle of their reports. */
export function layoutChart(state: ChartState): { cards: PlacedCard[]; links: PlacedLink[] } {
  const root: Slot = { children: topSlots(state) };
  const ruled = tree<Slot>()
    .nodeSize([cardWidth + columnGap, unit])
    .separation(() => 1);
  const nodes = ruled(hierarchy(root)).descendants();
  const links = nodes.flatMap(({ data: { card, parent, entry = 'top' } }) =>
    card && parent ? [{ id: `${parent} ${card.id}`, source: parent, target: card.id, entry }] : [],
  );
  return { cards: nodes.map(place).filter((card) => card !== undefined), links };
}
