import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './definition-list.module.css';

export interface Definition {
  term: string;
  value: ReactNode;
  /** What stands at the end of the line. */
  mark?: ReactNode;
}

/** Terms and their values in two quiet columns; what has no value is left out. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  const present = items.filter(({ value }) => value !== null && value !== undefined && value !== '');
  if (present.length === 0) return <Text c="dimmed">Nothing was sent.</Text>;
  return (
    <dl className={classes.list}>
      {present.map(({ term, value, mark }) => (
        <div key={term} className={classes.item}>
          <dt>{term}</dt>
          <dd className={mark ? classes.marked : undefined}>
            {value}
            {mark}
          </dd>
        </div>
      ))}
    </dl>
  );
}
