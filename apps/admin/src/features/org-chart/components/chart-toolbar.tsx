'use client';
import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconHierarchy2, IconStethoscope, IconUser } from '@tabler/icons-react';
import { useProblemTotal } from '../api/problems.ts';
import type { Chart } from '../use-chart.ts';
import { ChartSearch } from './chart-search.tsx';
import classes from './chart-toolbar.module.css';
import { ExportMenu } from './export-menu.tsx';

const counted = (count: number | undefined) => (
  <span className={classes.counted}>{count?.toLocaleString('en') ?? '…'}</span>
);

function Views({ chart: { place, facts, switchView } }: { chart: Chart }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="View"
      value={place.view}
      onChange={(view) => void switchView(view === 'teams' ? 'teams' : 'people')}
      data={[
        {
          value: 'people',
          label: (
            <span className={classes.view}>
              <IconUser size={14} aria-hidden /> People {counted(facts?.personCount)}
            </span>
          ),
        },
        {
          value: 'teams',
          label: (
            <span className={classes.view}>
              <IconHierarchy2 size={14} aria-hidden /> Teams {counted(facts?.teamCount)}
            </span>
          ),
        },
      ]}
    />
  );
}

/** What of the organization is shown, the search, what is wrong with it, and the way out of the browser. */
export function ChartToolbar({ chart }: { chart: Chart }) {
  const { place, go } = chart;
  const problems = useProblemTotal();
  const shown = place.panel === 'problems';
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Org chart">
      <Views chart={chart} />
      <ChartSearch chart={chart} />
      <span className={classes.spring} />
      <Button
        variant={shown ? 'light' : 'default'}
        className={classes.button}
        leftSection={<IconStethoscope size={14} />}
        aria-pressed={shown}
        onClick={() => go({ panel: shown ? undefined : 'problems' })}
      >
        <span className={classes.word}>Problems</span>
        {problems !== undefined && (
          <Text span inherit c={shown ? undefined : 'dimmed'} ml={6} className="numeric">
            {problems.toLocaleString('en')}
          </Text>
        )}
      </Button>
      <ExportMenu chart={chart} />
    </div>
  );
}
