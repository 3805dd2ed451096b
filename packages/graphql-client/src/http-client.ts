import { type DocumentNode, type GraphQLFormattedError, print } from 'graphql';
import { Pool } from 'undici';
import type { GraphQLCaller, GraphQLClient, GraphQLRequestHeaders } from './client.ts';
import type { TadaDocumentNode } from './graphql.ts';
import { toRequestError, unavailable } from './request-error.ts';

/** Where the remote GraphQL endpoint is and how patiently it is asked. */
export interface HttpClientOptions {
  url: string | URL;
  /** Sockets kept open to the endpoint, 32 unless told. */
  connections?: number;
  /** Milliseconds until an unanswered request counts as unavailable, 30 000 unless told. */
  timeout?: number;
}

/** A client that holds sockets, so it is closed when its owner shuts down. */
export interface HttpGraphQLClient extends GraphQLClient {
  close(): Promise<void>;
}

interface HttpAnswer<R> {
  data?: R | null;
  errors?: readonly GraphQLFormattedError[];
}

const fixedHeaders = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json',
  // Apollo Server answers no request that a browser could send without a preflight unless this is set.
  'apollo-require-preflight': 'true',
};

/** Executes documents against a GraphQL endpoint over HTTP; each is printed once. */
export function createHttpClient(options: HttpClientOptions): HttpGraphQLClient {
  const url = new URL(options.url);
  const path = url.pathname + url.search;
  const timeout = options.timeout ?? 30_000;
  const pool = new Pool(url.origin, {
    connections: options.connections ?? 32,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connectTimeout: timeout,
  });
  const printed = new WeakMap<DocumentNode, string>();

  function bodyStart(document: DocumentNode): string {
    let start = printed.get(document);
    if (start === undefined) {
      start = `{"query":${JSON.stringify(print(document))},"variables":`;
      printed.set(document, start);
    }
    return start;
  }

  async function post(body: string, { signal, ...headers }: GraphQLCaller): Promise<string> {
    try {
      const response = await pool.request({
        method: 'POST',
        path,
        headers: { ...withoutMissing(headers), ...fixedHeaders },
        body,
        signal,
      });
      return await response.body.text();
    } catch (cause) {
      throw unavailable('The GraphQL endpoint could not be reached.', cause);
    }
  }

  return {
    prepare(documents) {
      for (const document of documents) bodyStart(document);
    },

    async execute<R, V>(document: TadaDocumentNode<R, V>, variables: V, caller: GraphQLCaller) {
      const body = `${bodyStart(document)}${JSON.stringify(variables ?? {})}}`;
      const { data, errors } = parseAnswer<R>(await post(body, caller));
      const [error] = errors ?? [];
      if (error !== undefined) throw toRequestError(error);
      if (data === undefined || data === null) {
        throw unavailable('The GraphQL endpoint gave neither data nor errors.');
      }
      return data;
    },

    close: () => pool.close(),
  };
}

function withoutMissing(headers: GraphQLRequestHeaders): Record<string, string> {
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) present[name] = value;
  return present;
}

/** A proxy in between may answer with a page of its own: whatever is no GraphQL response counts as no answer. */
function parseAnswer<R>(text: string): HttpAnswer<R> {
  let answer: HttpAnswer<R> | null;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw unavailable('The GraphQL endpoint did not answer with JSON.', cause);
  }
  if (typeof answer !== 'object' || answer === null) {
    throw unavailable('The GraphQL endpoint did not answer with a GraphQL response.');
  }
  return answer;
}
