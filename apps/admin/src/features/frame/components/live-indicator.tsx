'use client';
import { Tooltip } from '@mantine/core';
import { useFeedStatus } from '@/lib/live/feed-provider.tsx';
import { describeStatus } from '../live-status.ts';
import classes from './admin-frame.module.css';

/** Whether what is on the page is live: connected, reconnecting, how far behind. */
export function LiveIndicator() {
  const { look, label, explanation } = describeStatus(useFeedStatus());
  return (
    <Tooltip label={explanation} multiline maw={260}>
      <div className={classes.live} data-state={look} role="status" aria-label={`${label}. ${explanation}`}>
        <span className={classes.dot} />
        <span>{label}</span>
      </div>
    </Tooltip>
  );
}
