'use client';
import { Button, Center, Text } from '@mantine/core';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { EventRow } from './event-row.tsx';

interface HistoryProps {
  events: readonly FeedEvent[];
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** What happened to one thing, newest first. */
export function History({ events, hasMore, loading, onMore }: HistoryProps) {
  if (events.length === 0) return <Text c="dimmed">Nothing has happened yet.</Text>;
  return (
    <div>
      {events.map((event) => (
        <EventRow key={event.id} event={event} />
      ))}
      {hasMore && (
        <Center mt="sm">
          <Button variant="subtle" color="gray" loading={loading} onClick={onMore}>
            Older events
          </Button>
        </Center>
      )}
    </div>
  );
}
