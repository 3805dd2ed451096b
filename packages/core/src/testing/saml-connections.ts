import type { Actor } from '@rollcall/testkit';
import { makeKeyPair } from '../saml/key-pair.ts';
import type { NamedKeyPair } from '../sign-in-connections/renew-saml-key-pair.ts';
import { createSignInConnection, type InputMutation, mutation, run } from './directory.ts';

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
