import type { MantineColor } from '@mantine/core';
import { Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { eventLooks } from '@/components/events/event-looks.ts';
import { EventSentence } from '@/components/events/event-row.tsx';
import type { Rehearsal } from '../api/standing.ts';
import { consequencesFor, elsewhere } from '../consequences.ts';
import classes from './rehearsal-view.module.css';

/** Most lines about others; what they share shows in the first ones. */
const shown = 6;

function Line({ icon: Glyph, color, children }: { icon: Icon; color: MantineColor; children: ReactNode }) {
  return (
    <li className={classes.line}>
      <ThemeIcon variant="light" color={color} size={26} radius="xl">
        <Glyph size={14} stroke={1.8} />
      </ThemeIcon>
      <span className={classes.words}>{children}</span>
    </li>
  );
}

/** What a change would do to a person, and to whom and what else; nothing of it has happened. */
export function RehearsalView({ rehearsal }: { rehearsal: Rehearsal | undefined }) {
  if (!rehearsal) return <Skeleton height={90} aria-label="Working out what would change" />;
  const own = consequencesFor(rehearsal);
  const others = elsewhere(rehearsal);
  const more = others.length - shown;
  return (
    <section aria-label="What would change">
      <Stack gap="xs">
        <Text fw={600}>What would change</Text>
        {own.length + others.length === 0 && (
          <Text c="dimmed">Nothing else: teams, roles, sessions and tokens stay as they are.</Text>
        )}
        <ul className={classes.lines}>
          {own.map(({ icon, color, text }) => (
            <Line key={text} icon={icon} color={color}>
              {text}
            </Line>
          ))}
          {others.slice(0, shown).map((event) => (
            <Line
              key={`${event.type} ${event.subject.id} ${event.related?.id}`}
              icon={eventLooks[event.type].icon}
              color={eventLooks[event.type].color}
            >
              <EventSentence event={event} />
            </Line>
          ))}
        </ul>
        {more > 0 && <Text c="dimmed">and {more.toLocaleString('en')} more changes of others</Text>}
      </Stack>
    </section>
  );
}
