import { type GraphQLClient, graphql } from '@rollcall/graphql-client';
import type { FastifyRequest } from 'fastify';
import { apiCredential } from '../credentials.ts';
import type { BrowserPart } from './browser-part.ts';
import { originHeaders } from './origin-headers.ts';

const BeginSignInTest = graphql(`
  mutation BeginSignInTest($input: BeginSignInTestInput!) {
    beginSignInTest(input: $input) {
      redirectUrl
      formFields {
        name
        value
      }
      browserSecret
      expiresInSeconds
    }
  }
`);

const FinishSignInTest = graphql(`
  mutation FinishSignInTest($input: FinishSingleSignOnInput!) {
    finishSignInTest(input: $input) {
      returnPath
    }
  }
`);

/** Where the result of a test is shown, whatever became of it. */
export const testedPath = (connectionId: string, refused?: string): string =>
  `/sign-in-settings/${encodeURIComponent(connectionId)}${refused === undefined ? '' : `?${new URLSearchParams({ refused })}`}`;

/** Begins to test a sign-in connection, as whoever is signed in. */
export async function beginTest(
  client: GraphQLClient,
  request: FastifyRequest,
  { connectionId, browserSecret }: BrowserPart,
) {
  const session = apiCredential(request);
  const headers = {
    ...originHeaders(request),
    ...(session !== undefined && { authorization: `Bearer ${session}` }),
  };
  const input = { signInConnectionId: connectionId, browserSecret };
  return (await client.execute(BeginSignInTest, { input }, headers)).beginSignInTest;
}

/** Keeps what the provider said in a test, and answers where that is shown. */
export async function finishTest(
  client: GraphQLClient,
  request: FastifyRequest,
  { connectionId, browserSecret, query }: BrowserPart & { readonly query: string },
): Promise<string> {
  const input = { signInConnectionId: connectionId, query, browserSecret };
  return (await client.execute(FinishSignInTest, { input }, originHeaders(request))).finishSignInTest
    .returnPath;
}
