import type { ApolloClient } from '@apollo/client';
import { personName } from '@/components/people/person-name.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import type { PersonItem } from '../model/chart-item.ts';
import type { ChartSource } from '../model/chart-source.ts';

export const chartPersonFields = graphql(`
  fragment ChartPersonFields on OrgChartPerson {
    id
    userName
    displayName
    title
    department
    photo
    status
    reportCount
    managerId
    onCycle
  }
`);

const levelQuery = graphql(
  `
  query ChartPeopleLevel($moment: DateTime, $under: ID, $first: Int!, $after: Cursor) {
    orgChart(asOf: $moment) {
      people(under: $under, first: $first, after: $after) {
        nodes { ...ChartPersonFields }
        totalCount
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [chartPersonFields],
);

const lineQuery = graphql(
  `
  query ChartPeopleLine($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) {
      person(id: $id) { ...ChartPersonFields managers { ...ChartPersonFields } }
    }
  }
`,
  [chartPersonFields],
);

const personQuery = graphql(
  `
  query ChartPerson($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) { person(id: $id) { ...ChartPersonFields } }
  }
`,
  [chartPersonFields],
);

/** A person of the chart as a card shows them. */
export function toPersonItem(person: ResultOf<typeof chartPersonFields>): PersonItem {
  const { id, userName, title, department, photo, onCycle } = person;
  return {
    kind: 'person',
    id,
    name: personName(person),
    parentId: person.managerId,
    childCount: person.reportCount,
    userName,
    title,
    department,
    photo,
    active: person.status === 'ACTIVE',
    onCycle,
  };
}

/** The people's questions to the server; the chart keeps the answers itself, so they stay out of the cache. */
export function createPeopleSource(client: ApolloClient): ChartSource {
  const fetchPolicy = 'no-cache';
  return {
    async level(under, { first, after, moment }) {
      const { data } = await client.query({
        query: levelQuery,
        variables: { moment, under, first, after },
        fetchPolicy,
      });
      const page = data?.orgChart.people;
      return {
        items: page?.nodes.map(toPersonItem) ?? [],
        after: page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined,
        total: page?.totalCount ?? 0,
      };
    },
    async line(id, moment) {
      const { data } = await client.query({ query: lineQuery, variables: { moment, id }, fetchPolicy });
      const person = data?.orgChart.person;
      return person ? [person, ...person.managers].map(toPersonItem) : [];
    },
    async some(ids, moment) {
      const read = (id: string) =>
        client.query({ query: personQuery, variables: { moment, id }, fetchPolicy });
      const answers = await Promise.all(ids.map(read));
      const people = answers.map(({ data }) => data?.orgChart.person);
      return people.filter((person) => person !== null && person !== undefined).map(toPersonItem);
    },
  };
}
