import { type TeamOriginName, teamOrigins } from '../../model/team.entity.ts';
import { NamedNeighbours } from './named-neighbours.ts';
import { changeOf, type LogEntry } from './read-slice.ts';
import { SpanBook } from './span-book.ts';

/** A row of the chart's teams, but for its span. */
export interface TeamRow {
  readonly team_id: string;
  readonly display_name: string;
  readonly origin: TeamOriginName;
  readonly named_parent_id: string | null;
  readonly parent_id: string | null;
  readonly named_lead_id: string | null;
  readonly lead_id: string | null;
}

/** A row of who is in which team of the chart, but for its span. */
export interface MembershipRow {
  readonly team_id: string;
  readonly user_id: string;
}

/** The teams of the chart and who is in them while a slice of the log is applied. Pushed groups are not on it. */
export class TeamsOnChart {
  readonly book = new SpanBook<TeamRow>();
  readonly memberships = new SpanBook<MembershipRow>();
  private readonly children = new NamedNeighbours();
  private readonly led = new NamedNeighbours();
  /** The keys of the memberships in each team. */
  private readonly members = new NamedNeighbours();

  load(row: TeamRow, began: number): void {
    this.book.load(row.team_id, row, began);
    this.note(row.team_id, undefined, row);
  }

  loadMembership(row: MembershipRow, began: number): void {
    this.memberships.load(membershipKey(row), row, began);
    this.members.move(membershipKey(row), null, row.team_id);
  }

  apply(entry: LogEntry): void {
    const { type, subject_id: team_id, related_id: user_id, related_type } = entry;
    if (type === 'TEAM_MEMBER_ADDED' || type === 'TEAM_MEMBER_REMOVED') {
      if (related_type === 'USER' && user_id !== null && this.book.get(team_id) !== undefined)
        this.moveMember({ team_id, user_id }, type === 'TEAM_MEMBER_ADDED');
      return;
    }
    const before = this.book.get(team_id);
    const after = rowAfter(entry, before);
    this.note(team_id, before, after);
    this.book.set(team_id, after);
    // A team that is gone has nobody, whether the log tells of everybody's leaving or not.
    if (after === undefined)
      for (const key of [...this.members.of(team_id)]) {
        this.memberships.set(key, undefined);
        this.members.move(key, team_id, null);
      }
  }

  private moveMember(membership: MembershipRow, joins: boolean): void {
    const key = membershipKey(membership);
    const team = membership.team_id;
    this.memberships.set(key, joins ? membership : undefined);
    this.members.move(key, joins ? null : team, joins ? team : null);
  }

  private note(id: string, before: TeamRow | undefined, after: TeamRow | undefined): void {
    this.children.move(id, before?.named_parent_id, after?.named_parent_id);
    this.led.move(id, before?.named_lead_id, after?.named_lead_id);
  }

  /** Ends the moment, in which these people came or went. */
  endMoment(moment: number, people: readonly string[], isPresent: (userId: string) => boolean): void {
    const touched = this.book.touched();
    const comingOrGoing = touched.filter(
      (id) => (this.book.before(id) === undefined) !== (this.book.get(id) === undefined),
    );
    const children = comingOrGoing.flatMap((id) => [...this.children.of(id)]);
    const led = people.flatMap((id) => [...this.led.of(id)]);
    for (const id of new Set([...touched, ...children, ...led])) {
      const row = this.book.get(id);
      if (row === undefined) continue;
      const { named_parent_id: parent, named_lead_id: lead } = row;
      this.book.set(id, {
        ...row,
        parent_id: parent !== null && this.book.get(parent) !== undefined ? parent : null,
        lead_id: lead !== null && isPresent(lead) ? lead : null,
      });
    }
    this.book.endMoment(moment);
    this.memberships.endMoment(moment);
  }
}

const membershipKey = ({ team_id, user_id }: MembershipRow): string => `${team_id} ${user_id}`;

/** What an event makes of a team; undefined when it is not on the chart. */
function rowAfter(entry: LogEntry, before: TeamRow | undefined): TeamRow | undefined {
  if (entry.type === 'TEAM_DELETED') return undefined;
  if (entry.type !== 'TEAM_CREATED') return before === undefined ? undefined : changed(before, entry);
  const { subject_id, subject_label, connection_id } = entry;
  const row: TeamRow = {
    team_id: subject_id,
    display_name: subject_label,
    // Events of old say nothing of it: then it follows from who made the team.
    origin: connection_id === null ? 'MANUAL' : 'DIRECTORY',
    named_parent_id: null,
    parent_id: null,
    named_lead_id: null,
    lead_id: null,
  };
  const created = changed(row, entry);
  return created.origin === 'DIRECTORY' ? undefined : created;
}

function changed(row: TeamRow, entry: LogEntry): TeamRow {
  const text = (field: string, now: string | null): string | null => {
    const change = changeOf(entry, field);
    if (change === undefined) return now;
    return typeof change.after === 'string' ? change.after : null;
  };
  const origin = text('origin', row.origin);
  return {
    ...row,
    display_name: text('displayName', row.display_name) ?? row.display_name,
    origin: teamOrigins.find((each) => each === origin) ?? row.origin,
    named_parent_id: text('parentId', row.named_parent_id)?.toLowerCase() ?? null,
    named_lead_id: text('leadId', row.named_lead_id)?.toLowerCase() ?? null,
  };
}
