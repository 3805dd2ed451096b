import type { GraphQLFormattedError } from 'graphql';

/** The typed facts that go with an expected failure; which of them are present depends on the code. */
export interface GraphQLErrorFacts {
  field?: string;
  conflictingId?: string;
  limit?: number;
  requestId?: string;
  [fact: string]: unknown;
}

/** A request that the schema's side refused, or that never reached it. */
export class GraphQLRequestError extends Error {
  override readonly name = 'GraphQLRequestError';
  /** One of `ErrorCode` when the server speaks the same contract; callers must bear with an unknown one. */
  readonly code: string;
  readonly facts: GraphQLErrorFacts;

  constructor(message: string, options: { code: string; facts?: GraphQLErrorFacts; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = options.code;
    this.facts = options.facts ?? {};
  }
}

/**
 * Reads one error of a response (GraphQL specification §7.1.2).
 *
 * Without a code, an error that has no path was raised before execution, so the request itself was wrong.
 */
export function toRequestError(error: GraphQLFormattedError, cause?: unknown): GraphQLRequestError {
  const { code, ...facts } = error.extensions ?? {};
  const fallback = error.path === undefined ? 'INVALID_INPUT' : 'INTERNAL';
  return new GraphQLRequestError(error.message, {
    code: typeof code === 'string' ? code : fallback,
    facts,
    cause,
  });
}

/** The failure of the way there or back: nothing is known about what the other side did. */
export function unavailable(message: string, cause?: unknown): GraphQLRequestError {
  return new GraphQLRequestError(message, { code: 'UNAVAILABLE', cause });
}
