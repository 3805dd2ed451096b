import { expect, test } from 'vitest';
import { eventsAbout, refused, run } from '../../testing/directory.ts';
import {
  newSamlConnection,
  renewedKeyPair,
  renewSamlKeyPair,
  retireSamlKeyPair,
  switchSamlKeyPair,
} from '../../testing/saml-connections.ts';
import { dumpTables } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const pairsQuery = `query ($id: ID!) { signInConnection(id: $id) { saml {
  ownCertificate { fingerprint expiresSoon } ownKeyPairs { signs certificate { fingerprint } } } } }`;

/** The key pairs in their order, the one that signs in brackets. */
async function keyPairsOf(id: string): Promise<string[]> {
  const { signInConnection } = await account.admin.query<{
    signInConnection: {
      saml: {
        ownCertificate: { fingerprint: string; expiresSoon: boolean };
        ownKeyPairs: { signs: boolean; certificate: { fingerprint: string } }[];
      };
    };
  }>(pairsQuery, { id });
  const { ownCertificate, ownKeyPairs } = signInConnection.saml;
  expect(ownCertificate).toEqual({
    fingerprint: ownKeyPairs.find(({ signs }) => signs)?.certificate.fingerprint,
    expiresSoon: false,
  });
  return ownKeyPairs.map(({ signs, certificate: { fingerprint } }) =>
    signs ? `[${fingerprint}]` : fingerprint,
  );
}

test('a key pair is renewed in three acts, and can be switched back until one is retired', async () => {
  const id = await newSamlConnection(account.admin);
  const [only = ''] = await keyPairsOf(id);
  const older = only.slice(1, -1);
  const { fingerprint: newer, ...named } = await renewedKeyPair(account.admin, id);
  expect(newer).not.toBe(older);
  expect(await keyPairsOf(id)).toEqual([`[${older}]`, newer]);
  expect(await refused(account.admin, renewSamlKeyPair, named)).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'signInConnectionId',
  });
  await run(account.admin, switchSamlKeyPair, { ...named, fingerprint: newer });
  expect(await keyPairsOf(id)).toEqual([older, `[${newer}]`]);
  await run(account.admin, switchSamlKeyPair, { ...named, fingerprint: older });
  await run(account.admin, switchSamlKeyPair, { ...named, fingerprint: older });
  expect(await keyPairsOf(id)).toEqual([`[${older}]`, newer]);
  await run(account.admin, switchSamlKeyPair, { ...named, fingerprint: newer });
  expect(
    await refused(account.admin, retireSamlKeyPair, { ...named, fingerprint: newer }),
    'it signs',
  ).toMatchObject({ code: 'INVALID_INPUT', field: 'fingerprint' });
  await run(account.admin, retireSamlKeyPair, { ...named, fingerprint: older });
  expect(await keyPairsOf(id)).toEqual([`[${newer}]`]);
  for (const mutation of [switchSamlKeyPair, retireSamlKeyPair])
    expect(await refused(account.admin, mutation, { ...named, fingerprint: older })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'fingerprint',
    });
  const told = (await eventsAbout(account.admin, id)).filter(({ type }) => type.startsWith('SAML_'));
  const change = (before: string[], after: string[]) => [{ field: 'ownCertificates', before, after }];
  expect(told.map(({ type, changes }) => [type, changes])).toEqual([
    ['SAML_KEY_PAIR_RENEWED', change([older], [older, newer])],
    ['SAML_KEY_PAIR_SWITCHED', change([older, newer], [newer, older])],
    ['SAML_KEY_PAIR_SWITCHED', change([newer, older], [older, newer])],
    ['SAML_KEY_PAIR_SWITCHED', change([older, newer], [newer, older])],
    ['SAML_KEY_PAIR_RETIRED', change([newer, older], [newer])],
  ]);
  expect(JSON.stringify(await dumpTables(world.databaseUrl, account.id))).not.toContain('PRIVATE KEY');
});
