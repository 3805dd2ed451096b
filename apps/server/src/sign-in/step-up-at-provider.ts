import { type GraphQLClient, GraphQLRequestError, graphql } from '@rollcall/graphql-client';
import type { FastifyRequest } from 'fastify';
import { sessionOf } from '../credentials.ts';
import type { BrowserPart } from './browser-part.ts';
import { originHeaders } from './origin-headers.ts';

const BeginProviderProof = graphql(`
  mutation BeginProviderProof($input: BeginProviderProofInput!) {
    beginProviderProof(input: $input) {
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

const FinishProviderProof = graphql(`
  mutation FinishProviderProof($input: FinishSingleSignOnInput!) {
    finishProviderProof(input: $input) {
      returnPath
    }
  }
`);

/** Where somebody comes to who did not say where they were. */
const ELSEWHERE = '/profile';

/** Begins to prove at the provider who is signed in, as whoever is. */
export async function beginProof(
  client: GraphQLClient,
  request: FastifyRequest,
  { connectionId, browserSecret, returnTo }: BrowserPart & { readonly returnTo: string | null },
) {
  const input = { signInConnectionId: connectionId, returnTo, browserSecret };
  const { beginProviderProof } = await client.execute(BeginProviderProof, { input }, headersOf(request));
  return beginProviderProof;
}

/** Counts what the provider said, and answers the path where the person was. */
export async function finishProof(
  client: GraphQLClient,
  request: FastifyRequest,
  { connectionId, browserSecret, query }: BrowserPart & { readonly query: string },
): Promise<string> {
  const input = { signInConnectionId: connectionId, query, browserSecret };
  const { finishProviderProof } = await client.execute(FinishProviderProof, { input }, headersOf(request));
  return withResult(finishProviderProof.returnPath, { proof: 'given' });
}

/** The path where whoever is still signed in reads why it is not proven; that of the sign-in page, if they are not any more. */
export function unprovenPath(error: unknown, request: FastifyRequest): string {
  if (!(error instanceof GraphQLRequestError)) throw error;
  if (error.code === 'UNAUTHENTICATED') return '/sign-in';
  if (error.code === 'INTERNAL') request.log.error({ requestId: request.id }, 'a proof failed');
  const { reason, returnPath } = error.facts;
  return withResult(typeof returnPath === 'string' ? returnPath : null, {
    proof: typeof reason === 'string' ? reason : error.code,
    request: request.id,
  });
}

function headersOf(request: FastifyRequest): Record<string, string> {
  const session = sessionOf(request);
  return { ...originHeaders(request), ...(session !== undefined && { authorization: `Bearer ${session}` }) };
}

/** A path of ours with what became of the proof, for the page to tell. */
function withResult(path: string | null, result: Readonly<Record<string, string>>): string {
  const url = new URL(path ?? ELSEWHERE, 'http://localhost');
  for (const [name, value] of Object.entries(result)) url.searchParams.set(name, value);
  return url.pathname + url.search + url.hash;
}
