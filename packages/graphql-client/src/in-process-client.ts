import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { GraphQLCaller, GraphQLClient, GraphQLRequestHeaders } from './client.ts';
import { type CompiledOperation, compileOperation } from './compiled-operation.ts';
import type { TadaDocumentNode } from './graphql.ts';
import { type GraphQLRequestError, toRequestError } from './request-error.ts';

/** What an in-process client needs of the side that owns the schema. */
export interface InProcessClientOptions {
  schema: GraphQLSchema;
  /** Gives the context value of one request; what it throws fails the request like an error of a resolver. */
  createContext(headers: GraphQLRequestHeaders, signal?: AbortSignal): unknown;
  /** Throws where variables are not even to be coerced, since they nest too deep; all are taken without it. */
  admitVariables?(variables: Readonly<Record<string, unknown>>): void;
  /** The server's last word on an error, the same that its HTTP clients get; the error as it is without it. */
  formatError?(error: GraphQLError): GraphQLFormattedError;
}

/**
 * Executes documents against a schema of the same process, compiled to functions on first use.
 *
 * Resolvers see what graphql-js would show them, with one limit of the compiler: a field without a resolver
 * must be a plain property, neither a promise nor a function.
 */
export function createInProcessClient(options: InProcessClientOptions): GraphQLClient {
  const { schema, admitVariables, formatError = (error) => error.toJSON() } = options;
  const operations = new WeakMap<DocumentNode, CompiledOperation>();

  function operationFor(document: DocumentNode): CompiledOperation {
    let operation = operations.get(document);
    if (operation === undefined) {
      operation = compileOperation(schema, document);
      operations.set(document, operation);
    }
    return operation;
  }

  function failure(thrown: unknown): GraphQLRequestError {
    const error = toGraphQLError(thrown);
    return toRequestError(formatError(error), error.originalError ?? error);
  }

  async function createContext(caller: GraphQLCaller): Promise<unknown> {
    try {
      return await options.createContext(caller, caller.signal);
    } catch (thrown) {
      throw failure(thrown);
    }
  }

  function admitted(variables: unknown): Record<string, unknown> {
    const given = withoutUndefined(variables);
    try {
      admitVariables?.(given);
    } catch (thrown) {
      throw failure(thrown);
    }
    return given;
  }

  return {
    prepare(documents) {
      for (const document of documents) operationFor(document);
    },

    async execute<R, V>(document: TadaDocumentNode<R, V>, variables: V, caller: GraphQLCaller) {
      const operation = operationFor(document);
      const given = admitted(variables);
      const context = await createContext(caller);
      const result = await operation(context, given);
      const [error] = result.errors ?? [];
      if (error !== undefined) throw failure(error);
      return result.data as R; // the document was validated against the schema that R was read from
    },
  };
}

/** JSON has no undefined, so over HTTP such a variable is left out; here it must not turn into null. */
function withoutUndefined(variables: unknown): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(variables ?? {})) if (value !== undefined) given[name] = value;
  return given;
}

/** Whatever was thrown, as the error of a field: the compiled function's own class lacks graphql's `toJSON`. */
function toGraphQLError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) {
    const { message, path, originalError, extensions } = thrown;
    return new GraphQLError(message, { path, originalError, extensions });
  }
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError, path: [] });
}
