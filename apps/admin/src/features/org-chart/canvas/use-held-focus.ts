'use client';
import { type RefObject, useLayoutEffect } from 'react';

/** The canvas that an element is in; the keyboard's focus can be on it. */
export const canvasOf = (element: Element | null): HTMLElement | null =>
  element?.closest<HTMLElement>('.react-flow') ?? null;

/**
 * Cards that are out of sight are taken out of the document, and the keyboard's focus would go with them: the canvas holds
 * it meanwhile, and gives it back when the card is there again.
 */
export function useHeldFocus(card: RefObject<HTMLElement | null>, id: string): void {
  useLayoutEffect(() => {
    const element = card.current;
    const canvas = canvasOf(element);
    if (!element || !canvas) return;
    const give = (to: HTMLElement) => to.focus({ preventScroll: true });
    if (canvas.dataset.holdsFocusOf === id && document.activeElement === canvas) give(element);
    return () => {
      if (!element.contains(document.activeElement)) return;
      canvas.dataset.holdsFocusOf = id;
      give(canvas);
    };
  }, [card, id]);
}
