'use client';
import { useMediaQuery, useReducedMotion } from '@mantine/hooks';
import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { cardHeight, cardWidth, type PlacedCard } from '../model/chart-layout.ts';
import { foldId } from '../model/chart-state.ts';
import type { Chart } from '../use-chart.ts';
import type { ChartActions } from './chart-actions.tsx';
import { startingView } from './starting-view.ts';
import type { CardNode, LinkEdge } from './to-flow.ts';
import { type Anchor, useDrawnChart } from './use-drawn-chart.ts';

/** Pixels that the line above a branch takes, and on a narrow screen what says that the past is shown. */
const trailHeight = 48;
const bannerHeight = 72;
/** How much of a narrow screen the panel about the one in focus covers. */
const sheetShare = 0.58;

const isOpen = ({ card }: PlacedCard) => card.kind !== 'more' && card.open;

interface Drawn {
  cards: readonly PlacedCard[];
  placed: ReadonlyMap<string, PlacedCard>;
  canvas: RefObject<HTMLDivElement | null>;
}

/** Moves the view: to whom is searched, along with the arrow keys, to another branch, never on its own. */
function useFlight({ place, goal, reached }: Chart, { cards, placed, canvas }: Drawn) {
  const flow = useReactFlow<CardNode, LinkEdge>();
  const duration = useReducedMotion() ? 0 : 450;
  const isNarrow = useMediaQuery('(max-width: 48em)');
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
    const trail = place.branch === undefined ? 0 : trailHeight;
    const covered = trail + (isNarrow && place.moment !== undefined ? bannerHeight : 0);
    void flow.setViewport(startingView(cards, { width, height, covered }), how);
  });
  const { branch } = place;
  const drawnBranch = useRef(branch);
  useEffect(() => {
    if (drawnBranch.current === branch) return;
    drawnBranch.current = branch;
    viewAll({ duration });
  }, [branch, duration]);

  return {
    flyTo,
    fitAll: () => void flow.fitView({ duration, padding: 0.1, maxZoom: 1 }),
    showStart: () => {
      if (goal === undefined || !flyTo(goal)) viewAll({ duration: 0 });
    },
  };
}

/** What is drawn, where the view stands, and what cards can ask of both. */
export function useChartCamera(chart: Chart) {
  const { store, guard, go } = chart;
  const [anchor, setAnchor] = useState<Anchor>();
  const canvas = useRef<HTMLDivElement>(null);
  const { placed, ...drawn } = useDrawnChart(chart, anchor);
  const flight = useFlight(chart, { cards: drawn.layout.cards, placed, canvas });
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

  return { ...drawn, ...flight, actions, unfocus: () => go({ focus: undefined }), canvas };
}

export type ChartCamera = ReturnType<typeof useChartCamera>;
