import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** A request with nothing added to it but what HTTP needs. */
export interface HttpRequest {
  readonly method: string;
  /** Sent as it is, escapes and all. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends one request to the origin and gives whatever comes back. */
export function exchange(
  origin: string,
  { method, path, headers = {}, body }: HttpRequest,
): Promise<HttpAnswer> {
  const { hostname, port } = new URL(origin);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, host: hostname, port, method, path, headers: { ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', (cause) =>
      reject(new Error(`${method} ${path.slice(0, 500)} got no answer`, { cause })),
    );
    sent.end(body);
  });
}

/** A request and its answer as a failing test shows them. */
export function describeExchange({ method, path, headers, body }: HttpRequest, answer: HttpAnswer): string {
  const sent = body === undefined ? '' : `\n${cut(body.toString())}`;
  const got = `${answer.status} ${JSON.stringify(answer.headers)}\n${cut(answer.text)}`;
  return `\n${method} ${cut(path)} ${cut(JSON.stringify(headers ?? {}))}${sent}\n→ ${got}`;
}

const cut = (text: string): string =>
  text.length > 2000 ? `${text.slice(0, 2000)}… (${text.length})` : text;
