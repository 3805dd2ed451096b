'use client';
import { Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { PeopleProgress } from '@/components/ui/people-progress.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { Rebuild } from '../api/org-structure.ts';

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
      {rebuild.state === 'RUNNING' ? (
        <PeopleProgress work={rebuild} label="Rebuilding the teams" />
      ) : (
        <Ended rebuild={rebuild} />
      )}
    </Section>
  );
}
