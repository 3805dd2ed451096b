import { bindings, DSIG, METADATA, SAMLP } from '../saml/namespaces.ts';
import { ownKeyPairs } from '../saml/own-key-pairs.ts';
import { entityId, redirectUri, singleLogoutUrl } from '../sign-in-connections/urls.ts';
import { nameIdFormats, type SamlConnection } from './service-provider.ts';

/** By what an assertion may be encrypted for us. */
const encryptionMethods = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
].map((algorithm) => `<EncryptionMethod Algorithm="${algorithm}"/>`);

/**
 * What a provider has to know of us (SAML 2.0 Metadata). While one key pair replaces the other both are there, the newer first, as
 * some providers take one alone: we open what is encrypted for either.
 */
export function metadataOf(connection: SamlConnection, adminUrl: string): string {
  const { id, saml } = connection;
  const format = nameIdFormats[saml.nameIdFormat];
  const keyPairs = ownKeyPairs(saml).toReversed();
  const parts = [
    ...keyPairs.map(({ certificate }) => keyDescriptor('signing', certificate)),
    ...keyPairs.map(({ certificate }) => keyDescriptor('encryption', certificate, encryptionMethods)),
    `<SingleLogoutService Binding="${bindings.POST}" Location="${escaped(singleLogoutUrl(adminUrl, id))}"/>`,
    ...(format === null ? [] : [`<NameIDFormat>${format}</NameIDFormat>`]),
    `<AssertionConsumerService index="1" isDefault="true" Binding="${bindings.POST}" Location="${escaped(redirectUri(adminUrl, connection))}"/>`,
  ];
  return `<?xml version="1.0"?>
<EntityDescriptor xmlns="${METADATA}" xmlns:ds="${DSIG}" entityID="${escaped(entityId(adminUrl, id))}" ID="_${id}">
  <SPSSODescriptor protocolSupportEnumeration="${SAMLP}" AuthnRequestsSigned="${saml.signRequests}" WantAssertionsSigned="${saml.wantAssertionsSigned}">
    ${parts.join('\n    ')}
  </SPSSODescriptor>
</EntityDescriptor>
`;
}

const keyDescriptor = (use: string, pem: string, methods: readonly string[] = []): string =>
  `<KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${pem.replaceAll(
    /-----.*-----|\s/g,
    '',
  )}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods.join('')}</KeyDescriptor>`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
