import type { IncomingHttpHeaders } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { RequestHeaders } from '@rollcall/core';
import type { FastifyRequest } from 'fastify';
import { nameOfCookie } from './http/cookie-name.ts';

/** The cookie that keeps a person signed in, where its name has no prefix. */
export const SESSION_COOKIE = 'rollcall_session';

/** Its name as the client of a request has it. */
export const sessionCookie = (request: FastifyRequest): string => nameOfCookie(request, SESSION_COOKIE);

interface ApiRequest {
  readonly requestId: string;
  /** Those of the request, when left out. */
  readonly headers?: IncomingHttpHeaders;
}

/** What the API reads of an HTTP request: the Authorization header, or else the session cookie. */
export function apiHeaders(
  request: FastifyRequest,
  { requestId, headers = request.headers }: ApiRequest,
): RequestHeaders {
  const session = headers.authorization === undefined ? sessionOf(request) : undefined;
  return {
    authorization: headers.authorization ?? (session === undefined ? undefined : `Bearer ${session}`),
    'rollcall-account': single(headers['rollcall-account']),
    'rollcall-dry-run': single(headers['rollcall-dry-run']),
    'x-request-id': requestId,
    'client-address': request.ip,
    'user-agent': headers['user-agent'],
  };
}

/** The credential that a request to the API comes with, as `apiHeaders` chooses it. */
export const apiCredential = (request: FastifyRequest): string | undefined =>
  scimCredential(request) ?? sessionOf(request);

/** The credential that a request of an identity provider comes with. */
export const scimCredential = ({ headers }: FastifyRequest): string | undefined =>
  credentialIn(headers.authorization);

/** The credential in an Authorization header. */
export const credentialIn = (authorization: string | undefined): string | undefined =>
  authorization === undefined ? undefined : (BEARER.exec(authorization)?.[1] ?? authorization);

const BEARER = /^Bearer +(\S+) *$/i;

/** The session's secret in the cookie. */
export const sessionOf = (request: FastifyRequest): string | undefined =>
  fastifyCookie.parse(request.headers.cookie ?? '')[sessionCookie(request)];

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
