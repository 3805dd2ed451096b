import { eventLooks } from '@/components/events/event-looks.ts';
import { readableChange } from '@/components/events/format-change.ts';
import type { RehearsedEvent } from '@/lib/live/rehearsal.ts';
import { listed } from '@/lib/text/listed.ts';
import type { Consequence } from './consequence.ts';

interface Fold {
  /** The side that differs from event to event. */
  readonly who: 'subject' | 'related';
  readonly verb: string;
}

/** What happens to many people at once in the same way: one sentence tells it of all of them. */
const folds: Partial<Record<RehearsedEvent['type'], Fold>> = {
  TEAM_MEMBER_ADDED: { who: 'related', verb: 'join' },
  TEAM_MEMBER_REMOVED: { who: 'related', verb: 'leave' },
  ROLE_GRANTED: { who: 'subject', verb: 'get the role' },
  ROLE_REVOKED: { who: 'subject', verb: 'lose the role' },
};

/** The roles that come and go with a membership, as the end of its sentence. */
function rolesMoved(changes: RehearsedEvent['changes']): string {
  const change = changes.find(({ field }) => field === 'memberRoles');
  if (change === undefined) return '';
  const { before, after } = readableChange(change);
  return after === null ? ` and lose ${before} by it` : ` and get ${after} by it`;
}

/** Events that tell the same of several people as one sentence each, and those that are left. */
export function foldEvents(events: readonly RehearsedEvent[]): {
  readonly folded: readonly Consequence[];
  readonly left: readonly RehearsedEvent[];
} {
  const keyOf = ({ type, subject, related, changes }: RehearsedEvent) => {
    const fold = folds[type];
    if (!fold || !related) return undefined;
    return `${type} ${(fold.who === 'related' ? subject : related).id} ${rolesMoved(changes)}`;
  };
  const groups = Map.groupBy(events, keyOf);
  const left = [...(groups.get(undefined) ?? [])];
  const folded: Consequence[] = [];
  for (const [key, alike] of groups) {
    const [first] = alike;
    const fold = first && folds[first.type];
    if (key === undefined || !fold) continue;
    if (alike.length === 1) {
      left.push(...alike);
      continue;
    }
    const names = alike.flatMap(({ subject, related }) =>
      fold.who === 'subject' ? subject.label : (related?.label ?? []),
    );
    const { icon, color } = eventLooks[first.type];
    const to = fold.who === 'related' ? first.subject : first.related;
    folded.push({
      icon,
      color,
      text: `${listed(names)} ${fold.verb} ${to?.label}${rolesMoved(first.changes)}`,
    });
  }
  return { folded, left };
}
