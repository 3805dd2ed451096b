'use client';
import { useRouter } from 'next/navigation';
import type { KeyboardEvent } from 'react';
import type { Card } from '../model/chart-layout.ts';
import { type Direction, neighbour } from '../model/chart-steps.ts';
import { closeLevels, openNextLevel } from '../open-levels.ts';
import type { Chart } from '../use-chart.ts';
import type { ChartCamera } from './use-chart-camera.ts';

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

function moveFocus(id: string) {
  // The card may only now come onto the screen, and with it into the document.
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
    ),
  );
}

const isFolded = (card: Card | undefined) =>
  card?.kind === 'item' ? card.item.childCount > 0 && !card.open : card?.kind === 'fold' && !card.open;

/** Arrow keys walk from card to card; the letters are in the list of shortcuts. */
export function useChartKeys(chart: Chart, { layout, actions, fitAll, unfocus, flyTo }: ChartCamera) {
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
  const step = (id: string, direction: Direction) => {
    const next = neighbour(layout, id, direction);
    const card = layout.cards.find((each) => each.card.id === id)?.card;
    if (next) {
      actions.focus(next);
      flyTo(next);
      moveFocus(next);
    } else if (direction === 'down' && isFolded(card)) actions.toggle(id);
  };
  return (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target instanceof HTMLInputElement) return;
    onCanvas(event.key);
    const id = cardOf(event.target);
    const card = layout.cards.find((each) => each.card.id === id)?.card;
    if (!card) return;
    onCard(event.key, card);
    const direction = arrows[event.key];
    if (!direction) return;
    event.preventDefault();
    step(card.id, direction);
  };
}
