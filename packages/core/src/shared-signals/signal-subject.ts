import type { JWTPayload } from 'jose';

/** Whom a transmitter means (RFC 9493), in the formats that are understood. */
export type SignalSubject =
  | { readonly format: 'email'; readonly email: string }
  | { readonly format: 'iss_sub'; readonly iss: string; readonly sub: string }
  | { readonly format: 'opaque'; readonly id: string };

const MAX_TEXT = 1024;

/**
 * The person whom a security event is about: `sub_id` of the token, or `subject` of the event, as transmitters of the drafts
 * before Shared Signals 1.0 have it. Of a complex subject its `user`. Undefined when nobody is named that could be known here.
 */
export function signalSubjectOf(
  { sub_id }: JWTPayload,
  { subject }: Readonly<Record<string, unknown>>,
): SignalSubject | undefined {
  const named = sub_id ?? subject;
  if (!isObject(named)) return undefined;
  // A complex subject of the drafts has no format of its own.
  return simpleSubject(isObject(named.user) ? named.user : named);
}

function simpleSubject({
  format,
  email,
  iss,
  sub,
  id,
}: Readonly<Record<string, unknown>>): SignalSubject | undefined {
  if (format === 'email' && isText(email)) return { format, email };
  if (format === 'iss_sub' && isText(iss) && isText(sub)) return { format, iss, sub };
  if (format === 'opaque' && isText(id)) return { format, id };
  return undefined;
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' &&
  value !== '' &&
  value.length <= MAX_TEXT &&
  !value.includes('\0') &&
  value.isWellFormed();

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
