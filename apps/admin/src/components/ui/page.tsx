import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  /** A text, or a heading with what stands beside it. */
  title: ReactNode;
  /** One sentence that says what the page is for. */
  description?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** One content column: a title, what the page is for, at most one primary action. */
export function Page({ title, description, action, children }: PageProps) {
  return (
    <div className={classes.page}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={2} miw={0} flex="1 1 260px">
          {typeof title === 'string' ? <Title order={1}>{title}</Title> : title}
          {description && <Text c="dimmed">{description}</Text>}
        </Stack>
        {action}
      </Group>
      {children}
    </div>
  );
}
