import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import type { SignInPreset } from '../model/sign-in-connection.entity.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { checkIssuer, checkRequired, checkScopes, presetScopes } from './sign-in-connection-rules.ts';

/** What somebody says of a connection by OpenID Connect; the issuer is one of SAML as well. */
export interface OpenIdProperties {
  issuer?: string | null;
  clientId?: string | null;
  clientSecret?: string | null;
  scopes?: readonly string[] | null;
}

/** With what new settings are made. */
export interface NewSettings {
  readonly preset: SignInPreset;
  readonly fetch: GuardedFetch;
  readonly sealer: Sealer | undefined;
}

/** What a new connection by OpenID Connect knows. @throws DomainError INVALID_INPUT */
export const newByOpenId = async (input: OpenIdProperties, { preset, fetch, sealer }: NewSettings) => ({
  issuer: checkIssuer(input.issuer, fetch),
  clientId: checkRequired(input.clientId, 'clientId'),
  clientSecret: await sealedSecret(sealer, input.clientSecret),
  scopes: checkScopes(input.scopes ?? presetScopes[preset]),
  saml: null,
  ownCertificateExpiresAt: null,
  metadataCheckedAt: null,
  metadataCheckAt: null,
  metadataProblem: null,
});

/** A client secret as it is kept. @throws DomainError INVALID_INPUT */
export const sealedSecret = async (
  sealer: Sealer | undefined,
  secret: string | null | undefined,
): Promise<string> => sealerOf(sealer).seal(checkRequired(secret, 'clientSecret'), 'client-secret');
