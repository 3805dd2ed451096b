'use client';
import { useMemo, useRef } from 'react';
import { layoutChart, type PlacedCard } from '../model/chart-layout.ts';
import { marksOnCards } from '../model/chart-marks.ts';
import { lineAbove } from '../model/chart-state.ts';
import type { Chart } from '../use-chart.ts';
import { keptEdges, keptNodes } from './kept-nodes.ts';
import { type CardNode, type LinkEdge, toEdges, toNodes } from './to-flow.ts';

/** A card that stays where it is while others move. */
export interface Anchor {
  id: string;
  x: number;
  y: number;
}

/** Shifts everything so that the card that was clicked stays under the pointer. */
function anchored(cards: readonly PlacedCard[], anchor: Anchor | undefined): readonly PlacedCard[] {
  const held = anchor && cards.find(({ card }) => card.id === anchor.id);
  if (!anchor || !held) return cards;
  const [dx, dy] = [anchor.x - held.x, anchor.y - held.y];
  return cards.map((placed) => ({ ...placed, x: placed.x + dx, y: placed.y + dy }));
}

function usePlacedChart({ state, place }: Chart, anchor: Anchor | undefined) {
  const root = place.branch !== undefined && state.items.has(place.branch) ? place.branch : undefined;
  const { cards: laidOut, links } = useMemo(() => layoutChart(state, root), [state, root]);
  const cards = useMemo(() => anchored(laidOut, anchor), [laidOut, anchor]);
  const placed = useMemo(() => new Map(cards.map((each) => [each.card.id, each])), [cards]);
  return { cards, links, placed };
}

/** The chart as it is drawn: cards and lines in their places, who is in focus, and what has just changed. */
export function useDrawnChart(chart: Chart, anchor: Anchor | undefined) {
  const { state, marks, place } = chart;
  const { cards, links, placed } = usePlacedChart(chart, anchor);
  const focus = place.focus !== undefined && placed.has(place.focus) ? place.focus : undefined;
  const bright = useMemo(() => {
    if (!focus) return new Set<string>();
    const below = links.filter(({ source }) => source === focus).map(({ target }) => target);
    return new Set([focus, ...lineAbove(state, focus), ...below]);
  }, [focus, links, state]);
  const onCards = useMemo(() => marksOnCards(state, marks, (id) => placed.has(id)), [state, marks, placed]);
  const drawn = useRef<{ nodes: CardNode[]; edges: LinkEdge[] }>({ nodes: [], edges: [] });
  const nodes = useMemo(
    () => toNodes(cards, { focus, bright, marks: onCards }),
    [cards, focus, bright, onCards],
  );
  const edges = useMemo(() => toEdges(links, { focus, bright }), [links, focus, bright]);
  const kept = useMemo(() => {
    drawn.current = {
      nodes: keptNodes(drawn.current.nodes, nodes),
      edges: keptEdges(drawn.current.edges, edges),
    };
    return drawn.current;
  }, [nodes, edges]);
  return { ...kept, layout: { cards, links }, placed, focus };
}
