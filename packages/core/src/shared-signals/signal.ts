import type { JWTPayload } from 'jose';
import { readToken, TokenRefused } from '../signed-tokens/signed-token.ts';
import { type SignalSubject, signalSubjectOf } from './signal-subject.ts';

const CAEP = 'https://schemas.openid.net/secevent/caep/event-type/';
const SSF = 'https://schemas.openid.net/secevent/ssf/event-type/';

/** What of a person's access ended, or what the transmitter says of the stream itself. */
export type Signal =
  | { readonly kind: 'SESSION_REVOKED'; readonly subject: SignalSubject | undefined }
  | {
      readonly kind: 'CREDENTIAL_CHANGE';
      readonly subject: SignalSubject | undefined;
      readonly change: CredentialChange;
    }
  | { readonly kind: 'VERIFICATION'; readonly state: string | null }
  | { readonly kind: 'STREAM_UPDATED'; readonly status: string; readonly reason: string | null }
  /** Taken, and nothing follows from it. */
  | { readonly kind: 'IGNORED' };

/** A signal that may end somebody's access. */
export type AccessSignal = Extract<Signal, { kind: 'SESSION_REVOKED' | 'CREDENTIAL_CHANGE' }>;

/** What became of a credential (CAEP 1.0 §3.3). */
export type CredentialChange = 'create' | 'update' | 'revoke' | 'delete';

/** A security event that is still to be verified. */
export interface SecurityEvent {
  readonly signal: Signal;
  readonly id: string;
  /** When it happened, as the transmitter says. */
  readonly happenedAt: Date;
  readonly refusedFrom: Date;
}

/** CAEP Interoperability Profile 1.0 §2.6 asks for RS256; others sign with ES256. */
export const signalAlgorithms: readonly string[] = ['RS256', 'ES256'];
/** Transmitters keep what they could not deliver. */
const MAX_AGE_SECONDS = 7 * 24 * 60 * 60;
const MAX_TEXT = 1024;

/** Reads a Security Event Token (RFC 8417, in the form of Shared Signals 1.0 §10.1). @throws TokenRefused */
export function readSecurityEvent(
  text: string,
  { issuer, audience }: { readonly issuer: string; readonly audience: string },
): SecurityEvent {
  const { claims, id, refusedFrom } = readToken(text, {
    algorithms: signalAlgorithms,
    types: ['secevent+jwt'],
    mayHaveNoType: false,
    issuer,
    audiences: [audience],
    maxAge: MAX_AGE_SECONDS,
    maxLifetime: null,
  });
  const [type, event] = onlyEventOf(claims);
  return { signal: signalOf(type, event, claims), id, happenedAt: momentOf(event, claims), refusedFrom };
}

type Details = Readonly<Record<string, unknown>>;

function onlyEventOf({ events }: JWTPayload): [type: string, event: Details] {
  const all = isObject(events) ? Object.entries(events) : [];
  const [first, second] = all;
  if (first === undefined || second !== undefined || !isObject(first[1]))
    throw new TokenRefused('FORM', `events has ${all.length} events, and not one with an object.`);
  return [first[0], first[1]];
}

function signalOf(type: string, event: Details, claims: JWTPayload): Signal {
  switch (type) {
    case `${CAEP}session-revoked`:
      return { kind: 'SESSION_REVOKED', subject: signalSubjectOf(claims, event) };
    case `${CAEP}credential-change`:
      return { kind: 'CREDENTIAL_CHANGE', subject: signalSubjectOf(claims, event), change: changeOf(event) };
    case `${SSF}verification`:
      return { kind: 'VERIFICATION', state: textOf(event.state) };
    case `${SSF}stream-updated`:
      return {
        kind: 'STREAM_UPDATED',
        status: textOf(event.status) ?? 'changed',
        reason: textOf(event.reason),
      };
    default:
      return { kind: 'IGNORED' };
  }
}

function changeOf({ change_type: change }: Details): CredentialChange {
  if (change === 'create' || change === 'update' || change === 'revoke' || change === 'delete') return change;
  throw new TokenRefused('FORM', 'change_type is not create, update, revoke or delete.');
}

/** In seconds; some transmitters of before the final text send milliseconds, which no second of this age is. */
function momentOf({ event_timestamp: stamp }: Details, { iat = 0 }: JWTPayload): Date {
  const seconds = typeof stamp === 'number' && stamp > 0 ? (stamp > 1e11 ? stamp / 1000 : stamp) : iat;
  // What is to happen later has happened by now at most.
  return new Date(Math.min(seconds * 1000, Date.now()));
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().slice(0, MAX_TEXT) : null;

const isObject = (value: unknown): value is Details =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
