import { IconArrowRight } from '@tabler/icons-react';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import classes from './change-line.module.css';
import { isSecret, readableChange } from './format-change.ts';

interface ChangeLineProps {
  change: FeedEvent['changes'][number];
  /** For arrivals: only what it is now. */
  afterOnly: boolean;
}

/** One change, `Department: Sales → Marketing`. */
export function ChangeLine({ change, afterOnly }: ChangeLineProps) {
  const { field, before, after } = readableChange(change);
  return (
    <span className={classes.change}>
      <span className={classes.field}>{field}</span>
      {!afterOnly && !isSecret(change) && (
        <>
          <span className={classes.before}>{before ?? 'none'}</span>
          <IconArrowRight size={12} aria-label="to" className={classes.arrow} />
        </>
      )}
      <span className={classes.after}>{isSecret(change) ? 'set, never shown' : (after ?? 'none')}</span>
    </span>
  );
}
