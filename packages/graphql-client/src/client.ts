import type { DocumentNode } from 'graphql';
import type { TadaDocumentNode } from './graphql.ts';

/** What a request says about itself, beside its document and variables. */
export interface GraphQLRequestHeaders {
  /** `Bearer …`, passed on as the caller gave it. */
  authorization?: string;
  /** The account that the caller means to speak to. */
  'rollcall-account'?: string;
  'x-request-id'?: string;
  /** `true` computes and answers a mutation, then rolls it back. */
  'rollcall-dry-run'?: string;
}

/** Who asks, and for how long the answer is waited for. */
export interface GraphQLCaller extends GraphQLRequestHeaders {
  /** Aborts when nobody waits for the answer any more: what is being read for it then is broken off. */
  signal?: AbortSignal;
}

/** Executes typed documents; callers cannot tell where the schema lives. */
export interface GraphQLClient {
  /**
   * Does ahead what can be done once per document.
   * @throws Error when a document does not fit the schema and the client has the schema at hand
   */
  prepare(documents: Iterable<DocumentNode>): void;

  /**
   * Runs one operation and gives its data.
   * @throws GraphQLRequestError with the code and facts of the first error, or `UNAVAILABLE` when no answer came
   */
  execute<R, V>(document: TadaDocumentNode<R, V>, variables: V, caller: GraphQLCaller): Promise<R>;
}
