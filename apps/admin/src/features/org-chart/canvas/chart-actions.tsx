'use client';
import { createContext, useContext } from 'react';

/** What a card can ask of the canvas. */
export interface ChartActions {
  toggle(id: string): void;
  focus(id: string): void;
  loadMore(parent: string): void;
}

export const ChartActionsContext = createContext<ChartActions>({
  toggle: () => {},
  focus: () => {},
  loadMore: () => {},
});

/** The actions of the canvas that a card stands on. */
export function useChartActions(): ChartActions {
  return useContext(ChartActionsContext);
}
