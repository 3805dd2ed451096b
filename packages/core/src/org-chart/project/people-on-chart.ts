import type { UserStatusName } from '../../model/user.ts';
import { findCycles } from './manager-cycles.ts';
import { NamedNeighbours } from './named-neighbours.ts';
import { changeOf, type LogEntry } from './read-slice.ts';
import { SpanBook } from './span-book.ts';

/** A row of the chart's people, but for its span. */
export interface PersonRow {
  readonly user_id: string;
  readonly user_name: string;
  readonly display_name: string | null;
  readonly title: string | null;
  readonly department: string | null;
  readonly photo: string | null;
  readonly status: UserStatusName;
  readonly named_manager_id: string | null;
  readonly manager_id: string | null;
  readonly on_cycle: boolean;
}

/** The people of the chart while a slice of the log is applied. */
export class PeopleOnChart {
  readonly book = new SpanBook<PersonRow>();
  private readonly reports = new NamedNeighbours();

  load(row: PersonRow, began: number): void {
    this.book.load(row.user_id, row, began);
    this.reports.move(row.user_id, null, row.named_manager_id);
  }

  has(id: string): boolean {
    return this.book.get(id) !== undefined;
  }

  apply(entry: LogEntry): void {
    const id = entry.subject_id;
    const row = rowAfter(entry, this.book.get(id));
    this.reports.move(id, this.book.get(id)?.named_manager_id, row?.named_manager_id);
    this.book.set(id, row);
  }

  /** Ends the moment. Answers who came or went in it. */
  endMoment(moment: number): string[] {
    const touched = this.book.touched();
    const comingOrGoing = touched.filter((id) => (this.book.before(id) === undefined) === this.has(id));
    const turned = touched.filter((id) => !isPlacedAlike(this.book.before(id), this.book.get(id)));
    if (turned.length > 0 || comingOrGoing.length > 0)
      this.placeAnew(new Set([...turned, ...comingOrGoing]), comingOrGoing);
    this.book.endMoment(moment);
    return comingOrGoing;
  }

  /** A cycle comes and goes with the manager of somebody on it; a manager who comes or goes moves their reports. */
  private placeAnew(turned: ReadonlySet<string>, comingOrGoing: readonly string[]): void {
    const wereOnCycle = findCycles(
      [...turned].filter((id) => this.book.before(id)?.on_cycle === true),
      (id) => this.managerIn(id, (each) => this.book.before(each)),
    );
    const onCycle = findCycles(turned, (id) => this.managerIn(id, (each) => this.book.get(each)));
    const reports = comingOrGoing.flatMap((id) => [...this.reports.of(id)]);
    for (const id of new Set([...turned, ...wereOnCycle, ...onCycle, ...reports])) {
      const row = this.book.get(id);
      if (row === undefined) continue;
      const isOnCycle = onCycle.has(id) || (row.on_cycle && !turned.has(id) && !wereOnCycle.has(id));
      const manager = this.managerIn(id, (each) => this.book.get(each)) ?? null;
      this.book.set(id, { ...row, on_cycle: isOnCycle, manager_id: isOnCycle ? null : manager });
    }
  }

  private managerIn(id: string, rowOf: (id: string) => PersonRow | undefined): string | undefined {
    const named = rowOf(id)?.named_manager_id;
    return named != null && rowOf(named) !== undefined ? named : undefined;
  }
}

/** Who left and came back within a moment is placed anew, though the log may name the same manager. */
const isPlacedAlike = (one: PersonRow | undefined, other: PersonRow | undefined): boolean =>
  one?.named_manager_id === other?.named_manager_id &&
  one?.manager_id === other?.manager_id &&
  one?.on_cycle === other?.on_cycle;

/** What an event makes of a person; undefined when they are not on the chart. */
function rowAfter(entry: LogEntry, before: PersonRow | undefined): PersonRow | undefined {
  switch (entry.type) {
    case 'USER_CREATED':
    case 'USER_REVIVED':
      return changed(newcomer(entry), entry);
    case 'USER_DEPROVISIONED':
      return undefined;
    default:
      return before === undefined ? undefined : changed(before, entry);
  }
}

/** Whoever arrives, arrives anew: what is not said is not there. The log calls people by the name they are shown by. */
function newcomer(entry: LogEntry): PersonRow {
  const { subject_id, subject_label } = entry;
  const userName = textAfter(entry, 'userName') ?? subject_label;
  return {
    user_id: subject_id,
    user_name: userName,
    display_name: subject_label === userName ? null : subject_label,
    title: null,
    department: null,
    photo: null,
    status: 'ACTIVE',
    named_manager_id: null,
    manager_id: null,
    on_cycle: false,
  };
}

function changed(row: PersonRow, entry: LogEntry): PersonRow {
  const text = (field: string, now: string | null): string | null =>
    changeOf(entry, field) === undefined ? now : textAfter(entry, field);
  const [manager, photos, status] = ['manager', 'photos', 'status'].map((field) => changeOf(entry, field));
  return {
    ...row,
    user_name: text('userName', row.user_name) ?? row.user_name,
    display_name: text('displayName', row.display_name),
    title: text('title', row.title),
    department: text('department', row.department),
    photo: photos === undefined ? row.photo : photoOf(photos.after),
    status: status?.after === 'INACTIVE' ? 'INACTIVE' : status === undefined ? row.status : 'ACTIVE',
    named_manager_id: manager === undefined ? row.named_manager_id : idOf(manager.after),
  };
}

function textAfter(entry: LogEntry, field: string): string | null {
  const after = changeOf(entry, field)?.after;
  return typeof after === 'string' ? after : null;
}

/** The id of a manager as events tell of one; null while nobody answers to the name. */
export const idOf = (value: unknown): string | null => textIn(value, 'id');

function textIn(value: unknown, property: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const [, found] = Object.entries(value).find(([name]) => name === property) ?? [];
  return typeof found === 'string' ? found : null;
}

/** The address of the primary picture, or else of the first. */
function photoOf(photos: unknown): string | null {
  if (!Array.isArray(photos)) return null;
  const primary: unknown = photos.find((photo: { primary?: unknown } | null) => photo?.primary === true);
  return textIn(primary ?? photos[0], 'value');
}
