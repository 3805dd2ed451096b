import { unwrapResolverError } from '@apollo/server/errors';
import { errorCodes } from '@rollcall/core';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';

/** Where an error is told of, beside the answer. */
export interface ErrorReport {
  readonly log: FastifyBaseLogger;
  readonly requestId: string | undefined;
}

/** What the libraries refuse without saying the way out. */
const waysOut: Readonly<Record<string, string>> = {
  'provided sha does not match query':
    'extensions.persistedQuery.sha256Hash: is not the SHA-256 of `query`. Send the hash of this text, or leave it out.',
  'Unsupported persisted query version':
    'extensions.persistedQuery.version: is not 1, the only version there is. Send 1, or leave persistedQuery out.',
  'Maximum introspection depth exceeded':
    'An introspection names the list fields of types (fields, interfaces, possibleTypes, inputFields) within each other at most twice. Ask in several steps, as tools do.',
};

/**
 * Any error as the contract has it: refusals of resolvers and limits as they are, mistakes in the document, its variables
 * or its transport as INVALID_INPUT, and everything else masked and told to the log.
 */
export function toContract(
  formatted: GraphQLFormattedError,
  error: unknown,
  { log, requestId }: ErrorReport,
): GraphQLFormattedError {
  const { message, locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const own = ownExtensions(formatted, error);
  if (own !== undefined) return { message, ...place, extensions: { requestId, ...own } };
  if (isMistakeOfClient(formatted, error)) {
    return {
      message: waysOut[message] ?? message,
      ...place,
      extensions: { code: 'INVALID_INPUT', requestId, ...fieldOf(message) },
    };
  }
  log.error({ err: unwrapResolverError(error), requestId }, 'GraphQL failed');
  return {
    message: 'Something went wrong on our side. Try again; if it stays, tell us the request id.',
    ...place,
    extensions: { code: 'INTERNAL', requestId },
  };
}

/** The field of an input that graphql's words about a variable lead to; ours are named without the variable too. */
function fieldOf(message: string): { field: string } | undefined {
  const [, field] = /^Variable "\$\w+" got invalid value .* at "\w+\.([\w.[\]]+)"; /s.exec(message) ?? [];
  return field === undefined ? undefined : { field };
}

/** The code and facts of a refusal of ours; Apollo gives every refusal of a document the same code, and keeps ours beneath. */
function ownExtensions({ extensions }: GraphQLFormattedError, error: unknown) {
  const beneath = error instanceof GraphQLError ? error.originalError : undefined;
  const candidates = [beneath instanceof GraphQLError ? beneath.extensions : undefined, extensions];
  return candidates.find((each) => typeof each?.code === 'string' && Object.hasOwn(errorCodes, each.code));
}

/**
 * Libraries give some mistakes a code of theirs and others none. Those without are graphql's own words, with nothing that
 * was thrown beneath, about a request that was not begun, or about the value of an argument.
 */
function isMistakeOfClient({ extensions, path }: GraphQLFormattedError, error: unknown): boolean {
  if (extensions?.code !== undefined && extensions.code !== 'INTERNAL_SERVER_ERROR') return true;
  if (!(error instanceof GraphQLError) || wasThrown(error)) return false;
  const [node] = error.nodes ?? [];
  return path === undefined || (node !== undefined && node.kind !== Kind.FIELD);
}

function wasThrown({ originalError }: GraphQLError): boolean {
  if (originalError === undefined) return false;
  return !(originalError instanceof GraphQLError) || wasThrown(originalError);
}
