import { GraphQLRequestError } from '@rollcall/graphql-client';
import { type ResourceTypeDefinition, ScimError, userResourceType } from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Adapter } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';

/**
 * The User resource type as discovery tells it. It needs no credential (RFC 7644 §4); what an account has defined for
 * itself is told to those who have one of the account.
 */
export async function discoveredUserType(
  { userTypes }: Adapter,
  request: FastifyRequest,
): Promise<ResourceTypeDefinition> {
  try {
    return await userTypes.of(authenticate(request));
  } catch (error) {
    if (isStranger(error)) return userResourceType;
    throw error;
  }
}

const strangers: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_INPUT']);

/** Whoever brings no credential, or one that is not taken here. */
const isStranger = (error: unknown): boolean =>
  error instanceof ScimError || (error instanceof GraphQLRequestError && strangers.has(error.code));
