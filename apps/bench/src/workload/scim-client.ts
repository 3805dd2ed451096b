import { Pool } from 'undici';

/** What came of one request; the request is kept to name it when the answer is wrong. */
export interface Answer {
  readonly method: Method;
  readonly path: string;
  readonly sent: string | undefined;
  readonly status: number;
  readonly location: unknown;
  /** The body as JSON; undefined where there was none. */
  readonly body: unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Where a contender serves SCIM. */
export interface ScimEndpoint {
  readonly url: string;
  readonly token: string;
}

/** Speaks SCIM over so many connections, and notes how long each answer took. */
export class ScimClient {
  /** Of each request since this was emptied, the milliseconds until its answer was read to the end. */
  latencies: number[] = [];
  readonly url: string;
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #headers: Record<string, string>;
  readonly #headersWithBody: Record<string, string>;

  constructor({ url, token }: ScimEndpoint, connections: number) {
    const { origin, pathname } = new URL(url);
    this.url = url;
    this.#pool = new Pool(origin, { connections, pipelining: 1 });
    this.#prefix = pathname;
    this.#headers = { authorization: `Bearer ${token}` };
    this.#headersWithBody = { ...this.#headers, 'content-type': 'application/scim+json' };
  }

  async send(method: Method, path: string, content?: object): Promise<Answer> {
    const sent = content && JSON.stringify(content);
    const start = performance.now();
    const { statusCode, headers, body } = await this.#pool.request({
      method,
      path: this.#prefix + path,
      headers: sent === undefined ? this.#headers : this.#headersWithBody,
      body: sent,
    });
    const text = await body.text();
    this.latencies.push(performance.now() - start);
    const { location } = headers;
    return { method, path, sent, status: statusCode, location, body: text ? JSON.parse(text) : undefined };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
