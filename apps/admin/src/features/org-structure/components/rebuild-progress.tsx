'use client';
import { Group, Progress, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { useNow } from '@/lib/time/use-now.ts';
import type { Rebuild } from '../api/org-structure.ts';
import { timeLeft } from '../time-left.ts';

function Running({ rebuild: { done, total, startedAt } }: { rebuild: Rebuild }) {
  const now = useNow();
  const share = total === 0 ? 0 : Math.min(100, (done / total) * 100);
  return (
    <Stack gap={8}>
      <Group justify="space-between">
        <Text className="numeric" role="status">
          {done.toLocaleString('en')} of {total.toLocaleString('en')} people
        </Text>
        <Text c="dimmed" size="xs">
          {timeLeft({ done, total, elapsed: now - Date.parse(startedAt) })}
        </Text>
      </Group>
      <Progress value={share} animated aria-label="Rebuilding the teams" />
      <Text c="dimmed" size="xs">
        It goes on when you leave this page, and when the server is started again.
      </Text>
    </Stack>
  );
}

function Ended({ rebuild: { done, finishedAt } }: { rebuild: Rebuild }) {
  return (
    <Group gap={8} wrap="nowrap" role="status">
      <IconCircleCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />
      <Text>
        Rebuilt for {done.toLocaleString('en')} {done === 1 ? 'person' : 'people'}{' '}
        <Text span c="dimmed">
          · <TimeAgo at={finishedAt} />
        </Text>
      </Text>
    </Group>
  );
}

/** How far the rebuild is, or how the last one ended. */
export function RebuildProgress({ rebuild }: { rebuild: Rebuild }) {
  return (
    <Section title="Rebuild">
      {rebuild.state === 'RUNNING' ? <Running rebuild={rebuild} /> : <Ended rebuild={rebuild} />}
    </Section>
  );
}
