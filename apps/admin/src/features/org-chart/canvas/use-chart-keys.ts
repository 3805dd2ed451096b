'use client';
import { useRouter } from 'next/navigation';
import type { KeyboardEvent } from 'react';
import type { Card } from '../model/chart-layout.ts';
import { type Direction, neighbour } from '../model/chart-steps.ts';
import { closeLevels, openNextLevel } from '../open-levels.ts';
import type { Chart } from '../use-chart.ts';
import type { ChartCamera } from './use-chart-camera.ts';
import { canvasOf } from './use-held-focus.ts';

const arrows: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The card that has the keyboard's focus, by its id. */
function cardOf(target: EventTarget): string | undefined {
  return target instanceof HTMLElement ? target.closest<HTMLElement>('[data-card]')?.dataset.card : undefined;
}

/** A card far away comes into the document only when the view has come near it: frames until then. */
const patience = 90;

function moveFocus(id: string) {
  const from = document.activeElement;
  // Where the focus may be until then; anywhere else somebody has put it.
  const places = [from, canvasOf(from), document.body];
  const tryFor = (frames: number) => {
    const card = document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
    const isElsewhere = !places.includes(document.activeElement);
    if (card && !isElsewhere) card.focus({ preventScroll: true });
    else if (frames > 0 && !isElsewhere) requestAnimationFrame(() => tryFor(frames - 1));
  };
  tryFor(patience);
}

const isFolded = (card: Card | undefined) =>
  card?.kind === 'item' ? card.item.childCount > 0 && !card.open : card?.kind === 'fold' && !card.open;

/** Arrow keys walk from card to card; the letters are in the list of shortcuts. */
export function useChartKeys(chart: Chart, { layout, focus, actions, fitAll, unfocus, flyTo }: ChartCamera) {
  const router = useRouter();
  const onCard = (key: string, card: Card) => {
    if (card.kind !== 'item') return;
    const { id, item } = card;
    if (key === 'o') router.push(item.kind === 'person' ? `/people/${id}` : `/teams/${id}`);
    if (key === 'b') chart.go({ branch: chart.place.branch === id ? undefined : id });
  };
  const onCanvas = (key: string) => {
    if (key === 'f') fitAll();
    if (key === 'e') void chart.guard(openNextLevel(chart.store, layout));
    if (key === 'c') closeLevels(chart.store, chart.place.branch);
    if (key === 'v') void chart.switchView(chart.place.view === 'people' ? 'teams' : 'people');
    if (key === 'Escape') unfocus();
  };
  const walkTo = (id: string) => {
    actions.focus(id);
    flyTo(id);
    moveFocus(id);
  };
  const step = (id: string, direction: Direction) => {
    const next = neighbour(layout, id, direction);
    const card = layout.cards.find((each) => each.card.id === id)?.card;
    if (next) walkTo(next);
    else if (direction === 'down' && isFolded(card)) actions.toggle(id);
  };
  return (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target instanceof HTMLInputElement) return;
    onCanvas(event.key);
    const id = cardOf(event.target);
    const card = layout.cards.find((each) => each.card.id === id)?.card;
    if (card) onCard(event.key, card);
    const direction = arrows[event.key];
    if (!direction) return;
    // The canvas is one stop of the Tab key; from there the first arrow leads to a card.
    const first = event.target === event.currentTarget ? (focus ?? layout.cards[0]?.card.id) : undefined;
    if (!card && !first) return;
    event.preventDefault();
    if (card) step(card.id, direction);
    else if (first) walkTo(first);
  };
}
