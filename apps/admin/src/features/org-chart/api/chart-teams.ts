import { personName } from '@/components/people/person-name.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import type { TeamItem } from '../model/chart-item.ts';
import type { ChartQuestions } from './chart-questions.ts';

export const chartTeamFields = graphql(`
  fragment ChartTeamFields on OrgChartTeam {
    id
    displayName
    origin
    parentId
    memberCount
    childCount
    lead { id displayName userName photo }
  }
`);

type TeamFields = ResultOf<typeof chartTeamFields>;

const level = graphql(
  `
  query ChartTeamsLevel($moment: DateTime, $under: ID, $first: Int!, $after: Cursor) {
    orgChart(asOf: $moment) {
      page: teams(under: $under, first: $first, after: $after) {
        nodes { ...ChartTeamFields }
        totalCount
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [chartTeamFields],
);

const levels = graphql(
  `
  query ChartTeamsLevels($moment: DateTime, $ids: [ID!]!, $first: Int!) {
    orgChart(asOf: $moment) {
      items: teamsById(ids: $ids) {
        id
        below: children(first: $first) {
          nodes { ...ChartTeamFields }
          totalCount
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`,
  [chartTeamFields],
);

const line = graphql(
  `
  query ChartTeamsLine($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) {
      item: team(id: $id) { ...ChartTeamFields above: ancestors { ...ChartTeamFields } }
    }
  }
`,
  [chartTeamFields],
);

const some = graphql(
  `
  query ChartTeamsById($moment: DateTime, $ids: [ID!]!) {
    orgChart(asOf: $moment) { items: teamsById(ids: $ids) { ...ChartTeamFields } }
  }
`,
  [chartTeamFields],
);

const all = graphql(
  `
  query ChartAllTeams($moment: DateTime, $first: Int!, $after: Cursor) {
    orgChart(asOf: $moment) {
      page: allTeams(first: $first, after: $after) {
        nodes { ...ChartTeamFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [chartTeamFields],
);

/** A team of the chart as a card shows it. */
export function toTeamItem(team: TeamFields): TeamItem {
  const { id, origin, parentId, childCount, memberCount, lead } = team;
  return {
    kind: 'team',
    id,
    name: team.displayName,
    parentId,
    childCount,
    origin,
    memberCount,
    lead: lead && { id: lead.id, name: personName(lead), photo: lead.photo },
  };
}

export const teamQuestions: ChartQuestions<TeamFields> = {
  level,
  levels,
  line,
  some,
  all,
  toItem: toTeamItem,
};
