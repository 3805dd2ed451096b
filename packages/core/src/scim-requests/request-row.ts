import type { AnsweredRequest } from './answered-request.ts';
import { maskExchange, maskText } from './mask.ts';
import { requestSubject } from './subject.ts';

/** Most characters of what is kept of a request. */
export const requestLimits = {
  body: 16_384,
  path: 2048,
  text: 1024,
  /** Of a larger body or answer nothing is kept but its size: to look through it takes too long. */
  lookedThrough: 262_144,
  /** Requests that wait to be written, and bytes of their bodies, in a process. */
  waiting: 10_000,
  waitingBytes: 33_554_432,
} as const;

/** A request as it is kept: masked and cut. */
export interface RequestRow {
  readonly accountId: string;
  readonly id: string;
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly connectionId: string | null;
  readonly tokenId: string | null;
  readonly method: string;
  readonly path: string;
  readonly resourceType: string | null;
  readonly resourceId: string | null;
  readonly resourceName: string | null;
  readonly status: number;
  readonly scimType: string | null;
  readonly detail: string | null;
  readonly durationMs: number;
  readonly requestBody: string | null;
  readonly requestSize: number;
  readonly responseBody: string | null;
  readonly responseSize: number;
  readonly userAgent: string | null;
  readonly address: string;
}

/** The request as it is kept. */
export function rowOf(request: AnsweredRequest): RequestRow {
  const { body, bodySize, answer } = request;
  const exchange = maskExchange({
    url: request.url,
    body: bodySize > requestLimits.lookedThrough ? undefined : body,
    answer: answer !== undefined && answer.length > requestLimits.lookedThrough ? undefined : answer,
  });
  const { scimType, detail } = request.status >= 400 ? errorIn(exchange.answer) : noError;
  const { resourceType, resourceId, resourceName } = requestSubject(exchange, request.status);
  const { accountId, id, requestId, connectionId, tokenId, method, status, durationMs, userAgent, address } =
    request;
  return {
    accountId,
    id,
    requestId,
    receivedAt: timeOf(id),
    connectionId,
    tokenId,
    method,
    path: cut(exchange.url, requestLimits.path),
    resourceType,
    resourceId,
    resourceName: resourceName === null ? null : cut(resourceName, requestLimits.text),
    status,
    scimType: scimType === null ? null : cut(scimType, requestLimits.text),
    detail: detail === null ? null : cut(detail, requestLimits.text),
    durationMs: Math.round(durationMs),
    requestBody: exchange.body === undefined ? null : cut(exchange.body, requestLimits.body),
    requestSize: bodySize,
    responseBody: exchange.answer === undefined ? null : cut(exchange.answer, requestLimits.body),
    responseSize: answer === undefined ? 0 : Buffer.byteLength(answer),
    userAgent: userAgent === undefined ? null : cut(maskText(userAgent), requestLimits.text),
    address,
  };
}

const noError = { scimType: null, detail: null };

/** What an error of SCIM says (RFC 7644 §3.12). */
function errorIn(answer: string | undefined): { scimType: string | null; detail: string | null } {
  if (answer === undefined) return noError;
  const error: unknown = JSON.parse(answer);
  const text = (name: string): string | null => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : null;
  };
  return { scimType: text('scimType'), detail: text('detail') };
}

/** The moment that a UUID of version 7 has in it (RFC 9562 §5.7). */
const timeOf = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));

/** What PostgreSQL can keep of a text, up to so many characters. */
const cut = (text: string, length: number): string =>
  text.slice(0, length).replaceAll('\0', '').toWellFormed();
