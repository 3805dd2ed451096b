import type { MantineColor } from '@mantine/core';
import { Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { eventLooks } from '@/components/events/event-looks.ts';
import { EventChanges, EventSentence } from '@/components/events/event-row.tsx';
import type { RehearsedEvent } from '@/lib/live/rehearsal.ts';
import type { Consequence } from './consequence.ts';
import { foldEvents } from './fold-events.ts';
import classes from './what-would-change.module.css';

/** Most lines from events; what they share shows in the first ones. */
const shown = 6;

interface WhatWouldChangeProps {
  /** What is worked out beside the events; it comes first. */
  own?: readonly Consequence[];
  /** Undefined for whoever may not read events. */
  events: readonly RehearsedEvent[] | undefined;
  /** What is said where nothing would change. */
  nothing: string;
}

function Line({ icon: Glyph, color, children }: { icon: Icon; color: MantineColor; children: ReactNode }) {
  return (
    <li className={classes.line}>
      <ThemeIcon variant="light" color={color} size={26} radius="xl">
        <Glyph size={14} stroke={1.8} />
      </ThemeIcon>
      <div className={classes.words}>{children}</div>
    </li>
  );
}

/** While it is worked out what a change would do. */
export const WorkingOut = () => <Skeleton height={90} aria-label="Working out what would change" />;

/** What a rehearsed change would do; nothing of it has happened. */
export function WhatWouldChange({ own = [], events = [], nothing }: WhatWouldChangeProps) {
  const { folded, left } = foldEvents(events);
  const sentences = [...own, ...folded];
  const more = left.length - shown;
  return (
    <section aria-label="What would change">
      <Stack gap="xs">
        <Text fw={600}>What would change</Text>
        {sentences.length + left.length === 0 && <Text c="dimmed">{nothing}</Text>}
        <ul className={classes.lines}>
          {sentences.map(({ icon, color, text }) => (
            <Line key={text} icon={icon} color={color}>
              {text}
            </Line>
          ))}
          {left.slice(0, shown).map((event) => (
            <Line
              key={`${event.type} ${event.subject.id} ${event.related?.id}`}
              icon={eventLooks[event.type].icon}
              color={eventLooks[event.type].color}
            >
              <EventSentence event={event} rehearsed />
              <EventChanges event={event} />
            </Line>
          ))}
        </ul>
        {more > 0 && <Text c="dimmed">and {more.toLocaleString('en')} more changes</Text>}
      </Stack>
    </section>
  );
}
