import { type Dispatcher, Pool } from 'undici';
import type { RequestLog } from './request-log.ts';
import { type AttemptOutcome, retryDelay, wait } from './retry-policy.ts';
import type { ScimRequest } from './scim-request.ts';

/** Where and as whom to speak. */
export interface ScimClientOptions {
  /** The SCIM base URL, such as `https://host/scim/v2/account`. */
  readonly url: string;
  readonly token: string;
  /** The identity provider's own headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly log: RequestLog;
  readonly signal?: AbortSignal;
}

/** The end of a request, retries included; `ok` means that the status was an expected one. */
export interface ScimAnswer {
  readonly ok: boolean;
  readonly status: number | undefined;
  readonly body: unknown;
  /** How often the request was sent. */
  readonly attempts: number;
}

/** The server can't be reached any more, so that going on would only repeat the same failure. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
}

interface Attempt extends AttemptOutcome {
  readonly text: string;
}

const TIMEOUT_MS = 60_000;
/** As Entra puts an application in quarantine when nearly all calls fail. */
const UNANSWERED_IN_A_ROW = 10;

/** Sends SCIM requests over kept-alive connections, retries what may be retried, and logs what happened. */
export class ScimClient {
  readonly #options: ScimClientOptions;
  readonly #pool: Pool;
  readonly #basePath: string;
  #unanswered = 0;

  constructor(options: ScimClientOptions) {
    const base = new URL(options.url);
    this.#options = options;
    this.#basePath = base.pathname.replace(/\/+$/, '');
    this.#pool = new Pool(base.origin, { connections: options.connections });
  }

  /**
   * Sends one request; an unexpected answer is logged as a failure and not thrown.
   * Throws ServerUnreachable after ten requests in a row without an answer, and the signal's reason on abort.
   */
  async send(request: ScimRequest): Promise<ScimAnswer> {
    const { log, signal } = this.#options;
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const outcome = await this.#attempt(request);
      log.exchanged(request.method, outcome.status);
      const delay = retryDelay(outcome, attempt);
      if (delay === undefined) return this.#conclude(request, outcome, attempt);
      log.retried();
      await wait(delay, signal);
    }
  }

  /** Closes the connections, the ones in use included. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #conclude(request: ScimRequest, outcome: Attempt, attempts: number): ScimAnswer {
    const { log } = this.#options;
    const { status, text } = outcome;
    this.#unanswered = status === undefined ? this.#unanswered + 1 : 0;
    const body = parsed(text);
    const ok = status !== undefined && request.expect.includes(status);
    // A create that is sent again after a broken connection may find its own first attempt: not a failure.
    const repeated = status === 409 && request.method === 'POST' && attempts > 1;
    if (!ok && !repeated) log.failed(request, status, text);
    if (this.#unanswered >= UNANSWERED_IN_A_ROW) {
      throw new ServerUnreachable(`no answer to ${UNANSWERED_IN_A_ROW} requests in a row: ${text}`);
    }
    return { ok, status, body, attempts };
  }

  async #attempt(request: ScimRequest): Promise<Attempt> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(new Error('no answer within 60 seconds')), TIMEOUT_MS);
    const forward = () => abort.abort(this.#options.signal?.reason);
    this.#options.signal?.addEventListener('abort', forward, { once: true });
    try {
      return await this.#exchange(request, abort.signal);
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      return { status: undefined, errorCode: codeOf(error), retryAfter: undefined, text: describe(error) };
    } finally {
      clearTimeout(timer);
      this.#options.signal?.removeEventListener('abort', forward);
    }
  }

  async #exchange(request: ScimRequest, signal: AbortSignal): Promise<Attempt> {
    const { token, headers } = this.#options;
    const hasBody = request.body !== undefined;
    const options: Dispatcher.RequestOptions = {
      method: request.method,
      path: `${this.#basePath}${request.path}`,
      headers: {
        ...headers,
        accept: 'application/scim+json',
        authorization: `Bearer ${token}`,
        ...(hasBody && { 'content-type': 'application/scim+json; charset=utf-8' }),
      },
      body: hasBody ? JSON.stringify(request.body) : null,
      signal,
    };
    const { statusCode, headers: answered, body } = await this.#pool.request(options);
    const retryAfter = answered['retry-after'];
    return {
      status: statusCode,
      errorCode: undefined,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      text: await body.text(),
    };
  }
}

/** The JSON of a body; undefined when it is empty or not JSON, which no schema then accepts. */
function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === '' ? (codeOf(error) ?? 'the connection failed') : message;
}
