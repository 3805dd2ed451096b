import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { accountPermissions } from '../authorization/permissions.ts';
import type { Mail } from '../mail/mail-text.ts';
import { openOutbox } from '../mail/outbox.ts';
import { createSealer } from '../sealing/sealer.ts';
import {
  createRole,
  createSignInConnection,
  grantRole,
  newUser,
  run,
  signInConnectionInput,
  updateSignInConnection,
} from '../testing/directory.ts';
import { newSamlConnection, renewedKeyPair, switchSamlKeyPair } from '../testing/saml-connections.ts';
import { withClient } from '../testing/tables.ts';
import { useAccount, useWorld } from '../testing/world.ts';
import { warnOfNextCertificate } from './warn-of-own-certificates.ts';

const encryptionKeys = [randomBytes(32)];
const world = useWorld({ encryptionKeys });
const account = useAccount(world);

const query = <Row extends object>(text: string, ...values: unknown[]) =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(text, values)).rows);

/** The mails that three processes have written which look at one moment, when our certificate ends in so many days. */
async function toldWithin(days: number, id: string): Promise<Mail[]> {
  await query(
    `UPDATE sign_in_connections SET own_certificate_expires_at = now() + $2 * interval '1 day' WHERE id = $1`,
    id,
    days,
  );
  const sealer = await createSealer(encryptionKeys);
  const outbox = openOutbox(sealer, 'https://admin.rollcall.test');
  const { database } = world.core;
  await Promise.all([1, 2, 3].map(() => warnOfNextCertificate({ database, outbox })));
  const rows = await query<{ sealed: string }>('DELETE FROM queued_mails RETURNING sealed');
  const mails = await Promise.all(rows.map(async ({ sealed }) => sealer.open(sealed, 'mail')));
  return mails.map((mail) => JSON.parse(mail)).toSorted((a: Mail, b: Mail) => a.to.localeCompare(b.to));
}

test('whoever may renew our key pair, which takes every permission, is told 30, 7 and 1 days before it ends', async () => {
  const give = async (userName: string, name: string, permissions: readonly string[]) => {
    const { role } = await run<{ role: { id: string } }>(account.admin, createRole, { name, permissions });
    const { id: userId } = await newUser(account.idp, { userName });
    await run(account.admin, grantRole, { userId, roleId: role.id });
  };
  await give('keeper@example.com', 'Keeper', accountPermissions);
  await give('clerk@example.com', 'Clerk', ['sign-in:read', 'sign-in:write']);
  await run(account.admin, createSignInConnection, signInConnectionInput('By OpenID Connect'));
  const id = await newSamlConnection(account.admin, { name: 'Contoso\nLtd' });
  const told = async (days: number) => (await toldWithin(days, id)).map(({ to }) => to);
  const both = [account.adminEmail, 'keeper@example.com'].toSorted();
  expect(await told(31)).toEqual([]);
  const [mail, ...others] = await toldWithin(29, id);
  expect(others).toHaveLength(1);
  expect(mail).toMatchObject({
    subject: expect.stringContaining('certificate of the sign-in connection Contoso Ltd of'),
    text: expect.stringContaining(`\nhttps://admin.rollcall.test/sign-in-settings/${id}\n`),
  });
  expect(await told(8), 'it was told').toEqual([]);
  expect(await told(6)).toEqual(both);
  await run(account.admin, updateSignInConnection, { id, enabled: false });
  expect(await told(0.9), 'nobody signs in by it').toEqual([]);
  await run(account.admin, updateSignInConnection, { id, enabled: true });
  expect(await told(0.8)).toEqual(both);
  expect(await told(-1), 'it has ended').toEqual([]);

  const newer = await renewedKeyPair(account.admin, id);
  expect(await told(0.7), 'it was told, and signs still').toEqual([]);
  await run(account.admin, switchSamlKeyPair, newer);
  const [renewed] = await query<{ years: number }>(
    `SELECT extract(year FROM age(own_certificate_expires_at, now()))::int AS years FROM sign_in_connections WHERE id = $1`,
    id,
  );
  expect(renewed?.years).toBeGreaterThanOrEqual(9);
  expect(await told(29), 'another certificate is told of anew').toEqual(both);
});
