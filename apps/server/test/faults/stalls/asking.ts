import type { HttpRequest } from '../../clients/http-exchange.ts';

/** A request of GraphQL. */
export const graphqlRequest = (
  token: string | undefined,
  query: string,
  variables: object = {},
): HttpRequest => ({
  method: 'POST',
  path: '/graphql',
  headers: {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  },
  body: JSON.stringify({ query, variables }),
});

/** Who sends requests of SCIM: for which account, and with which credential. */
export interface IdentityProvider {
  readonly id: string;
  readonly token: string;
}

/** A request of SCIM, below the account's base URL. */
export const scimRequest = (
  { id, token }: IdentityProvider,
  method: string,
  path: string,
  body?: object,
): HttpRequest => ({
  method,
  path: `/scim/v2/${id}${path}`,
  headers: { 'content-type': 'application/scim+json', authorization: `Bearer ${token}` },
  body: body === undefined ? undefined : JSON.stringify(body),
});
