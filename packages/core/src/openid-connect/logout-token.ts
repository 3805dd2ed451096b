import type { JWTPayload } from 'jose';
import { asymmetricAlgorithms, readToken, TokenRefused } from '../signed-tokens/signed-token.ts';
import type { OpenIdSettings } from './settings-of.ts';

/** Whose sessions a provider has ended, by a token that is still to be verified. */
export interface LogoutToken {
  readonly subject: string | null;
  readonly sid: string | null;
  readonly id: string;
  readonly refusedFrom: Date;
}

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** A provider that could not reach us tries again for a while. */
const MAX_AGE_SECONDS = 10 * 60;
const MAX_TEXT = 1024;

/** Reads a logout token (OpenID Connect Back-Channel Logout 1.0 §2.6). @throws TokenRefused */
export function readLogoutToken(text: string, { issuer, client_id }: OpenIdSettings): LogoutToken {
  const { claims, id, refusedFrom } = readToken(text, {
    algorithms: asymmetricAlgorithms,
    types: ['logout+jwt', 'jwt'],
    mayHaveNoType: true,
    issuer,
    audiences: [client_id],
    maxAge: MAX_AGE_SECONDS,
    maxLifetime: MAX_AGE_SECONDS,
  });
  if (!saysLogout(claims))
    throw new TokenRefused('FORM', `events does not have ${LOGOUT_EVENT} with an object.`);
  // So that no ID token is ever taken for one.
  if ('nonce' in claims) throw new TokenRefused('FORM', 'nonce is in it, which no logout token has.');
  const [subject, sid] = [textOf(claims, 'sub'), textOf(claims, 'sid')];
  if (subject === null && sid === null)
    throw new TokenRefused('FORM', 'Neither sub nor sid is in it, so it names no session.');
  return { subject, sid, id, refusedFrom };
}

function saysLogout({ events }: JWTPayload): boolean {
  const event = isObject(events) ? events[LOGOUT_EVENT] : undefined;
  return isObject(event);
}

function textOf(claims: JWTPayload, name: 'sub' | 'sid'): string | null {
  const value = claims[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '' && value.length <= MAX_TEXT && isStorable(value))
    return value;
  throw new TokenRefused('FORM', `${name} is not a text of 1 to ${MAX_TEXT} characters.`);
}

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
