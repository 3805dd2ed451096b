'use client';
import { Text, UnstyledButton } from '@mantine/core';
import { ChangeLine } from '@/components/events/change-line.tsx';
import { eventLooks, isArrival } from '@/components/events/event-looks.ts';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import classes from './org-chart.module.css';

/** The last changes among those on the canvas; a line leads to its person. */
export function ChartChanges({
  changes,
  onChoose,
}: {
  changes: readonly FeedEvent[];
  onChoose: (id: string) => void;
}) {
  return (
    <div className={classes.changes} role="log" aria-label="Latest changes">
      {changes.map((event) => {
        const first = event.changes[0];
        return (
          <UnstyledButton
            key={event.id}
            className={classes.change}
            onClick={() => onChoose(event.subject.id)}
          >
            <Text size="xs" fw={600} truncate>
              {event.subject.label}{' '}
              <Text span size="xs" c="dimmed" fw={400}>
                {first && !isArrival(event.type) ? '' : eventLooks[event.type].verb} ·{' '}
                <TimeAgo at={event.occurredAt} />
              </Text>
            </Text>
            {first && !isArrival(event.type) && <ChangeLine change={first} afterOnly={false} />}
          </UnstyledButton>
        );
      })}
    </div>
  );
}
