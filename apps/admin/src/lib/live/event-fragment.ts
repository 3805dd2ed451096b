import { graphql, type ResultOf } from '../graphql/graphql.ts';

/** What every screen shows of an event. */
export const eventFields = graphql(`
  fragment EventFields on Event {
    __typename
    id
    cursor
    type
    occurredAt
    requestId
    subject { type id label }
    related { type id label }
    changes { field before after named { type id label } }
    actor { kind id name }
    connection { id name provider }
  }
`);

export type FeedEvent = ResultOf<typeof eventFields>;
