import { cardHeight, cardWidth, type PlacedCard } from '../model/chart-layout.ts';

/** Pixels kept free around the chart. */
const margin = 32;
const smallestZoom = 0.55;

/** A chart's frame on the canvas. */
export function boundsOf(cards: readonly PlacedCard[]) {
  const left = Math.min(...cards.map(({ x }) => x));
  const top = Math.min(...cards.map(({ y }) => y));
  const right = Math.max(...cards.map(({ x }) => x + cardWidth));
  const bottom = Math.max(...cards.map(({ y }) => y + cardHeight));
  return { left, top, right, bottom, width: right - left, height: bottom - top };
}

interface Stage {
  width: number;
  height: number;
  /** Pixels at the top that something else covers. */
  covered: number;
}

/** Where the view stands at first: the heads at the top in the middle, everything visible unless it got too small. */
export function startingView(cards: readonly PlacedCard[], { width, height, covered }: Stage) {
  const frame = boundsOf(cards);
  const free = height - covered - 2 * margin;
  const fitting = Math.min((width - 2 * margin) / frame.width, free / frame.height);
  const zoom = Math.min(1, Math.max(smallestZoom, fitting));
  const middle = (frame.left + frame.right) / 2;
  // What is wider than the screen begins with its first head in view.
  const head = cards[0];
  const centre = fitting < smallestZoom && head ? head.x + cardWidth / 2 : middle;
  return { x: width / 2 - centre * zoom, y: covered + margin - frame.top * zoom, zoom };
}
