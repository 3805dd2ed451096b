'use client';
import { useRouter } from 'next/navigation';
import type { KeyboardEvent } from 'react';
import { type Direction, neighbour } from './chart-steps.ts';
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

/** Arrow keys walk from card to card; F fits, O opens the person's page, Escape stops focusing. */
export function useChartKeys({ layout, actions, fitAll, unfocus, goTo }: ChartCamera) {
  const router = useRouter();
  return (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.target instanceof HTMLInputElement) return;
    const id = cardOf(event.target);
    if (event.key === 'f') fitAll();
    if (event.key === 'Escape') unfocus();
    if (!id) return;
    const card = layout.cards.find((each) => each.card.id === id)?.card;
    if (event.key === 'o' && card?.kind === 'person') router.push(`/people/${id}`);
    const direction = arrows[event.key];
    if (!direction) return;
    event.preventDefault();
    const next = neighbour(layout, id, direction);
    if (next) {
      actions.focus(next);
      goTo(next);
      moveFocus(next);
    } else if (direction === 'down' && card?.kind === 'person' && card.person.reportCount > 0 && !card.open) {
      actions.toggle(id);
    }
  };
}
