import type { LookupFunction } from 'node:net';
import { Agent, errors, request } from 'undici';
import { FetchRefused } from './fetch-refused.ts';
import { assertPublic, lookup, publicLookup, type Resolve, resolveByDns } from './public-lookup.ts';

/** What is asked for, as far as anything here needs it. */
export interface FetchRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Fetches from addresses that somebody typed, within the rules of the server. */
export interface GuardedFetch {
  /** @throws FetchRefused */
  (url: string, request?: FetchRequest): Promise<Response>;
  /** Whether an address may be asked at all, as far as it says so itself. @throws FetchRefused */
  check(url: string): void;
  close(): Promise<void>;
}

export interface GuardedFetchOptions {
  /** Hosts that may be reached without TLS and at addresses that are not public; one with a port at that port alone. */
  readonly allowedPrivateHosts?: readonly string[];
  readonly resolve?: Resolve;
  readonly maxBytes?: number;
  readonly maxMs?: number;
}

type IsAllowed = (url: URL) => boolean;

/** Discovery documents, key sets and metadata have a few thousand bytes. */
const MAX_BYTES = 1024 * 1024;
const MAX_MS = 10_000;

/**
 * The one client for everything that the server fetches from an address that somebody typed. It speaks TLS with public
 * addresses, follows no redirect, reads so much and waits so long, and knows of no proxy that its environment names.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const { resolve = resolveByDns, maxBytes = MAX_BYTES, maxMs = MAX_MS } = options;
  const allowed = new Set(options.allowedPrivateHosts?.map((host) => host.toLowerCase()));
  const isAllowed: IsAllowed = ({ hostname, port, protocol }) =>
    allowed.has(hostname) || allowed.has(`${hostname}:${port || (protocol === 'http:' ? 80 : 443)}`);
  const agent = (lookup: LookupFunction): Agent =>
    new Agent({
      connect: { timeout: maxMs, lookup },
      maxResponseSize: maxBytes,
      maxHeaderSize: 32 * 1024,
    });
  const publicly = agent(publicLookup(resolve));
  const anywhere = agent(lookup(resolve));

  async function guardedFetch(text: string, wanted: FetchRequest = {}): Promise<Response> {
    const url = permitted(text, isAllowed);
    const timeOut = AbortSignal.timeout(maxMs);
    const { method = 'GET', headers = {}, body = null } = wanted;
    try {
      const answer = await request(url, {
        dispatcher: isAllowed(url) ? anywhere : publicly,
        method: method as 'GET',
        headers: { ...headers },
        body,
        signal: wanted.signal == null ? timeOut : AbortSignal.any([timeOut, wanted.signal]),
      });
      const status = answer.statusCode;
      if (status >= 300 && status < 400) {
        await answer.body.dump({ limit: 0 }).catch(() => undefined);
        throw redirected(url, answer.headers.location);
      }
      const bytes = await answer.body.arrayBuffer();
      return new Response(isWithoutBody(status) ? null : bytes, {
        status,
        headers: toHeaders(answer.headers),
      });
    } catch (error) {
      throw explained(error, url, { isLate: timeOut.aborted, maxBytes, maxMs });
    }
  }
  return Object.assign(guardedFetch, {
    check: (text: string) => void permitted(text, isAllowed),
    close: async () => void (await Promise.all([publicly.destroy(), anywhere.destroy()])),
  });
}

/** The address, if it is one that may be asked at all. */
function permitted(text: string, isAllowed: IsAllowed): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new FetchRefused(
      'URL',
      `${JSON.stringify(text)} is no address to fetch from. Enter one such as https://login.example.com, without a name and password in it.`,
    );
  const { hostname } = url;
  if (isAllowed(url)) return url;
  if (url.protocol !== 'https:')
    throw new FetchRefused('HTTPS', `${url.origin} is not encrypted. Enter an address with https.`);
  // A socket asks nobody for the address of what is one already.
  assertPublic(hostname, hostname.replace(/^\[(.*)\]$/, '$1'));
  return url;
}

function redirected({ href }: URL, location: string | string[] | undefined): FetchRefused {
  return new FetchRefused(
    'NO_REDIRECT',
    `${href} leads elsewhere, to ${JSON.stringify(String(location)).slice(0, 300)}, and redirects are not followed. Enter the address that answers itself.`,
  );
}

interface Circumstances {
  readonly isLate: boolean;
  readonly maxBytes: number;
  readonly maxMs: number;
}

function explained(
  error: unknown,
  { href, origin }: URL,
  { isLate, maxBytes, maxMs }: Circumstances,
): unknown {
  if (error instanceof FetchRefused) return error;
  if (error instanceof Error && error.cause instanceof FetchRefused) return error.cause;
  if (error instanceof errors.ResponseExceededMaxSizeError)
    return new FetchRefused(
      'SIZE',
      `${href} answers with more than ${maxBytes} bytes, which is more than is read. Enter the address of the document itself.`,
      { cause: error },
    );
  if (isLate || error instanceof errors.ConnectTimeoutError)
    return new FetchRefused(
      'TIME',
      `${origin} did not answer within ${maxMs / 1000} seconds. Try again, and see whether it is reached from elsewhere.`,
      { cause: error },
    );
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new FetchRefused(
    'REACHABLE',
    `${origin} can't be reached (${code}). Check the address, and its certificate.`,
    { cause: error },
  );
}

const isWithoutBody = (status: number): boolean => status === 204 || status === 205 || status === 304;

function toHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const one of [value ?? []].flat()) all.append(name, one);
  return all;
}
