import { SAML as NodeSaml, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import type { NameIdFormat, SamlSettings } from '../model/saml-settings.ts';
import { EMAIL_ADDRESS } from '../saml/namespaces.ts';
import { withoutCache } from '../saml/verify-response.ts';
import { entityId, redirectUri, singleLogoutUrl } from '../sign-in-connections/urls.ts';
import type { UsedConnection } from '../single-sign-on/find-used-connection.ts';

/** A sign-in connection by SAML. */
export type SamlConnection = UsedConnection & { readonly saml: SamlSettings };

export function samlOf(connection: UsedConnection): SamlConnection {
  const { saml } = connection;
  if (saml === null) throw new Error('A connection by SAML has its settings.');
  return { ...connection, saml };
}

export const nameIdFormats: Readonly<Record<NameIdFormat, string | null>> = {
  UNSPECIFIED: null,
  EMAIL_ADDRESS,
  PERSISTENT: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
};

interface ServiceProviderOptions {
  readonly adminUrl: string;
  /** Our key as PEM, where something is signed or said of it. */
  readonly privateKey?: string | undefined;
  readonly more?: Partial<SamlConfig>;
}

/** The library as the service provider that we are to the provider of this connection. */
export function serviceProvider(
  connection: SamlConnection,
  { adminUrl, privateKey, more }: ServiceProviderOptions,
): NodeSaml {
  const { id, issuer, saml } = connection;
  return new NodeSaml({
    callbackUrl: redirectUri(adminUrl, connection),
    logoutCallbackUrl: singleLogoutUrl(adminUrl, id),
    issuer: entityId(adminUrl, id),
    idpIssuer: issuer,
    idpCert: [...saml.certificates],
    entryPoint: saml.ssoUrl,
    logoutUrl: saml.sloUrl ?? '',
    identifierFormat: nameIdFormats[saml.nameIdFormat],
    wantAssertionsSigned: saml.wantAssertionsSigned,
    disableRequestedAuthnContext: true,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    validateInResponseTo: ValidateInResponseTo.never,
    cacheProvider: withoutCache,
    ...(privateKey !== undefined && { privateKey, publicCert: saml.ownCertificate }),
    ...more,
  });
}
