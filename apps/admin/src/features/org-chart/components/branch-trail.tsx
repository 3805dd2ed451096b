'use client';
import { CloseButton, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { lineAbove } from '../model/chart-state.ts';
import type { Chart } from '../use-chart.ts';
import classes from './branch-trail.module.css';

/** Whose branch alone is drawn, who is above it, and the way back to all. */
export function BranchTrail({ chart, branch }: { chart: Chart; branch: string }) {
  const { state, go } = chart;
  const line = [branch, ...lineAbove(state, branch)].reverse();
  return (
    <nav className={classes.trail} aria-label="Branch">
      <UnstyledButton className={classes.step} onClick={() => go({ branch: undefined })}>
        Everyone
      </UnstyledButton>
      {line.map((id) => (
        <span key={id} className={classes.trailItem}>
          <IconChevronRight size={13} aria-hidden />
          <UnstyledButton
            className={classes.step}
            aria-current={id === branch ? 'true' : undefined}
            onClick={() => go({ branch: id })}
          >
            {state.items.get(id)?.name ?? '…'}
          </UnstyledButton>
        </span>
      ))}
      <CloseButton size="sm" aria-label="Show everyone" onClick={() => go({ branch: undefined })} />
    </nav>
  );
}
