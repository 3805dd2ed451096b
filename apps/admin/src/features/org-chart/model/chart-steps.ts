import type { PlacedCard, PlacedChart } from './chart-layout.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * The card that an arrow key leads to: up to the one above, down to the first below, left and right through those
 * beside it under the same one, in reading order (column by column).
 */
export function neighbour(
  { cards, links }: PlacedChart,
  id: string,
  direction: Direction,
): string | undefined {
  const parents = new Map(links.map(({ source, target }) => [target, source]));
  const parent = parents.get(id);
  if (direction === 'up') return parent;
  const below = (above: string | undefined) => cards.filter(({ card }) => parents.get(card.id) === above);
  const inOrder = (row: PlacedCard[]) =>
    row.sort((a, b) => a.x - b.x || a.y - b.y).map(({ card }) => card.id);
  if (direction === 'down') return inOrder(below(id))[0];
  const row = inOrder(below(parent));
  const at = row.indexOf(id);
  return at === -1 ? undefined : row[at + (direction === 'left' ? -1 : 1)];
}
