import type { ApolloClient } from '@apollo/client';
import { personName } from '@/components/people/person-name.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import type { TeamItem } from '../model/chart-item.ts';
import type { ChartSource } from '../model/chart-source.ts';

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

const levelQuery = graphql(
  `
  query ChartTeamsLevel($moment: DateTime, $under: ID, $first: Int!, $after: Cursor) {
    orgChart(asOf: $moment) {
      teams(under: $under, first: $first, after: $after) {
        nodes { ...ChartTeamFields }
        totalCount
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [chartTeamFields],
);

const lineQuery = graphql(
  `
  query ChartTeamsLine($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) {
      team(id: $id) { ...ChartTeamFields ancestors { ...ChartTeamFields } }
    }
  }
`,
  [chartTeamFields],
);

const teamQuery = graphql(
  `
  query ChartTeam($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) { team(id: $id) { ...ChartTeamFields } }
  }
`,
  [chartTeamFields],
);

/** A team of the chart as a card shows it. */
export function toTeamItem(team: ResultOf<typeof chartTeamFields>): TeamItem {
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

/** The teams' questions to the server; the chart keeps the answers itself, so they stay out of the cache. */
export function createTeamsSource(client: ApolloClient): ChartSource {
  const fetchPolicy = 'no-cache';
  return {
    async level(under, { first, after, moment }) {
      const { data } = await client.query({
        query: levelQuery,
        variables: { moment, under, first, after },
        fetchPolicy,
      });
      const page = data?.orgChart.teams;
      return {
        items: page?.nodes.map(toTeamItem) ?? [],
        after: page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined,
        total: page?.totalCount ?? 0,
      };
    },
    async line(id, moment) {
      const { data } = await client.query({ query: lineQuery, variables: { moment, id }, fetchPolicy });
      const team = data?.orgChart.team;
      return team ? [team, ...team.ancestors].map(toTeamItem) : [];
    },
    async some(ids, moment) {
      const read = (id: string) => client.query({ query: teamQuery, variables: { moment, id }, fetchPolicy });
      const answers = await Promise.all(ids.map(read));
      const teams = answers.map(({ data }) => data?.orgChart.team);
      return teams.filter((team) => team !== null && team !== undefined).map(toTeamItem);
    },
  };
}
