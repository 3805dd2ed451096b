'use client';
import { useReducedMotion } from '@mantine/hooks';
import { useReactFlow } from '@xyflow/react';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useUrlState } from '@/lib/url-state.ts';
import type { useChart } from './api/use-chart.ts';
import type { ChartActions } from './chart-actions.tsx';
import { cardHeight, cardWidth, layoutChart, type PlacedCard } from './chart-layout.ts';
import { cardsToMark, foldId, managersAbove } from './chart-state.ts';
import { type CardNode, type LinkEdge, toEdges, toNodes } from './to-flow.ts';

/** Pixels kept free around the chart, and above it for the search and the map. */
const margin = 32;
const headroom = 96;

interface Anchor {
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

/** Where the view stands at first: the heads at the top in the middle, everything visible unless it got too small. */
function startingView(cards: readonly PlacedCard[], canvas: HTMLElement | null) {
  const [width, height] = [canvas?.clientWidth ?? 0, canvas?.clientHeight ?? 0];
  const left = Math.min(...cards.map(({ x }) => x));
  const right = Math.max(...cards.map(({ x }) => x + cardWidth));
  const bottom = Math.max(...cards.map(({ y }) => y + cardHeight));
  const fitting = Math.min((width - 2 * margin) / (right - left), (height - headroom - margin) / bottom);
  const zoom = Math.min(1, Math.max(0.55, fitting));
  return { x: width / 2 - ((left + right) / 2) * zoom, y: headroom, zoom };
}

/** Lays the chart out and moves the view: to whom is searched, along with the arrow keys, never on its own. */
export function useChartCamera({ store, state, guard, marked }: ReturnType<typeof useChart>) {
  const flow = useReactFlow<CardNode, LinkEdge>();
  const { params, change } = useUrlState();
  const still = useReducedMotion();
  const focus = params.get('focus') ?? undefined;
  const [anchor, setAnchor] = useState<Anchor>();
  const [goal, setGoal] = useState<string>();
  const canvas = useRef<HTMLDivElement>(null);

  const layout = useMemo(() => layoutChart(state), [state]);
  const cards = useMemo(() => anchored(layout.cards, anchor), [layout, anchor]);
  const placed = useMemo(() => new Map(cards.map((each) => [each.card.id, each])), [cards]);
  const present = focus !== undefined && placed.has(focus) ? focus : undefined;
  const bright = useMemo(() => {
    if (!present) return new Set<string>();
    const reports = layout.links.filter(({ source }) => source === present).map(({ target }) => target);
    return new Set([present, ...managersAbove(state, present), ...reports]);
  }, [present, layout, state]);
  const look = { focus: present, bright, marked: cardsToMark(state, marked, new Set(placed.keys())) };

  const duration = still ? 0 : 450;
  const goTo = useEffectEvent((id: string) => {
    const target = placed.get(id);
    if (!target) return false;
    const zoom = Math.max(0.85, flow.getZoom());
    void flow.setCenter(target.x + cardWidth / 2, target.y + cardHeight / 2, { zoom, duration });
    return true;
  });
  useEffect(() => {
    if (goal !== undefined && placed.has(goal) && goTo(goal)) setGoal(undefined);
  }, [goal, placed]);

  const reveal = (id: string) => {
    change({ focus: id });
    void guard(
      store.reveal(id).then((found) => {
        if (found) setGoal(id);
      }),
    );
  };
  // A link with ?focus=… opens the chart at that person.
  const linked = useRef(focus);
  const revealLinked = useEffectEvent(reveal);
  useEffect(() => {
    if (linked.current) revealLinked(linked.current);
  }, []);

  const actions: ChartActions = {
    toggle(id) {
      const card = placed.get(id);
      if (card) setAnchor({ id, x: card.x, y: card.y });
      if (store.state().open.has(id)) store.close(id);
      else if (id === foldId) store.openFold();
      else void guard(store.open(id));
    },
    focus: (id) => change({ focus: id }),
    loadMore: (manager) => void guard(store.loadMore(manager)),
  };

  return {
    nodes: toNodes(cards, look),
    edges: toEdges(layout.links, look),
    layout: { cards, links: layout.links },
    focus: present,
    actions,
    reveal,
    goTo: setGoal,
    unfocus: () => change({ focus: null }),
    fitAll: () => void flow.fitView({ duration, padding: 0.15, maxZoom: 1 }),
    showStart: () => {
      if (!linked.current) void flow.setViewport(startingView(cards, canvas.current));
    },
    canvas,
  };
}

export type ChartCamera = ReturnType<typeof useChartCamera>;
