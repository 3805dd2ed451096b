import type { IncomingHttpHeaders } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { RequestHeaders } from '@rollcall/core';

/** The cookie that keeps a person signed in. */
export const SESSION_COOKIE = 'rollcall_session';

/** Which request it is, and from where; not for its headers to say. */
export interface Origin {
  readonly requestId: string;
  readonly address: string;
}

/** What the API reads of an HTTP request: the Authorization header, or else the session cookie. */
export function apiHeaders(headers: IncomingHttpHeaders, { requestId, address }: Origin): RequestHeaders {
  const session = headers.authorization === undefined ? sessionOf(headers) : undefined;
  return {
    authorization: headers.authorization ?? (session === undefined ? undefined : `Bearer ${session}`),
    'rollcall-account': single(headers['rollcall-account']),
    'rollcall-dry-run': single(headers['rollcall-dry-run']),
    'x-request-id': requestId,
    'client-address': address,
    'user-agent': headers['user-agent'],
  };
}

/** The credential that a request to the API comes with, as `apiHeaders` chooses it. */
export const apiCredential = (headers: IncomingHttpHeaders): string | undefined =>
  scimCredential(headers) ?? sessionOf(headers);

/** The credential that a request of an identity provider comes with. */
export const scimCredential = ({ authorization }: IncomingHttpHeaders): string | undefined =>
  authorization === undefined ? undefined : (BEARER.exec(authorization)?.[1] ?? authorization);

const BEARER = /^Bearer +(\S+) *$/i;

/** The session's secret in the cookie. */
export const sessionOf = (headers: IncomingHttpHeaders): string | undefined =>
  fastifyCookie.parse(headers.cookie ?? '')[SESSION_COOKIE];

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
