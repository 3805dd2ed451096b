import { isJsonObject, type JsonObject } from '@rollcall/scim-protocol';
import type { HttpAnswer } from './http-exchange.ts';

const SCIM = /^application\/scim\+json(;|$)/;
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The keywords of RFC 7644 §3.12 and RFC 9865 §2.1. */
const scimTypes: ReadonlySet<unknown> = new Set([
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
]);

/** What an answer may be besides. */
export interface Allowance {
  /** 503, when it says when to come back: the test takes the database away. */
  readonly mayBeAway?: boolean;
}

/** What is wrong with an answer whatever the request was: media type, body and, of an error, RFC 7644 §3.12. */
export function breachesOf(answer: HttpAnswer, { mayBeAway = false }: Allowance = {}): string[] {
  const { status, headers, text } = answer;
  const isAway = mayBeAway && status === 503 && Number(headers['retry-after']) > 0;
  if (status >= 500 && status !== 501 && !isAway) return [`status ${status}`];
  if (status === 204 || status === 304) return text === '' ? [] : ['a body where there can be none'];
  const body = jsonObjectOf(text);
  if (body === undefined) return ['the body is no JSON object'];
  const breaches = SCIM.test(headers['content-type'] ?? '')
    ? []
    : [`content-type ${headers['content-type']}`];
  if (status < 400) return [...breaches, ...breachesOfSuccess(body, answer)];
  return [...breaches, ...breachesOfError(body, answer)];
}

/** The body as an object, if it is one. */
export function jsonObjectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function breachesOfSuccess(body: JsonObject, { status, headers }: HttpAnswer): string[] {
  const breaches: string[] = [];
  if (!Array.isArray(body.schemas) || body.schemas.length === 0) breaches.push('no schemas');
  if (status === 201 && headers.location === undefined) breaches.push('201 without Location');
  if (Object.hasOwn(body, 'password')) breaches.push('a password is shown');
  if (Object.values(body).includes(null)) breaches.push('null for what is unassigned');
  return breaches;
}

function breachesOfError(body: JsonObject, { status, headers }: HttpAnswer): string[] {
  const breaches: string[] = [];
  if (!Array.isArray(body.schemas) || body.schemas.length !== 1 || body.schemas[0] !== ERROR) {
    breaches.push('schemas is not that of an error');
  }
  if (body.status !== String(status)) breaches.push('status is not the status as a string');
  if (typeof body.detail !== 'string' || body.detail === '') breaches.push('no detail');
  if (body.scimType !== undefined && !scimTypes.has(body.scimType)) breaches.push('unknown scimType');
  if (status === 401 && headers['www-authenticate'] === undefined) breaches.push('401 without challenge');
  if (status === 405 && headers.allow === undefined) breaches.push('405 without Allow');
  return breaches;
}
