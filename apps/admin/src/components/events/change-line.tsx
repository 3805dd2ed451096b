import { IconArrowRight } from '@tabler/icons-react';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import classes from './change-line.module.css';
import { idIn, isSecret, readableChange } from './format-change.ts';
import { Reference } from './reference.tsx';

type Change = FeedEvent['changes'][number];

interface ChangeLineProps {
  change: Omit<Change, 'named'> & Partial<Pick<Change, 'named'>>;
  /** For arrivals: only what it is now. */
  afterOnly: boolean;
}

interface ValueProps {
  value: unknown;
  words: string | null;
  named: Change['named'] | undefined;
}

/** A value in words; what it names by an id, by its name. */
function Value({ value, words, named }: ValueProps) {
  const reference = named?.find(({ id }) => id === idIn(value));
  return reference ? <Reference reference={reference} /> : (words ?? 'none');
}

/** One change, `Department: Sales → Marketing`. */
export function ChangeLine({ change, afterOnly }: ChangeLineProps) {
  const { field, before, after } = readableChange(change);
  const { named } = change;
  return (
    <span className={classes.change}>
      <span className={classes.field}>{field}</span>
      {!afterOnly && !isSecret(change) && (
        <>
          <span className={classes.before}>
            <Value value={change.before} words={before} named={named} />
          </span>
          <IconArrowRight size={12} aria-label="to" className={classes.arrow} />
        </>
      )}
      <span className={classes.after}>
        {isSecret(change) ? 'set, never shown' : <Value value={change.after} words={after} named={named} />}
      </span>
    </span>
  );
}
