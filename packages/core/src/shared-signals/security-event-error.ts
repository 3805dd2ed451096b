import type { TokenFault } from '../signed-tokens/signed-token.ts';

/** What a transmitter is told of an event that is not taken, in the words of RFC 8935 §2.4. */
export const securityEventError = (reason: string): string =>
  (errors as Readonly<Record<string, string>>)[reason] ?? 'invalid_request';

const errors = {
  FORM: 'invalid_request',
  TIME: 'invalid_request',
  REPLAYED: 'invalid_request',
  ISSUER: 'invalid_issuer',
  AUDIENCE: 'invalid_audience',
  SIGNATURE: 'invalid_key',
  KEYS: 'invalid_key',
  AUTHENTICATION: 'authentication_failed',
} as const satisfies Record<TokenFault, string>;
