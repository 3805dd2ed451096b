import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** What a person needs of a failure: what happened, under which code, and the request to ask about. */
export interface ApiError {
  code: string;
  message: string;
  requestId: string | undefined;
  /** Which part of the input it is about, where the server says so. */
  field?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads any error of a query, mutation or fetch as an {@link ApiError}. */
export function toApiError(error: unknown): ApiError {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    return {
      code: text(first?.extensions?.code) ?? 'INTERNAL',
      message: first?.message ?? error.message,
      requestId: text(first?.extensions?.requestId),
      field: text(first?.extensions?.field),
    };
  }
  if (ServerError.is(error)) {
    return {
      code: 'UNAVAILABLE',
      message: `The server answered with HTTP ${error.statusCode}.`,
      requestId: error.response.headers.get('x-request-id') ?? undefined,
    };
  }
  return {
    code: 'UNAVAILABLE',
    message: 'The server can’t be reached. Check the connection and try again.',
    requestId: undefined,
  };
}
