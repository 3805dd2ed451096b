import { type GraphQLCaller, GraphQLRequestError } from '@rollcall/graphql-client';
import { ScimError } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import { authenticate } from '../callers/authenticate.ts';

/**
 * What discovery tells. It needs no credential (RFC 7644 §4); what differs between accounts and their connections is told to
 * those who have a credential of the account.
 */
export async function tellCaller<Told>(
  request: FastifyRequest,
  ask: (caller: GraphQLCaller) => Promise<Told>,
  toStrangers: Told,
): Promise<Told> {
  try {
    return await ask(authenticate(request));
  } catch (error) {
    if (isStranger(error)) return toStrangers;
    throw error;
  }
}

const strangers: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_INPUT']);

/** Whoever brings no credential, or one that is not taken here. */
const isStranger = (error: unknown): boolean =>
  error instanceof ScimError || (error instanceof GraphQLRequestError && strangers.has(error.code));
