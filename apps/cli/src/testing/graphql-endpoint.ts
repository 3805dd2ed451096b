import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { z } from 'zod';

const bodySchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });

/** One request as the endpoint got it. */
export interface ReceivedRequest {
  operation: string;
  variables: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

/** An HTTP server that answers by a script, where the real one would answer from its database. */
export interface GraphQLEndpoint {
  url: string;
  requests: ReceivedRequest[];
  close(): Promise<void>;
}

/** Starts an endpoint; `answer` gives the body of the response to each request. */
export async function startGraphQLEndpoint(
  answer: (request: ReceivedRequest) => unknown,
): Promise<GraphQLEndpoint> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    if (incoming.url !== '/graphql') return void response.writeHead(404).end('Not here');
    const { query, variables } = bodySchema.parse(JSON.parse(await textOf(incoming)));
    const operation = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
    const request = { operation, variables, headers: incoming.headers };
    requests.push(request);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(request)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text;
}
