import type { Actor } from '@rollcall/testkit';
import { expect } from 'vitest';
import type { PersonShown, TeamShown, WholeChart } from './replay-chart.ts';

/** What differs between two charts, by id; a change by field as the value before and after, others by their ids. */
export interface Comparison {
  readonly people: Readonly<Record<string, Difference>>;
  readonly teams: Readonly<
    Record<string, Difference & { readonly members: readonly [joined: number, left: number] }>
  >;
}

interface Difference {
  readonly kind: string;
  readonly changes: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
}

/** Compares two whole charts the plain way. */
export function compareCharts(before: WholeChart, after: WholeChart): Comparison {
  const people: Record<string, Difference> = {};
  const person = (chart: WholeChart, id: string) => personFacts(id, chart.people[id], chart);
  for (const id of idsOf(before.people, after.people)) {
    const changes = changesBetween(person(before, id), person(after, id));
    const kind =
      presenceKind(before.people[id], after.people[id], ['JOINED', 'LEFT']) ??
      (['manager', 'onCycle', 'teams'].some((field) => field in changes) ? 'MOVED' : 'CHANGED');
    if (Object.keys(changes).length > 0) people[id] = { kind, changes };
  }
  const teams: Record<string, Comparison['teams'][string]> = {};
  for (const id of idsOf(before.teams, after.teams)) {
    const [then, now] = [before.teams[id], after.teams[id]];
    const changes = changesBetween(teamFacts(then), teamFacts(now));
    const members = [missingIn(now, then), missingIn(then, now)] as const;
    const kind =
      presenceKind(then, now, ['CREATED', 'REMOVED']) ??
      ('displayName' in changes ? 'RENAMED' : 'parent' in changes ? 'MOVED' : 'CHANGED');
    if (Object.keys(changes).length + members[0] + members[1] > 0) teams[id] = { kind, changes, members };
  }
  return { people, teams };
}

const idsOf = (one: object, other: object): Set<string> =>
  new Set([...Object.keys(one), ...Object.keys(other)]);

function presenceKind(before: unknown, after: unknown, [came, went]: [string, string]): string | undefined {
  if (before === undefined) return came;
  return after === undefined ? went : undefined;
}

const missingIn = (these: TeamShown | undefined, others: TeamShown | undefined): number =>
  (these?.memberIds ?? []).filter((id) => others?.memberIds.includes(id) !== true).length;

type Facts = Readonly<Record<string, unknown>>;

function personFacts(id: string, person: PersonShown | undefined, { teams }: WholeChart): Facts {
  if (person === undefined) return { onCycle: false };
  const { managerId, ...card } = person;
  const inTeams = Object.entries(teams).flatMap(([teamId, { memberIds }]) =>
    memberIds.includes(id) ? [teamId] : [],
  );
  return { ...card, manager: managerId, teams: inTeams.length === 0 ? null : inTeams.sort() };
}

const teamFacts = (team: TeamShown | undefined): Facts =>
  team === undefined
    ? {}
    : { displayName: team.displayName, origin: team.origin, parent: team.parentId, lead: team.leadId };

function changesBetween(before: Facts, after: Facts): Difference['changes'] {
  const changes = [...idsOf(before, after)]
    .map((field) => [field, [before[field] ?? null, after[field] ?? null]] as const)
    .filter(([, [then, now]]) => JSON.stringify(then) !== JSON.stringify(now));
  return Object.fromEntries(changes);
}

interface Change {
  readonly id: string;
  readonly kind: string;
  readonly membersJoined?: number;
  readonly membersLeft?: number;
  readonly before: { readonly id: string } | null;
  readonly after: { readonly id: string } | null;
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

interface ChangePage {
  readonly totalCount: number;
  readonly nodes: readonly Change[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const page = (fields: string) =>
  `totalCount pageInfo { hasNextPage endCursor } nodes { id kind ${fields} before { id } after { id } changes { field before after } }`;
const documentOf = (level: 'people' | 'teams', counts: string, fields: string) =>
  `query ($from: DateTime!, $to: DateTime, $after: Cursor) { orgChartDiff(from: $from, to: $to) {
    counts: ${counts} level: ${level}(first: 5, after: $after) { ${page(fields)} } } }`;
const personDocument = documentOf('people', 'personCounts { joined left moved changed }', '');
const teamDocument = documentOf(
  'teams',
  'teamCounts { created removed renamed moved changed }',
  'membersJoined membersLeft',
);

/** What the API says is different between two moments; fails where its parts contradict each other. */
export async function readComparison(actor: Actor, from: string, to: string | null): Promise<Comparison> {
  const [people, teams] = [
    await wholeDiff(actor, personDocument, { from, to }),
    await wholeDiff(actor, teamDocument, { from, to }),
  ];
  return {
    people: Object.fromEntries(people.map((change) => [change.id, differenceOf(change)])),
    teams: Object.fromEntries(
      teams.map((change) => [
        change.id,
        { ...differenceOf(change), members: [change.membersJoined ?? 0, change.membersLeft ?? 0] },
      ]),
    ),
  };
}

function differenceOf({ id, kind, before, after, changes }: Change): Difference {
  expect([before?.id ?? id, after?.id ?? id]).toEqual([id, id]);
  expect([before === null, after === null]).toEqual([
    ['JOINED', 'CREATED'].includes(kind),
    ['LEFT', 'REMOVED'].includes(kind),
  ]);
  return {
    kind,
    changes: Object.fromEntries(
      changes.map((change) => [change.field, [byId(change.before), byId(change.after)]]),
    ),
  };
}

/** Others are told with their names. */
function byId(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(byId).sort();
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
}

async function wholeDiff(actor: Actor, document: string, moments: object): Promise<Change[]> {
  const nodes: Change[] = [];
  let level: ChangePage | undefined;
  let counts: Record<string, number> = {};
  do {
    const after: string | null = level?.pageInfo.endCursor ?? null;
    const data = await actor.query<{ orgChartDiff: { level: ChangePage; counts: Record<string, number> } }>(
      document,
      { ...moments, after },
    );
    ({ level, counts } = data.orgChartDiff);
    nodes.push(...level.nodes);
  } while (level.pageInfo.hasNextPage);
  expect(level.totalCount).toBe(nodes.length);
  const counted = Map.groupBy(nodes, ({ kind }) => kind.toLowerCase());
  for (const [kind, count] of Object.entries(counts))
    expect(counted.get(kind)?.length ?? 0, kind).toBe(count);
  return nodes;
}
