import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChartEvent, replayChart } from '../testing/replay-chart.ts';
import { PeopleOnChart, type PersonRow } from './people-on-chart.ts';
import type { LogEntry } from './read-slice.ts';
import type { Span } from './span-book.ts';

const ids = ['a', 'b', 'c', 'd'] as const;

const happening = fc.record({
  type: fc.constantFrom('USER_CREATED' as const, 'USER_UPDATED' as const, 'USER_DEPROVISIONED' as const),
  id: fc.constantFrom(...ids),
  manager: fc.constantFrom(...ids, null),
  /** Most of what happens shares its moment with something else. */
  later: fc.constantFrom(0, 0, 1),
  /** Does a slice end here? */
  ends: fc.boolean(),
});
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

interface Told {
  readonly entry: LogEntry;
  readonly ends: boolean;
}

/** Whoever is there can't come, and whoever is not there can do nothing else. */
function toLog(happenings: readonly Happening[]): Told[] {
  const here = new Set<string>();
  let moment = 0;
  return happenings.flatMap(({ type, id, manager, later, ends }, seq) => {
    if (here.has(id) === (type === 'USER_CREATED')) return [];
    if (type === 'USER_CREATED') here.add(id);
    if (type === 'USER_DEPROVISIONED') here.delete(id);
    moment += later;
    const changes =
      type === 'USER_DEPROVISIONED'
        ? []
        : [
            { field: 'userName', before: null, after: id },
            { field: 'manager', before: null, after: manager === null ? null : { id: manager } },
          ];
    const entry: LogEntry = {
      epoch: 1,
      xid: '1',
      seq,
      type,
      subject_id: id,
      subject_label: id,
      related_type: null,
      related_id: null,
      connection_id: null,
      changes,
      moment,
    };
    return [{ entry, ends }];
  });
}

/** Applies the log slice by slice; the table is what each slice leaves behind. */
function project(log: readonly Told[]): Span<PersonRow>[] {
  const table = new Map<string, Span<PersonRow>>();
  const place = ({ row, began }: Span<PersonRow>) => `${row.user_id} ${began}`;
  let slice: LogEntry[] = [];
  for (const [index, { entry, ends }] of log.entries()) {
    slice.push(entry);
    if (!ends && index < log.length - 1) continue;
    const people = new PeopleOnChart();
    for (const { row, began, ended } of table.values()) if (ended === null) people.load(row, began);
    for (const [at, each] of slice.entries()) {
      people.apply(each);
      if (slice[at + 1]?.moment !== each.moment) people.endMoment(each.moment);
    }
    const { written, erased } = people.book.outcome();
    for (const span of erased) table.delete(place(span));
    for (const span of written) table.set(place(span), span);
    slice = [];
  }
  return [...table.values()];
}

const toEvent = ({ type, subject_id, changes }: LogEntry): ChartEvent => ({
  id: '',
  cursor: '',
  type,
  occurredAt: '',
  subject: { id: subject_id, label: subject_id },
  related: null,
  connection: null,
  changes,
});

test('the spans of any log, cut into any slices, show at each moment what a replay up to it comes to', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      const log = toLog(happenings);
      const spans = project(log);
      for (const moment of new Set(log.map(({ entry }) => entry.moment))) {
        const shown = spans.filter(
          ({ began, ended }) => began <= moment && (ended === null || ended > moment),
        );
        const { people } = replayChart(
          log.filter(({ entry }) => entry.moment <= moment).map(({ entry }) => toEvent(entry)),
        );
        expect(
          Object.fromEntries(shown.map(({ row }) => [row.user_id, [row.manager_id, row.on_cycle]])),
        ).toEqual(
          Object.fromEntries(
            Object.entries(people).map(([id, { managerId, onCycle }]) => [id, [managerId, onCycle]]),
          ),
        );
      }
      expect(spans.filter(({ began, ended }) => began === ended)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});
