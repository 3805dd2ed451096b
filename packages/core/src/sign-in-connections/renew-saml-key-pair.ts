import { invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { EventTypeName } from '../model/event.ts';
import type { SamlSettings } from '../model/saml-settings.ts';
import type { SignInConnection } from '../model/sign-in-connection.entity.ts';
import { expiryOf, fingerprintOf } from '../saml/certificates.ts';
import { makeKeyPair } from '../saml/key-pair.ts';
import { ownKeyPairs } from '../saml/own-key-pairs.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import type { SignInConnectionScope } from './change-sign-in-connections.ts';
import { assertMayLetAnybodyIn } from './may-let-anybody-in.ts';

type RenewalScope = Pick<SignInConnectionScope, 'work' | 'authorship' | 'viewer' | 'sealer'>;

/** One of our key pairs for a sign-in connection, named by the fingerprint of its certificate. */
export interface NamedKeyPair {
  readonly signInConnectionId: string;
  readonly fingerprint: string;
}

/**
 * Makes a second key pair of ours. We sign with the one before until that is switched, and open what is encrypted for either.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, FORBIDDEN
 */
export async function renewSamlKeyPair(
  scope: RenewalScope,
  signInConnectionId: string,
): Promise<SignInConnection> {
  const { certificate, privateKey } = await makeKeyPair();
  const key = await sealerOf(scope.sealer).seal(privateKey, 'saml-key');
  return changeKeyPairs(scope, { id: signInConnectionId, type: 'SAML_KEY_PAIR_RENEWED' }, (saml) => {
    if (saml.otherKeyPair !== null)
      throw invalidInput(
        'signInConnectionId',
        'has two key pairs already. Retire the one that is used no more first (retireSamlKeyPair).',
      );
    return { ...saml, otherKeyPair: { certificate, key, isNewer: true } };
  });
}

/**
 * Signs with this key pair of ours from now on; the other one goes on opening what is encrypted for it. With the one that signs
 * already nothing changes.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, FORBIDDEN
 */
export const switchSamlKeyPair = (
  scope: RenewalScope,
  { signInConnectionId: id, fingerprint }: NamedKeyPair,
): Promise<SignInConnection> =>
  changeKeyPairs(scope, { id, type: 'SAML_KEY_PAIR_SWITCHED' }, (saml) => {
    const { signs } = keyPairNamed(saml, fingerprint);
    const { otherKeyPair: other } = saml;
    if (signs || other === null) return saml;
    return {
      ...saml,
      ownCertificate: other.certificate,
      ownKey: other.key,
      otherKeyPair: { certificate: saml.ownCertificate, key: saml.ownKey, isNewer: !other.isNewer },
    };
  });

/**
 * Forgets a key pair of ours: what is encrypted for it is refused from now on. The one that signs is not forgotten.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, FORBIDDEN
 */
export const retireSamlKeyPair = (
  scope: RenewalScope,
  { signInConnectionId: id, fingerprint }: NamedKeyPair,
): Promise<SignInConnection> =>
  changeKeyPairs(scope, { id, type: 'SAML_KEY_PAIR_RETIRED' }, (saml) => {
    if (keyPairNamed(saml, fingerprint).signs)
      throw invalidInput(
        'fingerprint',
        'is that of the key pair which signs. Sign with the other one first (switchSamlKeyPair).',
      );
    return { ...saml, otherKeyPair: null };
  });

function keyPairNamed(saml: SamlSettings, fingerprint: string) {
  const found = ownKeyPairs(saml).find(({ certificate }) => fingerprintOf(certificate) === fingerprint);
  if (found !== undefined) return found;
  throw invalidInput(
    'fingerprint',
    'is that of no key pair of ours for this sign-in connection. See saml.ownKeyPairs.',
  );
}

function changeKeyPairs(
  { work, authorship, viewer }: RenewalScope,
  { id, type }: { readonly id: string; readonly type: EventTypeName },
  change: (saml: SamlSettings) => SamlSettings,
): Promise<SignInConnection> {
  return work.transaction(async (scope) => {
    const held = await hold(scope, authorship.accountId, { viewer, signInConnection: id });
    const connection = held.signInConnection(id, 'signInConnectionId');
    assertMayLetAnybodyIn(held);
    const { saml: before } = connection;
    if (before == null)
      throw invalidInput('signInConnectionId', 'is a connection by OpenID Connect, which has no key pair.');
    const after = change(before);
    if (after === before) return connection;
    connection.saml = after;
    if (after.ownCertificate !== before.ownCertificate) {
      connection.ownCertificateExpiresAt = expiryOf(after.ownCertificate);
      connection.ownCertificateWarnedDays = null;
    }
    await scope.em.flush();
    const subject = { type: 'SIGN_IN_CONNECTION', id: connection.id, label: connection.name } as const;
    const changes = [{ field: 'ownCertificates', before: told(before), after: told(after) }];
    await recordEvent(authorship, { type, subject, changes }).execute(scope.sql);
    return connection;
  });
}

/** The certificates by their fingerprints, that of the pair which signs first. */
const told = ({ ownCertificate, otherKeyPair }: SamlSettings): string[] =>
  [ownCertificate, otherKeyPair?.certificate].flatMap((pem) => (pem == null ? [] : [fingerprintOf(pem)]));
