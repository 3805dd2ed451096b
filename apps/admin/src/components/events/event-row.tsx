'use client';
import { ActionIcon, CopyButton, ThemeIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconHash } from '@tabler/icons-react';
import { memo } from 'react';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { ChangeLine } from './change-line.tsx';
import { eventLooks, isArrival } from './event-looks.ts';
import classes from './event-row.module.css';
import { inPresentTense } from './present-tense.ts';
import { Reference } from './reference.tsx';
import { tellingChanges } from './telling-changes.ts';

const shownChanges = 4;

/** What somebody did not have before. */
const gives: ReadonlySet<FeedEvent['type']> = new Set([
  'ROLE_GRANTED',
  'IDENTITY_LINKED',
  'TEAM_MEMBER_ADDED',
]);

interface EventSentenceProps {
  event: Pick<FeedEvent, 'type' | 'subject' | 'related'>;
  /** Has it only been rehearsed? Then it is told as what would happen, and what it would bring has no page. */
  rehearsed?: boolean;
}

/** What happened to whom, or would, in a sentence. */
export function EventSentence({ event, rehearsed = false }: EventSentenceProps) {
  const { verb, joint } = eventLooks[event.type];
  const told = event.related && joint ? joint : verb;
  return (
    <>
      <Reference reference={event.subject} linked={!(rehearsed && isArrival(event.type))} />{' '}
      {rehearsed ? inPresentTense(told) : told}
      {event.related && joint && (
        <>
          {' '}
          <Reference reference={event.related} />
        </>
      )}
    </>
  );
}

/** What differs by an event beyond its sentence, a few of them. */
export function EventChanges({ event }: { event: Pick<FeedEvent, 'type' | 'changes'> }) {
  const changes = tellingChanges(event);
  if (changes.length === 0) return null;
  const hidden = changes.length - shownChanges;
  return (
    <div className={classes.changes}>
      {changes.slice(0, shownChanges).map((change) => (
        <ChangeLine
          key={change.field}
          change={change}
          afterOnly={isArrival(event.type) || gives.has(event.type)}
        />
      ))}
      {hidden > 0 && <span className={classes.quiet}>and {hidden} more</span>}
    </div>
  );
}

function Cause({ event }: { event: FeedEvent }) {
  return (
    <div className={classes.cause}>
      <CopyButton value={event.requestId}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : `Copy request id ${event.requestId}`}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={18}
              onClick={copy}
              className={classes.request}
              aria-label="Copy request id"
            >
              {copied ? <IconCheck size={12} /> : <IconHash size={12} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
      <span className={classes.by}>
        {event.actor.id !== event.subject.id && <span>{event.actor.name}</span>}
        {event.connection && <span>· connection {event.connection.name}</span>}
      </span>
    </div>
  );
}

/** Who, what changed from what to what, by whom through what, and when. */
export const EventRow = memo(function EventRow({ event, fresh }: { event: FeedEvent; fresh?: boolean }) {
  const { icon: Glyph, color } = eventLooks[event.type];
  return (
    <article className={classes.row} data-fresh={fresh || undefined}>
      <div className={classes.grid}>
        <ThemeIcon variant="light" color={color} size={26} radius="xl" className={classes.icon}>
          <Glyph size={14} stroke={1.8} />
        </ThemeIcon>
        <div className={classes.sentence}>
          <EventSentence event={event} />
        </div>
        <div className={classes.time}>
          <TimeAgo at={event.occurredAt} />
        </div>
        <EventChanges event={event} />
        <Cause event={event} />
      </div>
    </article>
  );
});
