'use client';
import { EventRow } from '@/components/events/event-row.tsx';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { useNow } from '@/lib/time/use-now.ts';
import { useTimeWriter } from '@/lib/time/use-time-writer.ts';
import classes from './activity-log.module.css';

interface EventDaysProps {
  events: readonly FeedEvent[];
  fresh: ReadonlySet<string>;
}

/** The events under a heading for each day. */
export function EventDays({ events, fresh }: EventDaysProps) {
  const now = useNow();
  const write = useTimeWriter();
  let previous = '';
  return events.map((event) => {
    const day = write.day(Date.parse(event.occurredAt), now);
    const heading = day === previous ? null : <div className={classes.day}>{day}</div>;
    previous = day;
    return (
      <div key={event.id}>
        {heading}
        <EventRow event={event} fresh={fresh.has(event.id)} />
      </div>
    );
  });
}
