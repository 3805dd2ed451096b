'use client';
import type { Chart } from '../use-chart.ts';
import { DifferencePanel } from './difference-panel.tsx';
import { PersonPanel } from './person-panel.tsx';
import { ProblemPanel } from './problem-panel.tsx';
import { TeamPanel } from './team-panel.tsx';

/** Beside the canvas: the problems, what changed since a moment, or who is in focus. */
export function ChartSide({ chart }: { chart: Chart }) {
  const { panel, focus, moment } = chart.place;
  if (panel === 'problems') return <ProblemPanel chart={chart} />;
  if (panel === 'changes' && moment !== undefined) return <DifferencePanel chart={chart} moment={moment} />;
  const item = focus === undefined ? undefined : chart.state.items.get(focus);
  if (item?.kind === 'person') return <PersonPanel key={item.id} chart={chart} person={item} />;
  if (item?.kind === 'team') return <TeamPanel key={item.id} chart={chart} team={item} />;
  return null;
}
