'use client';
import '@xyflow/react/dist/style.css';
import { Center, Loader } from '@mantine/core';
import { IconHierarchy2 } from '@tabler/icons-react';
import { ReactFlowProvider } from '@xyflow/react';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useChart } from '../api/use-chart.ts';
import { top } from '../chart-state.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import classes from './org-chart.module.css';

/** Who reports to whom, live: only what is open is loaded, only what is on the screen is drawn. */
export function OrgChart() {
  const chart = useChart();
  const empty = chart.loaded && chart.state.branches.get(top)?.ids.length === 0;
  return (
    <div className={classes.screen}>
      <h1 className={classes.hidden}>Org chart</h1>
      {chart.error !== undefined && (
        <div className={classes.error}>
          <ErrorState error={chart.error} onRetry={chart.reload} />
        </div>
      )}
      {!chart.loaded && chart.error === undefined && (
        <Center h="100%">
          <Loader size="sm" />
        </Center>
      )}
      {empty && (
        <EmptyState icon={IconHierarchy2} title="There is no one to draw yet">
          Cards appear as people arrive; lines appear once the identity provider sends their managers.
        </EmptyState>
      )}
      {chart.loaded && !empty && (
        <ReactFlowProvider>
          <ChartCanvas chart={chart} />
        </ReactFlowProvider>
      )}
    </div>
  );
}
