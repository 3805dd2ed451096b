/** An event as the chart's tests read it. */
export interface ChartEvent {
  readonly id: string;
  readonly cursor: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly subject: { readonly id: string; readonly label: string };
  readonly related: { readonly id: string; readonly type: string } | null;
  readonly connection: { readonly id: string } | null;
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

export interface PersonShown {
  readonly userName: string;
  readonly displayName: string | null;
  readonly title: string | null;
  readonly department: string | null;
  readonly photo: string | null;
  readonly status: string;
  readonly managerId: string | null;
  readonly onCycle: boolean;
}

export interface TeamShown {
  readonly displayName: string;
  readonly origin: string;
  readonly parentId: string | null;
  readonly leadId: string | null;
  readonly memberIds: readonly string[];
}

/** A whole chart, by ids. */
export interface WholeChart {
  readonly people: Readonly<Record<string, PersonShown>>;
  readonly teams: Readonly<Record<string, TeamShown>>;
}

type Facts = Record<string, unknown>;

/** What the log says of people, teams and members, without a thought of the chart. */
interface Told {
  readonly people: Map<string, Facts>;
  readonly teams: Map<string, Facts>;
  readonly members: Map<string, Set<string>>;
}

/** The events up to the last whose moment is not after `at`: a moment never runs backwards in the log. */
export function eventsUpTo(events: readonly ChartEvent[], at: string): ChartEvent[] {
  let latest = '';
  return events.filter(({ occurredAt }) => {
    latest = occurredAt > latest ? occurredAt : latest;
    return latest <= at;
  });
}

/** Who is told to be in a team at the end of a moment in which they, or the team, are told to be gone. */
export function membersWhoAreGone(events: readonly ChartEvent[]): string[] {
  const told: Told = { people: new Map(), teams: new Map(), members: new Map() };
  let latest = '';
  return events.flatMap((event, place) => {
    tell(told, event);
    if (event.type === 'TEAM_DELETED') told.members.delete(event.subject.id);
    latest = event.occurredAt > latest ? event.occurredAt : latest;
    const next = events[place + 1];
    if (next !== undefined && next.occurredAt <= latest) return [];
    return [...told.members].flatMap(([team, members]) =>
      [...members]
        .filter((person) => !told.people.has(person) || !told.teams.has(team))
        .map((person) => `${person} in ${team} at ${latest}`),
    );
  });
}

/** The chart that these events, oldest first, come to. */
export function replayChart(events: readonly ChartEvent[]): WholeChart {
  const told: Told = { people: new Map(), teams: new Map(), members: new Map() };
  for (const event of events) tell(told, event);
  return drawn(told);
}

function tell({ people, teams, members }: Told, event: ChartEvent): void {
  const { type, subject, related, connection, changes } = event;
  const said = Object.fromEntries(changes.map(({ field, after }) => [field, after]));
  const { id } = subject;
  if (type === 'USER_CREATED' || type === 'USER_REVIVED') {
    const name = subject.label === said.userName ? {} : { displayName: subject.label };
    people.set(id, { status: 'ACTIVE', ...name, ...said });
  } else if (type === 'USER_DEPROVISIONED') people.delete(id);
  else if (type.startsWith('USER_') && people.has(id)) people.set(id, { ...people.get(id), ...said });
  else if (type === 'TEAM_CREATED')
    teams.set(id, { origin: connection === null ? 'MANUAL' : 'DIRECTORY', ...said });
  else if (type === 'TEAM_UPDATED') teams.set(id, { ...teams.get(id), ...said });
  else if (type === 'TEAM_DELETED') teams.delete(id);
  else if (type === 'TEAM_MEMBER_ADDED' && related?.type === 'USER')
    members.set(id, (members.get(id) ?? new Set()).add(related.id));
  else if (type === 'TEAM_MEMBER_REMOVED' && related?.type === 'USER') members.get(id)?.delete(related.id);
}

function drawn({ people, teams, members }: Told): WholeChart {
  const managerOf = (id: string): string | undefined => {
    const manager = people.get(id)?.manager as { id: string | null } | null | undefined;
    return manager?.id != null && people.has(manager.id) ? manager.id : undefined;
  };
  const isOnCycle = (id: string): boolean => {
    let above = managerOf(id);
    for (let steps = people.size; above !== undefined && above !== id && steps > 0; steps -= 1)
      above = managerOf(above);
    return above === id;
  };
  const isShown = (id: unknown): id is string =>
    typeof id === 'string' && teams.has(id) && teams.get(id)?.origin !== 'DIRECTORY';
  return {
    people: Object.fromEntries(
      [...people].map(([id, facts]) => {
        const onCycle = isOnCycle(id);
        return [id, { ...cardOf(facts), managerId: onCycle ? null : (managerOf(id) ?? null), onCycle }];
      }),
    ),
    teams: Object.fromEntries(
      [...teams]
        .filter(([id]) => isShown(id))
        .map(([id, { displayName, origin, parentId, leadId }]) => [
          id,
          {
            displayName: String(displayName),
            origin: String(origin),
            parentId: isShown(parentId) ? parentId : null,
            leadId: typeof leadId === 'string' && people.has(leadId) ? leadId : null,
            memberIds: [...(members.get(id) ?? [])].sort(),
          },
        ]),
    ),
  };
}

function cardOf(facts: Facts) {
  const text = (field: string): string | null => (facts[field] ?? null) as string | null;
  const photos = (facts.photos ?? []) as { value: string; primary?: boolean }[];
  const photo = photos.find(({ primary }) => primary === true) ?? photos[0];
  return {
    userName: String(facts.userName),
    displayName: text('displayName'),
    title: text('title'),
    department: text('department'),
    photo: photo?.value ?? null,
    status: String(facts.status),
  };
}
