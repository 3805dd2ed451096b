import type { PlacedCard, PlacedLink } from './chart-layout.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

interface Placed {
  cards: readonly PlacedCard[];
  links: readonly PlacedLink[];
}

/**
 * The card that an arrow key leads to: up to the manager, down to the first report, left and right through the
 * colleagues under the same manager in reading order (column by column).
 */
export function neighbour({ cards, links }: Placed, id: string, direction: Direction): string | undefined {
  const parent = links.find(({ target }) => target === id)?.source;
  if (direction === 'up') return parent;
  const below = (manager: string | undefined) => {
    const parents = new Map(links.map(({ source, target }) => [target, source]));
    return cards.filter(({ card }) => parents.get(card.id) === manager);
  };
  const inOrder = (row: PlacedCard[]) =>
    row.sort((a, b) => a.x - b.x || a.y - b.y).map(({ card }) => card.id);
  if (direction === 'down') return inOrder(below(id))[0];
  const row = inOrder(below(parent));
  const place = row.indexOf(id);
  return place === -1 ? undefined : row[place + (direction === 'left' ? -1 : 1)];
}
