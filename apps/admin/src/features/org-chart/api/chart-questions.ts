import type { ApolloClient, TypedDocumentNode } from '@apollo/client';
import type { ChartItem } from '../model/chart-item.ts';
import type { ChartPage, ChartSource, LevelPage } from '../model/chart-source.ts';

interface PageOf<Fields> {
  nodes: readonly Fields[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** A question about the chart of a moment, now when there is none. */
type Question<Asked, Answered> = TypedDocumentNode<
  { orgChart: Answered },
  Asked & { moment?: string | null | undefined }
>;

/** What one view asks the server; the answers are called alike in both. */
export interface ChartQuestions<Fields> {
  level: Question<
    { under?: string | null | undefined; first: number; after?: string | null | undefined },
    { page: PageOf<Fields> & { totalCount: number } }
  >;
  levels: Question<
    { ids: string[]; first: number },
    { items: readonly { id: string; below: PageOf<Fields> & { totalCount: number } }[] }
  >;
  line: Question<{ id: string }, { item: (Fields & { above: readonly Fields[] }) | null }>;
  some: Question<{ ids: string[] }, { items: readonly Fields[] }>;
  all: Question<{ first: number; after?: string | null | undefined }, { page: PageOf<Fields> }>;
  toItem(fields: Fields): ChartItem;
}

/** The server answers of so many ids at once. */
const mostIds = 100;
/** Of so many levels a page each stays well within what one question may cost. */
const mostLevels = 50;

const inParts = (ids: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, part) =>
    ids.slice(part * size, (part + 1) * size),
  );

/** One view's questions to the server; the chart keeps the answers itself, so they stay out of the cache. */
export function createChartSource<Fields>(
  client: ApolloClient,
  { level, levels, line, some, all, toItem }: ChartQuestions<Fields>,
): ChartSource {
  const ask = async <Asked extends object, Answered>(
    query: Question<Asked, Answered>,
    variables: Asked & { moment?: string | null | undefined },
  ): Promise<Answered> => {
    const { data } = await client.query({ query, variables, fetchPolicy: 'no-cache' });
    if (!data) throw new Error('The server gave no answer');
    return data.orgChart;
  };
  const toPage = ({ nodes, pageInfo }: PageOf<Fields>): ChartPage => ({
    items: nodes.map(toItem),
    after: pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined,
  });
  const toLevel = (page: PageOf<Fields> & { totalCount: number }): LevelPage => ({
    ...toPage(page),
    total: page.totalCount,
  });
  return {
    level: async (under, request) => toLevel((await ask(level, { under, ...request })).page),
    async levels(parents, request) {
      const parts = inParts(parents, mostLevels);
      const answers = await Promise.all(parts.map((ids) => ask(levels, { ids, ...request })));
      return new Map(answers.flatMap(({ items }) => items.map(({ id, below }) => [id, toLevel(below)])));
    },
    async line(id, moment) {
      const { item } = await ask(line, { id, moment });
      return item ? [item, ...item.above].map(toItem) : [];
    },
    async some(ids, moment) {
      const parts = inParts(ids, mostIds);
      const answers = await Promise.all(parts.map((part) => ask(some, { ids: part, moment })));
      return answers.flatMap(({ items }) => items.map(toItem));
    },
    all: async (request) => toPage((await ask(all, request)).page),
  };
}
