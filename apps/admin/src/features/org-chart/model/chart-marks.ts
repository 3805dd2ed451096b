import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import type { ChartView } from './chart-item.ts';
import { type ChartState, lineAbove } from './chart-state.ts';

/** How a change is marked: arrived is green, changed blue, left grey. */
export type Mark = 'arrived' | 'changed' | 'left';

/** What is marked how, by id. */
export type Marks = ReadonlyMap<string, Mark>;

const marksOfView: Record<ChartView, Partial<Record<FeedEvent['type'], Mark>>> = {
  people: {
    USER_CREATED: 'arrived',
    USER_REVIVED: 'arrived',
    USER_UPDATED: 'changed',
    USER_ACTIVATED: 'changed',
    USER_DEACTIVATED: 'changed',
    USER_DEPROVISIONED: 'left',
  },
  teams: {
    TEAM_CREATED: 'arrived',
    TEAM_UPDATED: 'changed',
    TEAM_MEMBER_ADDED: 'changed',
    TEAM_MEMBER_REMOVED: 'changed',
    TEAM_DELETED: 'left',
  },
};

/** How a view marks an event; undefined for those that it doesn't tell of. */
export function markOf(view: ChartView, type: FeedEvent['type']): Mark | undefined {
  return marksOfView[view][type];
}

/** What a batch of events marks, each subject once: somebody who arrived and was then changed has arrived. */
export function marksOf(view: ChartView, events: readonly FeedEvent[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { type, subject } of events) {
    const mark = markOf(view, type);
    const before = marks.get(subject.id);
    if (mark && !(before === 'arrived' && mark === 'changed')) marks.set(subject.id, mark);
  }
  return marks;
}

/** Those of a batch whom none of the others marks. */
export const unmarkedBy = (others: readonly Marks[], batch: Marks): string[] =>
  [...batch.keys()].filter((id) => !others.some((other) => other.has(id)));

/** Where to show marks: on the changed card, else as a change of the nearest card above it that is drawn. */
export function marksOnCards(
  state: ChartState,
  marks: Marks,
  isDrawn: (id: string) => boolean,
): Map<string, Mark> {
  const shown = new Map<string, Mark>();
  for (const [id, mark] of marks) {
    if (isDrawn(id)) shown.set(id, mark);
    else {
      const above = lineAbove(state, id).find(isDrawn);
      if (above && !shown.has(above)) shown.set(above, 'changed');
    }
  }
  return shown;
}

const idOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : undefined;

const parentFields = ['manager', 'managerId', 'parent', 'parentId'];

/** The parents, past and present, that events name: their counts change. */
export function parentsNamedBy(events: readonly FeedEvent[]): string[] {
  const changes = events.flatMap((event) => event.changes);
  const values = changes
    .filter(({ field }) => parentFields.includes(field))
    .flatMap(({ before, after }) => [before, after]);
  const ids = values.map((value) => (typeof value === 'string' ? value : idOf(value)));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The loaded teams whose leads these events are about: their cards show the lead's name. */
export function teamsLedBy(state: ChartState, events: readonly FeedEvent[]): string[] {
  const ids = new Set(
    events.filter(({ subject }) => subject.type === 'USER').map(({ subject }) => subject.id),
  );
  if (ids.size === 0) return [];
  return [...state.items.values()]
    .filter((item) => item.kind === 'team' && item.lead !== null && ids.has(item.lead.id))
    .map(({ id }) => id);
}
