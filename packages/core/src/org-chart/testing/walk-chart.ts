import type { Actor } from '@rollcall/testkit';
import { expect } from 'vitest';
import type { PersonShown, TeamShown, WholeChart } from './replay-chart.ts';

interface PersonNode extends PersonShown {
  readonly id: string;
  readonly reportCount: number;
  readonly managers: { readonly id: string }[];
  readonly teams: { readonly id: string }[];
}

interface TeamNode extends Omit<TeamShown, 'leadId' | 'memberIds'> {
  readonly id: string;
  readonly lead: { readonly id: string } | null;
  readonly memberCount: number;
  readonly childCount: number;
  readonly ancestors: { readonly id: string }[];
  readonly members: Page<{ readonly id: string }>;
}

interface Page<Node> {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Counts {
  readonly personCount: number;
  readonly teamCount: number;
}

const page = 'totalCount pageInfo { hasNextPage endCursor }';
const people = `query ($asOf: DateTime, $under: ID, $after: Cursor, $first: Int!) { orgChart(asOf: $asOf) { level: people(under: $under, first: $first, after: $after) {
  ${page} nodes { id userName displayName title department photo status managerId onCycle reportCount managers { id } teams { id } } } } }`;
const teams = `query ($asOf: DateTime, $under: ID, $after: Cursor, $first: Int!) { orgChart(asOf: $asOf) { level: teams(under: $under, first: $first, after: $after) {
  ${page} nodes { id displayName origin parentId lead { id } memberCount childCount ancestors { id }
    members(first: 500) { ${page} nodes { id } } } } } }`;
const everybody = `query ($asOf: DateTime, $after: Cursor, $first: Int!) { orgChart(asOf: $asOf) { level: allPeople(first: $first, after: $after) {
  ${page} nodes { id userName displayName title department photo status managerId onCycle } } } }`;
const everyTeam = `query ($asOf: DateTime, $after: Cursor, $first: Int!) { orgChart(asOf: $asOf) { level: allTeams(first: $first, after: $after) {
  ${page} nodes { id displayName origin parentId } } } }`;

/** The chart at a moment, or now, read level by level as a client does; fails where its parts contradict each other. */
export async function walkChart(actor: Actor, asOf?: string, first = 5): Promise<WholeChart> {
  const moment = { asOf, first };
  const shown: { people: Record<string, PersonShown>; teams: Record<string, TeamShown> } = {
    people: {},
    teams: {},
  };
  const teamsOf: Record<string, string[]> = {};
  await descend<PersonNode>(actor, people, moment, (node, line) => {
    const { id, reportCount, managers, teams: inTeams, ...person } = node;
    expect(
      managers.map((manager) => manager.id),
      `above ${id}`,
    ).toEqual(line);
    shown.people[id] = person;
    teamsOf[id] = inTeams.map((team) => team.id).sort();
    return reportCount;
  });
  const memberships: Record<string, string[]> = {};
  await descend<TeamNode>(actor, teams, moment, (node, line) => {
    const { id, displayName, origin, parentId, lead, memberCount, childCount, ancestors, members } = node;
    expect(
      ancestors.map((ancestor) => ancestor.id),
      `above ${id}`,
    ).toEqual(line);
    const memberIds = members.nodes.map((member) => member.id).sort();
    expect([memberCount, members.totalCount]).toEqual([memberIds.length, memberIds.length]);
    for (const member of memberIds) memberships[member] = [...(memberships[member] ?? []), id].sort();
    shown.teams[id] = { displayName, origin, parentId, leadId: lead?.id ?? null, memberIds };
    return childCount;
  });
  const isInSome = Object.entries(teamsOf).filter(([, { length }]) => length > 0);
  expect(Object.fromEntries(isInSome)).toEqual(memberships);
  await checkWhole(actor, moment, shown);
  return shown;
}

/** The chart's counts and its lists of all must say what its levels do. */
async function checkWhole(
  actor: Actor,
  moment: { asOf?: string | undefined },
  shown: WholeChart,
): Promise<void> {
  const { orgChart } = await actor.query<{ orgChart: Counts }>(
    'query ($asOf: DateTime) { orgChart(asOf: $asOf) { personCount teamCount } }',
    { asOf: moment.asOf },
  );
  expect(orgChart).toEqual({
    personCount: Object.keys(shown.people).length,
    teamCount: Object.keys(shown.teams).length,
  });
  const inOrder = (nodes: Readonly<Record<string, object>>) =>
    Object.entries(nodes)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, node]) => ({ id, ...node }));
  expect(await wholeLevel(actor, everybody, moment)).toEqual(inOrder(shown.people));
  const teamCards = Object.entries(shown.teams).map(([id, { displayName, origin, parentId }]) => [
    id,
    { displayName, origin, parentId },
  ]);
  expect(await wholeLevel(actor, everyTeam, moment)).toEqual(inOrder(Object.fromEntries(teamCards)));
}

/** `visit` answers how many are below the node. */
async function descend<Node extends { readonly id: string }>(
  actor: Actor,
  document: string,
  moment: object,
  visit: (node: Node, line: readonly string[]) => number,
): Promise<void> {
  const levels: { under: string | null; line: readonly string[]; count: number | undefined }[] = [
    { under: null, line: [], count: undefined },
  ];
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    const { under, line, count } = level;
    const nodes = await wholeLevel<Node>(actor, document, { ...moment, under });
    expect(nodes.length).toBe(count ?? nodes.length);
    for (const node of nodes) {
      const below = visit(node, line);
      if (below > 0) levels.push({ under: node.id, line: [node.id, ...line], count: below });
    }
  }
}

async function wholeLevel<Node>(actor: Actor, document: string, variables: object): Promise<Node[]> {
  const nodes: Node[] = [];
  let level: Page<Node> | undefined;
  do {
    const after: string | null = level?.pageInfo.endCursor ?? null;
    const data = await actor.query<{ orgChart: { level: Page<Node> } }>(document, {
      ...variables,
      after,
    });
    level = data.orgChart.level;
    nodes.push(...level.nodes);
  } while (level.pageInfo.hasNextPage);
  expect(level.totalCount).toBe(nodes.length);
  return nodes;
}
