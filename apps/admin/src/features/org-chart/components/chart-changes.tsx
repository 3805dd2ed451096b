'use client';
import { Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import { ChangeLine } from '@/components/events/change-line.tsx';
import { eventLooks, isArrival } from '@/components/events/event-looks.ts';
import { tellingChanges } from '@/components/events/telling-changes.ts';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { markOf } from '../model/chart-marks.ts';
import type { Chart } from '../use-chart.ts';
import classes from './chart-changes.module.css';

/** What is called by its id alone is called by its name, where the chart knows it. */
function named(value: unknown, items: Chart['state']['items']): unknown {
  return typeof value === 'string' ? (items.get(value)?.name ?? value) : value;
}

function Sentence({ event, items }: { event: FeedEvent; items: Chart['state']['items'] }) {
  const { verb, joint } = eventLooks[event.type];
  const change = isArrival(event.type) ? undefined : tellingChanges(event)[0];
  const related = event.related && joint ? `${joint} ${event.related.label}` : undefined;
  return (
    <span className={classes.sentence}>
      <Text size="xs" fw={600} lineClamp={2}>
        {event.subject.label}{' '}
        <Text span size="xs" c="dimmed" fw={400}>
          {related ?? (change ? '' : verb)} · <TimeAgo at={event.occurredAt} />
        </Text>
      </Text>
      {change && (
        <ChangeLine
          change={{ ...change, before: named(change.before, items), after: named(change.after, items) }}
          afterOnly={false}
        />
      )}
    </span>
  );
}

/** The last changes of what is shown, as they come; a line leads to its card. */
export function ChartChanges({ chart: { told, reveal, place, state } }: { chart: Chart }) {
  if (place.moment !== undefined) return null;
  return (
    <div className={classes.changes} role="log" aria-label="Latest changes">
      {told.map((event) => {
        const { icon: Glyph, color } = eventLooks[event.type];
        const left = markOf(place.view, event.type) === 'left';
        return (
          <UnstyledButton
            key={event.id}
            className={classes.change}
            disabled={left}
            onClick={() => reveal(event.subject.id)}
          >
            <ThemeIcon variant="light" color={color} size={22} radius="xl">
              <Glyph size={12} stroke={1.8} />
            </ThemeIcon>
            <Sentence event={event} items={state.items} />
          </UnstyledButton>
        );
      })}
    </div>
  );
}
