import { type Edge, type Node, Position } from '@xyflow/react';
import { type Card, cardHeight, cardWidth, type PlacedCard, type PlacedLink } from '../model/chart-layout.ts';
import type { Mark, Marks } from '../model/chart-marks.ts';

interface CardData extends Record<string, unknown> {
  card: Card;
  focused: boolean;
  dimmed: boolean;
  mark: Mark | undefined;
}

export type CardNode = Node<CardData, 'card'>;
export type LinkEdge = Edge<{ entry: 'top' | 'side'; lit: boolean }, 'link'>;

/** Where lines meet a card; said here so that cards outside the screen need not be measured. */
const handles = [
  {
    type: 'source' as const,
    position: Position.Bottom,
    x: cardWidth / 2,
    y: cardHeight,
    width: 1,
    height: 1,
  },
  { id: 'top', type: 'target' as const, position: Position.Top, x: cardWidth / 2, y: 0, width: 1, height: 1 },
  {
    id: 'side',
    type: 'target' as const,
    position: Position.Left,
    x: 0,
    y: cardHeight / 2,
    width: 1,
    height: 1,
  },
];

interface Look {
  focus: string | undefined;
  /** The ids that stay bright while one is focused. */
  bright: ReadonlySet<string>;
  marks: Marks;
}

/** The placed cards as nodes of the canvas. */
export function toNodes(cards: readonly PlacedCard[], { focus, bright, marks }: Look): CardNode[] {
  return cards.map(({ card, x, y }) => ({
    id: card.id,
    type: 'card',
    position: { x, y },
    width: cardWidth,
    height: cardHeight,
    measured: { width: cardWidth, height: cardHeight },
    handles,
    focusable: false,
    data: {
      card,
      focused: card.id === focus,
      dimmed: focus !== undefined && !bright.has(card.id),
      mark: card.kind === 'item' && card.leaving ? 'left' : marks.get(card.id),
    },
  }));
}

/** The placed lines as edges of the canvas; those between bright cards are lit, and above the others, while one is focused. */
export function toEdges(
  links: readonly PlacedLink[],
  { focus, bright }: Pick<Look, 'focus' | 'bright'>,
): LinkEdge[] {
  return links.map(({ id, source, target, entry }) => {
    const lit = focus !== undefined && bright.has(source) && bright.has(target);
    return {
      id,
      source,
      target,
      targetHandle: entry,
      type: 'link',
      focusable: false,
      // Who is above whom is said by the panel about a card; a line would be read out by ids.
      domAttributes: { 'aria-hidden': true },
      data: { entry, lit },
      zIndex: lit ? 1 : 0,
    };
  });
}
