'use client';
import { useMediaQuery, useReducedMotion } from '@mantine/hooks';
import { useReactFlow } from '@xyflow/react';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { cardHeight, cardWidth, layoutChart, type PlacedCard } from '../model/chart-layout.ts';
import { marksOnCards } from '../model/chart-marks.ts';
import { foldId, lineAbove } from '../model/chart-state.ts';
import type { Chart } from '../use-chart.ts';
import type { ChartActions } from './chart-actions.tsx';
import { keptEdges, keptNodes } from './kept-nodes.ts';
import { startingView } from './starting-view.ts';
import { type CardNode, type LinkEdge, toEdges, toNodes } from './to-flow.ts';

/** Pixels that the line above a branch takes. */
const trailHeight = 48;
/** How much of a narrow screen the panel about the one in focus covers. */
const sheetShare = 0.58;

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

const isOpen = ({ card }: PlacedCard) => card.kind !== 'more' && card.open;

function usePlacedChart({ state, place }: Chart, anchor: Anchor | undefined) {
  const root = place.branch !== undefined && state.items.has(place.branch) ? place.branch : undefined;
  const { cards: laidOut, links } = useMemo(() => layoutChart(state, root), [state, root]);
  const cards = useMemo(() => anchored(laidOut, anchor), [laidOut, anchor]);
  const placed = useMemo(() => new Map(cards.map((each) => [each.card.id, each])), [cards]);
  return { cards, links, placed };
}

/** Lays the chart out and moves the view: to whom is searched, along with the arrow keys, never on its own. */
export function useChartCamera(chart: Chart) {
  const { store, state, guard, marks, place, go, goal, reached } = chart;
  const flow = useReactFlow<CardNode, LinkEdge>();
  const duration = useReducedMotion() ? 0 : 450;
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const [anchor, setAnchor] = useState<Anchor>();
  const canvas = useRef<HTMLDivElement>(null);
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

  const flyTo = (id: string): boolean => {
    const target = placed.get(id);
    if (!target || !flow.viewportInitialized) return false;
    const zoom = Math.max(0.85, flow.getZoom());
    const sheet = isNarrow ? ((canvas.current?.clientHeight ?? 0) * sheetShare) / 2 / zoom : 0;
    void flow.setCenter(target.x + cardWidth / 2, target.y + cardHeight / 2 + sheet, { zoom, duration });
    return true;
  };
  const arrive = useEffectEvent(() => {
    if (goal !== undefined && flyTo(goal)) reached();
  });
  useEffect(() => {
    if (goal !== undefined && placed.has(goal)) arrive();
  }, [goal, placed]);

  const viewAll = useEffectEvent((how: { duration: number }) => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = canvas.current ?? {};
    const covered = place.branch === undefined ? 0 : trailHeight;
    void flow.setViewport(startingView(cards, { width, height, covered }), how);
  });
  const { branch } = place;
  const drawnBranch = useRef(branch);
  useEffect(() => {
    if (drawnBranch.current === branch) return;
    drawnBranch.current = branch;
    viewAll({ duration });
  }, [branch, duration]);

  const actions: ChartActions = {
    toggle(id) {
      const card = placed.get(id);
      if (card) setAnchor({ id, x: card.x, y: card.y });
      if (card && isOpen(card)) store.close(id);
      else if (id === foldId) store.openFold();
      else void guard(store.openAll([id]));
    },
    focus: (id) => go({ focus: id }),
    loadMore: (parent) => void guard(store.loadMore(parent)),
  };

  return {
    ...kept,
    layout: { cards, links },
    focus,
    actions,
    flyTo,
    unfocus: () => go({ focus: undefined }),
    fitAll: () => void flow.fitView({ duration, padding: 0.1, maxZoom: 1 }),
    showStart: () => {
      if (goal === undefined || !flyTo(goal)) viewAll({ duration: 0 });
    },
    canvas,
  };
}

export type ChartCamera = ReturnType<typeof useChartCamera>;
