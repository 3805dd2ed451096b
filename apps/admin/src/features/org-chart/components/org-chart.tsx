'use client';
import '@xyflow/react/dist/style.css';
import { Center, Loader } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ChartCanvas } from '../canvas/chart-canvas.tsx';
import { top } from '../model/chart-state.ts';
import { type Chart, useChart } from '../use-chart.ts';
import { BranchTrail } from './branch-trail.tsx';
import { ChartChanges } from './chart-changes.tsx';
import { ChartSide } from './chart-side.tsx';
import { ChartToolbar } from './chart-toolbar.tsx';
import { EmptyChart } from './empty-chart.tsx';
import classes from './org-chart.module.css';
import { PastBanner } from './past-banner.tsx';
import { TimeBar } from './time-bar.tsx';

function Board({ chart }: { chart: Chart }) {
  const { place, loaded, error, state } = chart;
  const empty = loaded && state.branches.get(top)?.ids.length === 0;
  return (
    <>
      {error !== undefined && (
        <div className={classes.error}>
          <ErrorState error={error} onRetry={chart.reload} />
        </div>
      )}
      {!loaded && error === undefined && (
        <Center h="100%">
          <Loader size="sm" />
        </Center>
      )}
      {empty && <EmptyChart view={place.view} past={place.moment !== undefined} />}
      {loaded && !empty && (
        <ReactFlowProvider key={place.view}>
          <ChartCanvas chart={chart} aside={<ChartChanges chart={chart} />} />
        </ReactFlowProvider>
      )}
      {place.moment !== undefined && <PastBanner chart={chart} moment={place.moment} />}
      {place.branch !== undefined && state.items.has(place.branch) && (
        <BranchTrail chart={chart} branch={place.branch} />
      )}
    </>
  );
}

/** The organization, live or as it was: only what is open is loaded, only what is on the screen is drawn. */
export function OrgChart() {
  const chart = useChart();
  return (
    <div className={classes.screen} data-past={chart.place.moment !== undefined || undefined}>
      <h1 className={classes.hidden}>Org chart</h1>
      <ChartToolbar chart={chart} />
      <div className={classes.stage}>
        <div
          className={classes.board}
          aria-busy={chart.reading}
          data-reading={(chart.reading && chart.loaded) || undefined}
        >
          <Board chart={chart} />
        </div>
        <ChartSide chart={chart} />
      </div>
      <TimeBar chart={chart} />
    </div>
  );
}
