import type { ApolloClient } from '@apollo/client';
import { graphql } from '@/lib/graphql/graphql.ts';
import type { ChartView } from '../model/chart-item.ts';
import { nearestTeam } from '../model/nearest-team.ts';

const teamsQuery = graphql(`
  query ChartTeamsOfPerson($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) { person(id: $id) { teams { id origin parentId memberCount lead { id } } } }
  }
`);

const leadQuery = graphql(`
  query ChartLeadOfTeam($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) { team(id: $id) { lead { id } members(first: 1) { nodes { id } } } }
  }
`);

/** Who stands for the focused in the other view: a person's nearest team, a team's lead (else its first member). */
export async function findCounterpart(
  client: ApolloClient,
  { view, id, moment }: { view: ChartView; id: string; moment: string | undefined },
): Promise<string | undefined> {
  const variables = { moment, id };
  if (view === 'people') {
    const { data } = await client.query({ query: teamsQuery, variables, fetchPolicy: 'no-cache' });
    return nearestTeam(data?.orgChart.person?.teams ?? [])?.id;
  }
  const { data } = await client.query({ query: leadQuery, variables, fetchPolicy: 'no-cache' });
  const team = data?.orgChart.team;
  return team?.lead?.id ?? team?.members.nodes[0]?.id;
}
