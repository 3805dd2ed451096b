import { Stack, Text, ThemeIcon } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: Icon;
  title: string;
  /** What will be here and why it isn't yet. */
  children: ReactNode;
  action?: ReactNode;
}

/** Says what will be here, why it isn't yet, and the one thing to do. */
export function EmptyState({ icon: Glyph, title, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <ThemeIcon variant="light" size={44} radius="xl">
        <Glyph size={22} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} size="md" mt={4}>
        {title}
      </Text>
      <Text c="dimmed" maw={420}>
        {children}
      </Text>
      {action}
    </Stack>
  );
}
