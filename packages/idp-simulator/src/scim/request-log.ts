import type { ScimMethod, ScimRequest } from './scim-request.ts';

/** A request that was not answered as it should be. */
export interface Failure {
  readonly method: ScimMethod;
  readonly path: string;
  /** The HTTP status; undefined when there was no answer at all. */
  readonly status: number | undefined;
  /** What went wrong: the first 300 characters of the body, or the error of the connection. */
  readonly detail: string;
}

/** How often each status was answered, by method: `{ GET: { '200': 12 } }`; "none" is a connection without answer. */
export type RequestCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

const DETAIL_LENGTH = 300;
/** Failures beyond this many are counted and not kept, so that a dead server costs no memory. */
const KEPT_FAILURES = 1000;

/** Counts what was sent and keeps what failed. */
export class RequestLog {
  readonly #counts: Record<string, Record<string, number>> = {};
  readonly #failures: Failure[] = [];
  #requests = 0;
  #writes = 0;
  #retries = 0;
  #failureCount = 0;

  /** One exchange over the wire, whatever came of it. */
  exchanged(method: ScimMethod, status: number | undefined): void {
    this.#requests += 1;
    if (method !== 'GET') this.#writes += 1;
    const key = String(status ?? 'none');
    const byStatus = this.#counts[method] ?? {};
    this.#counts[method] = { ...byStatus, [key]: (byStatus[key] ?? 0) + 1 };
  }

  retried(): void {
    this.#retries += 1;
  }

  failed(request: ScimRequest, status: number | undefined, detail: string): void {
    this.#failureCount += 1;
    if (this.#failures.length >= KEPT_FAILURES) return;
    const { method, path } = request;
    this.#failures.push({ method, path, status, detail: detail.slice(0, DETAIL_LENGTH) });
  }

  get requests(): number {
    return this.#requests;
  }

  get writes(): number {
    return this.#writes;
  }

  get retries(): number {
    return this.#retries;
  }

  get failureCount(): number {
    return this.#failureCount;
  }

  get failures(): readonly Failure[] {
    return this.#failures;
  }

  get counts(): RequestCounts {
    return this.#counts;
  }
}
