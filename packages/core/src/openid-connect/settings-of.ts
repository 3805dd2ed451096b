import type { UsedConnection } from '../single-sign-on/find-used-connection.ts';

/** What a sign-in connection by OpenID Connect has, and no other. */
export interface OpenIdSettings {
  readonly issuer: string;
  readonly client_id: string;
  /** Sealed. */
  readonly client_secret: string;
}

export function settingsOf({ issuer, client_id, client_secret }: UsedConnection): OpenIdSettings {
  if (client_id === null || client_secret === null)
    throw new Error('A connection by OpenID Connect has a client id and a client secret.');
  return { issuer, client_id, client_secret };
}
