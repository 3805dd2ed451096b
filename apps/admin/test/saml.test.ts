import { X509Certificate } from 'node:crypto';
import { makeKeyPair } from '@rollcall/testkit/key-pair';
import { type SamlProvider, startSamlProvider } from '@rollcall/testkit/saml-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
let provider: SamlProvider;
let connection: { readonly id: string; readonly redirectUri: string };
beforeAll(async () => {
  provider = await startSamlProvider();
  world = await openAdminWorld({ ALLOWED_PRIVATE_HOSTS: 'localhost' });
  connection = await world.account.connectProvider({
    name: 'Contoso',
    protocol: 'SAML',
    groupsClaim: 'groups',
    saml: { metadataUrl: provider.metadataUrl },
  });
  provider.register(await ourMetadata());
  await world.account.provision(
    { userName: 'eve@example.com', displayName: 'Eve Single', externalId: 'eve' },
    world.serverOrigin,
  );
});
afterAll(async () => {
  await world.close();
  await provider.close();
});

/** What a provider reads of us. */
const ourMetadata = async () => (await fetch(connection.redirectUri.replace(/acs$/, 'metadata'))).text();

test('somebody signs in by SAML with their groups, by a form that the provider has the browser post', async () => {
  provider.person = { nameId: 'eve', attributes: { groups: ['Sales', 'Marketing'] } };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}&next=/people`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  await page.waitForURL(`${world.origin}/people`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const cookies = await page.context().cookies(world.origin);
  expect(cookies.find(({ name }) => name.includes('session'))).toMatchObject({
    sameSite: 'Lax',
    httpOnly: true,
  });
  await page.context().close();
});

test('whom nothing links is told so in words', async () => {
  provider.person = { nameId: 'mallory', attributes: {} };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  await page.getByRole('alert').filter({ hasText: 'nobody here is linked to you yet' }).waitFor();
  await page.context().close();
});

test('an admin renews our key pair: both certificates are in our metadata until one is retired', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.goto(`/sign-in-settings/${connection.id}`);
  const ours = page.getByRole('region', { name: 'Our certificate' });
  const shown = ours.getByRole('group', { name: /^Certificate / });
  const published = async () => (await ourMetadata()).match(/use="encryption"/g)?.length;
  const confirm = (act: string) => page.getByRole('dialog').getByRole('button', { name: act }).click();
  await ours.getByRole('button', { name: 'Renew' }).click();
  await confirm('Renew');
  await ours.getByText('Have the provider read our metadata again').waitFor();
  expect([await shown.count(), await published()]).toEqual([2, 2]);
  await ours.getByRole('button', { name: 'Sign with it' }).click();
  await confirm('Sign with it');
  await ours.getByText('We sign with the new one').waitFor();
  await ours.getByRole('button', { name: 'Retire it' }).click();
  await confirm('Retire it');
  await ours.getByRole('button', { name: 'Renew' }).waitFor();
  expect([await shown.count(), await published()]).toEqual([1, 1]);
  await page.context().close();
});

test('an admin sees how the metadata of the provider are read, and changes its certificates by a file', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.goto(`/sign-in-settings/${connection.id}`);
  const theirs = page.getByRole('region', { name: 'Certificates of the provider' });
  const shown = theirs.getByRole('group', { name: /^Certificate / });
  await theirs.getByText(`Read once a day from ${provider.metadataUrl}`).waitFor();
  await provider.close();
  await theirs.getByRole('button', { name: 'Refresh now' }).click();
  await theirs.getByText('The metadata were not taken').waitFor();
  await theirs.getByText(/can't be reached/).waitFor();
  expect(await shown.count()).toBe(1);

  const next = new X509Certificate((await makeKeyPair()).certificate);
  await theirs.getByRole('button', { name: 'Add a certificate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Certificate', { exact: true }).fill('nonsense');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByText(/is no certificate: copy it as PEM/).waitFor();
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'next.cer', mimeType: 'application/x-x509-ca-cert', buffer: next.raw });
  await dialog.getByText(/no longer read from/).waitFor();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await theirs.getByRole('group', { name: `Certificate ${next.fingerprint256}` }).waitFor();
  expect(await shown.count()).toBe(2);
  expect(await theirs.getByRole('button', { name: 'Refresh now' }).count()).toBe(0);
  await shown
    .first()
    .getByRole('button', { name: /^Remove / })
    .click();
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await expect.poll(() => shown.count()).toBe(1);
  await theirs.getByRole('group', { name: `Certificate ${next.fingerprint256}` }).waitFor();
  await page.context().close();
});
