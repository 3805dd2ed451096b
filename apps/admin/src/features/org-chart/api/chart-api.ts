import type { ApolloClient } from '@apollo/client';
import { graphql } from '@/lib/graphql/graphql.ts';
import { type Person, personFields } from '@/lib/live/entity-fragments.ts';
import type { ChartApi, ChartPage } from '../chart-store.ts';

const rootsQuery = graphql(
  `
  query ChartRoots($filter: UserFilter!, $after: Cursor) {
    users(filter: $filter, first: 200, after: $after) {
      nodes { ...PersonFields }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [personFields],
);

const reportsQuery = graphql(
  `
  query ChartReports($id: ID!, $after: Cursor) {
    user(id: $id) {
      reports(first: 50, after: $after) {
        nodes { ...PersonFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [personFields],
);

const peopleQuery = graphql(
  `
  query ChartPeople($filter: UserFilter!, $first: Int!) {
    users(filter: $filter, first: $first) { nodes { ...PersonFields } }
  }
`,
  [personFields],
);

const managersQuery = graphql(
  `
  query ChartManagers($id: ID!) {
    user(id: $id) {
      ...PersonFields
      manager { ...PersonFields manager { ...PersonFields manager { ...PersonFields } } }
    }
  }
`,
  [personFields],
);

interface Page {
  nodes: Person[];
  totalCount?: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const toPage = (page: Page | undefined): ChartPage => ({
  people: page?.nodes ?? [],
  after: page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined,
  total: page?.totalCount,
});

/** People without a manager who are still here. */
const rootsFilter = { managerId: { isPresent: false }, not: { status: 'DEPROVISIONED' as const } };

/** The chart's questions to the server; the chart keeps the answers itself, so they stay out of the cache. */
export function createChartApi(client: ApolloClient): ChartApi {
  const fetchPolicy = 'no-cache';
  return {
    async roots(after) {
      const { data } = await client.query({
        query: rootsQuery,
        variables: { filter: rootsFilter, after },
        fetchPolicy,
      });
      return toPage(data?.users);
    },
    async reports(id, after) {
      const { data } = await client.query({ query: reportsQuery, variables: { id, after }, fetchPolicy });
      return toPage(data?.user?.reports);
    },
    async people(ids) {
      const variables = { filter: { id: { in: [...ids] } }, first: Math.max(1, ids.length) };
      const { data } = await client.query({ query: peopleQuery, variables, fetchPolicy });
      return data?.users.nodes ?? [];
    },
    async withManagers(id) {
      const { data } = await client.query({ query: managersQuery, variables: { id }, fetchPolicy });
      const user = data?.user;
      const chain = [user, user?.manager, user?.manager?.manager, user?.manager?.manager?.manager];
      return chain.filter((person) => person !== null && person !== undefined);
    },
  };
}
