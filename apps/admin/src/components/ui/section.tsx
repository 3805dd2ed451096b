import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './section.module.css';

interface SectionProps {
  title: string;
  count?: number;
  action?: ReactNode;
  children: ReactNode;
}

/** A card with a heading, the building block of a thing's page. */
export function Section({ title, count, action, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="14px">
          {title}
          {count !== undefined && <span className={classes.count}>{count.toLocaleString('en')}</span>}
        </Title>
        {action}
      </Group>
      {children}
    </section>
  );
}
