import type { ApolloClient } from '@apollo/client';
import { graphql } from '@/lib/graphql/graphql.ts';

const cursorQuery = graphql(`query ChartCursor { orgChart { cursor } }`);

/** Where the log stands now; changes are followed from here. @throws Error when the server does not say */
export async function readChartCursor(client: ApolloClient): Promise<string> {
  const { data } = await client.query({ query: cursorQuery, fetchPolicy: 'no-cache' });
  if (!data) throw new Error('The server gave no cursor');
  return data.orgChart.cursor;
}
