import type { Actor } from '@rollcall/testkit';
import { makeKeyPair } from '../saml/key-pair.ts';
import type { NamedKeyPair } from '../sign-in-connections/renew-saml-key-pair.ts';
import { createSignInConnection, type InputMutation, mutation, run } from './directory.ts';
import { withClient } from './tables.ts';

export const renewSamlKeyPair = mutation(
  'renewSamlKeyPair',
  'signInConnection { id saml { ownKeyPairs { signs certificate { fingerprint } } } }',
);
const keyPairMutation = (field: string): InputMutation => ({
  field,
  document: `mutation ($input: SamlKeyPairInput!) { ${field}(input: $input) { signInConnection { id } } }`,
});
export const switchSamlKeyPair = keyPairMutation('switchSamlKeyPair');
export const retireSamlKeyPair = keyPairMutation('retireSamlKeyPair');

export const refreshSamlMetadata = mutation(
  'refreshSamlMetadata',
  'signInConnection { id saml { metadataProblem metadataCheckedAt certificates { fingerprint } } }',
);

/** The id of a sign-in connection by SAML, whose provider signs with a certificate of its own. */
export async function newSamlConnection(admin: Actor, more: object = {}): Promise<string> {
  const { certificate } = await makeKeyPair();
  const input = {
    name: `By SAML ${crypto.randomUUID()}`,
    protocol: 'SAML',
    issuer: 'https://login.example.com',
    saml: { ssoUrl: 'https://login.example.com/sso', certificates: [certificate] },
    ...more,
  };
  return (await run<{ signInConnection: { id: string } }>(admin, createSignInConnection, input))
    .signInConnection.id;
}

/** A sign-in connection by SAML whose provider's metadata are where nobody answers. */
export async function newUnansweredMetadata(admin: Actor, databaseUrl: string): Promise<string> {
  const id = await newSamlConnection(admin);
  await withClient(databaseUrl, (client) =>
    client.query(
      `UPDATE sign_in_connections SET saml = saml || '{"metadataUrl": "https://nobody.invalid"}' WHERE id = $1`,
      [id],
    ),
  );
  return id;
}

/** The metadata of a provider that signs with these certificates. */
export const providerMetadata = (entityId: string, ...pems: readonly string[]): string => `<EntityDescriptor
    xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    ${pems.map(keyDescriptor).join('')}
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${entityId}/sso"/>
  </IDPSSODescriptor></EntityDescriptor>`;

const keyDescriptor = (pem: string): string =>
  `<KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${pem.replaceAll(/-----.*-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`;

interface Renewed {
  readonly signInConnection: {
    readonly saml: {
      readonly ownKeyPairs: readonly {
        readonly signs: boolean;
        readonly certificate: { readonly fingerprint: string };
      }[];
    };
  };
}

/** The new key pair of a sign-in connection by SAML; of one that is made for it, where none is named. */
export async function renewedKeyPair(admin: Actor, id?: string): Promise<NamedKeyPair> {
  const signInConnectionId = id ?? (await newSamlConnection(admin));
  const { signInConnection } = await run<Renewed>(admin, renewSamlKeyPair, { signInConnectionId });
  const fingerprint = signInConnection.saml.ownKeyPairs.at(-1)?.certificate.fingerprint ?? '';
  return { signInConnectionId, fingerprint };
}
