import type { HttpRequest } from '../../clients/http-exchange.ts';
import { graphqlRequest, type IdentityProvider, scimRequest } from './asking.ts';

const USERS = 'query ($filter: UserFilter) { users(filter: $filter, first: 5) { totalCount nodes { id } } }';

/** As many different comparisons as there are, any of which would do. */
const anyOf = (count: number, comparison: (value: string) => object) => ({
  or: Array.from({ length: count }, (_, n) => comparison(`nobody ${n}`)),
});

/** Within the cost of an operation there is room for nineteen searches, and for fifty other comparisons. */
const filters = [
  anyOf(19, (search) => ({ search })),
  anyOf(50, (contains) => ({ managerDisplayName: { contains } })),
  anyOf(50, (contains) => ({ teams: { some: { displayName: { contains } } } })),
  anyOf(50, (contains) => ({ emails: { some: { value: { contains } } } })),
  anyOf(50, (contains) => ({ addresses: { some: { locality: { contains } } } })),
];

/** The dearest filters of people that are allowed, of GraphQL and of SCIM. */
export function heavyReads(tokens: readonly string[], idp: IdentityProvider): HttpRequest[] {
  const graphql = filters.flatMap((filter) =>
    tokens.map((token) => graphqlRequest(token, USERS, { filter })),
  );
  const scim = ['emails co', 'groups.display co', 'manager.displayName co', 'addresses.locality sw'].map(
    (comparison) =>
      scimRequest(idp, 'POST', '/Users/.search', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter: Array.from({ length: 50 }, (_, n) => `${comparison} "nobody ${n}"`).join(' or '),
        count: 5,
      }),
  );
  return [...graphql, ...scim];
}
