import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type GraphQLError,
  type GraphQLFormattedError,
  graphql,
  GraphQLError as RequestError,
} from 'graphql';
import type { GraphQLRequestHeaders } from '../client.ts';
import { type StaffContext, staffSchema } from './staff-schema.ts';

const known = ['authorization', 'rollcall-account', 'x-request-id', 'rollcall-dry-run'] as const;

/** The server's context: it refuses one token and shows the others to the resolvers. */
export function staffContext(headers: GraphQLRequestHeaders): StaffContext {
  if (headers.authorization === 'Bearer wrong') {
    throw new RequestError('The token is not known.', { extensions: { code: 'UNAUTHENTICATED' } });
  }
  const given = known.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  return { headers: Object.fromEntries(given) };
}

/** The server's mask: an error without a code of the contract tells nothing of the inside. */
export function maskedError(error: GraphQLError): GraphQLFormattedError {
  if (error.extensions.code !== undefined || error.path === undefined) return error.toJSON();
  return {
    message: 'Something went wrong.',
    path: error.path,
    extensions: { code: 'INTERNAL', requestId: 'r-masked' },
  };
}

/** Serves `staffSchema` with graphql-js itself, so the compiled path is measured against the reference. */
export async function startStaffServer(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.headers['apollo-require-preflight'] !== 'true') response.statusCode = 400;
    response.end(JSON.stringify(await answer(request)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server)}/graphql`, close: () => closeServer(server) };
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
  try {
    const contextValue = staffContext(headersOf(request));
    const result = await graphql({
      schema: staffSchema,
      source: query,
      variableValues: variables,
      contextValue,
    });
    return { ...result, errors: result.errors?.map(maskedError) };
  } catch (thrown) {
    return { errors: [thrown] };
  }
}

function headersOf(request: IncomingMessage): GraphQLRequestHeaders {
  return Object.fromEntries(known.map((name) => [name, request.headers[name]]));
}

/** The port that the operating system chose. */
export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}

/** Ends once every socket is closed. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
