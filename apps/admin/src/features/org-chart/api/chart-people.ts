import { personName } from '@/components/people/person-name.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import type { PersonItem } from '../model/chart-item.ts';
import type { ChartQuestions } from './chart-questions.ts';

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

type PersonFields = ResultOf<typeof chartPersonFields>;

const level = graphql(
  `
  query ChartPeopleLevel($moment: DateTime, $under: ID, $first: Int!, $after: Cursor) {
    orgChart(asOf: $moment) {
      page: people(under: $under, first: $first, after: $after) {
        nodes { ...ChartPersonFields }
        totalCount
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [chartPersonFields],
);

const levels = graphql(
  `
  query ChartPeopleLevels($moment: DateTime, $ids: [ID!]!, $first: Int!) {
    orgChart(asOf: $moment) {
      items: peopleById(ids: $ids) {
        id
        below: reports(first: $first) {
          nodes { ...ChartPersonFields }
          totalCount
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`,
  [chartPersonFields],
);

const line = graphql(
  `
  query ChartPeopleLine($moment: DateTime, $id: ID!) {
    orgChart(asOf: $moment) {
      item: person(id: $id) { ...ChartPersonFields above: managers { ...ChartPersonFields } }
    }
  }
`,
  [chartPersonFields],
);

const some = graphql(
  `
  query ChartPeopleById($moment: DateTime, $ids: [ID!]!) {
    orgChart(asOf: $moment) { items: peopleById(ids: $ids) { ...ChartPersonFields } }
  }
`,
  [chartPersonFields],
);

const all = graphql(
  `
  query ChartAllPeople($moment: DateTime, $first: Int!, $after: Cursor) {
    orgChart(asOf: $moment) {
      page: allPeople(first: $first, after: $after) {
        nodes { ...ChartPersonFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [chartPersonFields],
);

/** A person of the chart as a card shows them. */
export function toPersonItem(person: PersonFields): PersonItem {
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

export const peopleQuestions: ChartQuestions<PersonFields> = {
  level,
  levels,
  line,
  some,
  all,
  toItem: toPersonItem,
};
