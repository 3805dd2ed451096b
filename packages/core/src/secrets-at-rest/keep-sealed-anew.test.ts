import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startCore } from '../core.ts';
import { createSealer, SealBroken, type SealedAs, type Sealer } from '../sealing/sealer.ts';
import {
  createSignInConnection,
  newUser,
  run,
  setSignalStream,
  signInConnectionInput,
} from '../testing/directory.ts';
import { newSamlConnection, renewedKeyPair } from '../testing/saml-connections.ts';
import { withClient } from '../testing/tables.ts';
import { useAccount, useWorld } from '../testing/world.ts';
import { sealNext } from './keep-sealed-anew.ts';

const [older, newer] = [randomBytes(32), randomBytes(32)];
const world = useWorld({ encryptionKeys: [older] });
const account = useAccount(world);

const query = <Row extends object>(text: string, ...values: unknown[]) =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(text, values)).rows);

/** An account in which a secret of each kind is kept, all sealed with the older key. */
async function keepSecrets(): Promise<void> {
  const { admin } = account;
  const sealer = await createSealer([older]);
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    admin,
    createSignInConnection,
    signInConnectionInput('By OpenID Connect'),
  );
  await run(admin, setSignalStream, {
    signInConnectionId: signInConnection.id,
    issuer: 'https://signals.example.com',
    audience: 'rollcall',
    delivery: 'POLL',
    pollUrl: 'https://signals.example.com/poll',
    pollCredential: 'a-token-to-poll-with',
  });
  await renewedKeyPair(admin, await newSamlConnection(admin));
  await query(
    'INSERT INTO totp_secrets (account_id, user_id, sealed, confirmed_at) VALUES ($1, $2, $3, now())',
    account.id,
    (await newUser(account.idp)).id,
    await sealer.seal('a seed of codes', 'totp'),
  );
}

/** What is kept in the account, opened by who has only these keys. */
async function kept(sealer: Sealer): Promise<string[]> {
  const rows = await query<{ as: SealedAs; sealed: string }>(
    `SELECT 'client-secret' AS as, client_secret AS sealed FROM sign_in_connections WHERE account_id = $1
     UNION ALL SELECT 'saml-key', saml ->> 'ownKey' FROM sign_in_connections WHERE account_id = $1
     UNION ALL SELECT 'saml-key', saml #>> '{otherKeyPair,key}' FROM sign_in_connections WHERE account_id = $1
     UNION ALL SELECT 'poll-credential', poll_credential FROM signal_streams WHERE account_id = $1
     UNION ALL SELECT 'totp', sealed FROM totp_secrets WHERE account_id = $1`,
    account.id,
  );
  return Promise.all(
    rows.filter(({ sealed }) => sealed !== null).map(({ as, sealed }) => sealer.open(sealed, as)),
  );
}

test('what is kept is sealed anew with the first key, once, by several processes, and stays what it was', async () => {
  await keepSecrets();
  const before = await kept(await createSealer([older]));
  expect(before).toHaveLength(5);
  const both = await createSealer([newer, older]);
  const outcomes = await Promise.all([1, 2, 3].map(() => sealNext(world.core.database.sql, both)));
  expect(outcomes.map(({ sealed }) => sealed).reduce((sum, each) => sum + each)).toBe(5);
  expect(outcomes.flatMap(({ broken }) => broken)).toEqual([]);
  expect((await kept(await createSealer([newer]))).toSorted()).toEqual(before.toSorted());
  expect(await sealNext(world.core.database.sql, both)).toEqual({ sealed: 0, broken: [] });
});

test('what can not be opened is told, left as it is, and keeps nothing else', async () => {
  await keepSecrets();
  const sealer = await createSealer([older]);
  await query(
    `UPDATE totp_secrets SET sealed = left(sealed, -4) || 'AAAA' WHERE account_id = $1`,
    account.id,
  );
  const { sealed, broken } = await sealNext(world.core.database.sql, await createSealer([newer, older]));
  expect(sealed).toBe(4);
  expect(broken).toEqual([expect.any(SealBroken)]);
  await query('DELETE FROM totp_secrets');
  await expect(kept(sealer)).rejects.toThrow(SealBroken);
});

test('a server that was given another key in front does so, and says when the older one is used no more', async () => {
  await keepSecrets();
  const logged: string[] = [];
  const core = await startCore({
    databaseUrl: world.databaseUrl,
    publicUrl: 'http://rollcall.test',
    encryptionKeys: [newer, older],
    logger: pino({}, { write: (entry: string) => void logged.push(entry) }),
  });
  await expect.poll(() => logged.join('')).toContain('the others can go in a day');
  await core.close();
  expect(await kept(await createSealer([newer]))).toHaveLength(5);
});
