'use client';
import { Button } from '@mantine/core';
import { IconHistory, IconPlayerTrackNext } from '@tabler/icons-react';
import { useTimeWriter } from '@/lib/time/use-time-writer.ts';
import type { Chart } from '../use-chart.ts';
import classes from './time-bar.module.css';

/** Says that the past is shown, what has come since, and leads back. */
export function PastBanner({ chart, moment }: { chart: Chart; moment: string }) {
  const { place, go, missed } = chart;
  const write = useTimeWriter();
  const shown = place.panel === 'changes';
  return (
    <div className={classes.past} data-below-trail={place.branch !== undefined || undefined} role="status">
      <IconHistory size={15} aria-hidden />
      <span>
        As it was on <b>{write.moment(Date.parse(moment))}</b>
        {missed > 0 && ` · ${missed.toLocaleString('en')} new`}
      </span>
      <Button
        variant="default"
        size="compact-xs"
        aria-pressed={shown}
        onClick={() => go({ panel: shown ? undefined : 'changes' })}
      >
        What changed since
      </Button>
      <Button
        size="compact-xs"
        leftSection={<IconPlayerTrackNext size={12} />}
        onClick={() => go({ moment: undefined, panel: undefined })}
      >
        Back to now
      </Button>
    </div>
  );
}
