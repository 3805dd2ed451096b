import type { ApolloClient } from '@apollo/client';
import { graphql } from '@/lib/graphql/graphql.ts';
import type { ChartItem, ChartView } from '../model/chart-item.ts';
import { chartPersonFields, toPersonItem } from './chart-people.ts';
import { chartTeamFields, toTeamItem } from './chart-teams.ts';

const peopleQuery = graphql(
  `
  query WholeChartPeople($from: DateTime!, $to: DateTime, $after: Cursor) {
    orgChartDiff(from: $from, to: $to) {
      people(first: 500, after: $after) {
        nodes { after { ...ChartPersonFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [chartPersonFields],
);

const teamsQuery = graphql(
  `
  query WholeChartTeams($from: DateTime!, $to: DateTime, $after: Cursor) {
    orgChartDiff(from: $from, to: $to) {
      teams(first: 500, after: $after) {
        nodes { after { ...ChartTeamFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [chartTeamFields],
);

/** Before every history: whoever is on the chart has joined since. */
const beforeAll = new Date(0).toISOString();

interface Options {
  view: ChartView;
  /** The moment, so that all pages tell of the same; now when undefined. */
  moment: string | undefined;
  onProgress(read: number): void;
  signal: AbortSignal;
}

/** Reads everybody, or every team, of the chart of a moment, page by page. @throws the signal's reason when it is aborted */
export async function readWholeChart(client: ApolloClient, options: Options): Promise<ChartItem[]> {
  const { view, moment, onProgress, signal } = options;
  const to = moment ?? new Date().toISOString();
  const items: ChartItem[] = [];
  let after: string | null = null;
  do {
    signal.throwIfAborted();
    const page = await readPage(client, view, { from: beforeAll, to, after });
    items.push(...page.items);
    onProgress(items.length);
    after = page.after;
  } while (after !== null);
  return items;
}

interface PageVariables {
  from: string;
  to: string;
  after: string | null;
}

async function readPage(
  client: ApolloClient,
  view: ChartView,
  variables: PageVariables,
): Promise<{ items: ChartItem[]; after: string | null }> {
  if (view === 'people') {
    const { data } = await client.query({ query: peopleQuery, variables, fetchPolicy: 'no-cache' });
    const page = data?.orgChartDiff.people;
    const present = page?.nodes.map(({ after }) => after).filter((after) => after !== null) ?? [];
    return {
      items: present.map(toPersonItem),
      after: page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
    };
  }
  const { data } = await client.query({ query: teamsQuery, variables, fetchPolicy: 'no-cache' });
  const page = data?.orgChartDiff.teams;
  const present = page?.nodes.map(({ after }) => after).filter((after) => after !== null) ?? [];
  return {
    items: present.map(toTeamItem),
    after: page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
  };
}
