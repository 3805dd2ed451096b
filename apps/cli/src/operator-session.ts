import { createHttpClient, GraphQLRequestError, type TadaDocumentNode } from '@rollcall/graphql-client';
import { CommandError } from './command-error.ts';
import { explainFailure } from './explain-failure.ts';
import { findOperatorToken } from './operator-token.ts';
import { chooseServer } from './server-url.ts';
import type { Surroundings } from './surroundings.ts';

/** Requests made as the operator of the server, to one account where one is named. */
export interface OperatorSession {
  /** @throws CommandError that explains why the server refused or could not be asked */
  execute<R, V>(document: TadaDocumentNode<R, V>, variables: V): Promise<R>;
}

/** Which server is asked, and for which account. */
export interface SessionTarget {
  url?: string | undefined;
  account?: string | undefined;
}

/** Lends a session for as long as `use` takes; the connection is closed after it. */
export async function withOperator<T>(
  { url, account }: SessionTarget,
  surroundings: Surroundings,
  use: (session: OperatorSession) => Promise<T>,
): Promise<T> {
  const server = chooseServer(url, surroundings.environment);
  const token = await findOperatorToken(surroundings.environment, surroundings.directory);
  const client = createHttpClient({ url: server.endpoint });
  const headers = { authorization: `Bearer ${token.secret}`, 'rollcall-account': account };
  const request = { serverUrl: server.url, tokenSource: token.source, accountId: account };
  try {
    return await use({
      execute: (document, variables) =>
        client.execute(document, variables, headers).catch((error: unknown) => {
          if (!(error instanceof GraphQLRequestError)) throw error;
          throw new CommandError(explainFailure(error, request), { cause: error });
        }),
    });
  } finally {
    await client.close();
  }
}
