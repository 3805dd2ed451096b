'use client';
import { useMemo } from 'react';
import { useUrlState } from '@/lib/url-state.ts';
import type { ChartView } from './model/chart-item.ts';

const panels = ['problems', 'changes'] as const;
export type ChartPanel = (typeof panels)[number];

/** Where in the chart somebody is; all of it is in the URL. */
export interface ChartPlace {
  view: ChartView;
  /** The person or team that stands out. */
  focus: string | undefined;
  /** The person or team whose branch alone is drawn. */
  branch: string | undefined;
  /** The moment that is shown, in ISO 8601; now when undefined. */
  moment: string | undefined;
  panel: ChartPanel | undefined;
}

const moment = (text: string | null): string | undefined =>
  text && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : undefined;

/** Reads where the URL says that somebody is; what it says wrongly is left out. */
export function readPlace(params: URLSearchParams): ChartPlace {
  return {
    view: params.get('view') === 'teams' ? 'teams' : 'people',
    focus: params.get('focus') ?? undefined,
    branch: params.get('branch') ?? undefined,
    moment: moment(params.get('at')),
    panel: panels.find((each) => each === params.get('panel')),
  };
}

/** Where somebody is at this moment, also while what is drawn does not show it yet. */
export const presentPlace = (): ChartPlace => readPlace(new URLSearchParams(window.location.search));

const names = { view: 'view', focus: 'focus', branch: 'branch', moment: 'at', panel: 'panel' } as const;

const changesOf = (place: Partial<ChartPlace>): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(names)
      .filter(([key]) => key in place)
      .map(([key, name]) => [name, new Map(Object.entries(place)).get(key) ?? null]),
  );

/** The place in the chart, and how to go to another: only what is named changes. */
export function useChartPlace(): { place: ChartPlace; go(to: Partial<ChartPlace>): void } {
  const { params, change } = useUrlState();
  const place = useMemo(() => readPlace(params), [params]);
  const go = (to: Partial<ChartPlace>) => {
    const view = to.view === 'people' ? undefined : to.view;
    change(changesOf('view' in to ? { ...to, view } : to));
  };
  return { place, go };
}
