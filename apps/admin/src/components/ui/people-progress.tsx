'use client';
import { Group, Progress, Stack, Text } from '@mantine/core';
import { timeLeft } from '@/lib/time/time-left.ts';
import { useNow } from '@/lib/time/use-now.ts';

interface PeopleProgressProps {
  work: { done: number; total: number; startedAt: string };
  /** What is being done, for people who don't see the bar. */
  label: string;
}

/** How far something is that goes through people one after the other, and how long it will take. */
export function PeopleProgress({ work: { done, total, startedAt }, label }: PeopleProgressProps) {
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
      <Progress value={share} animated aria-label={label} />
      <Text c="dimmed" size="xs">
        It goes on when you leave this page, and when the server is started again.
      </Text>
    </Stack>
  );
}
