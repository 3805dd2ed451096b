import { type OpenIdProvider, startOpenIdProvider } from '@rollcall/testkit/openid-provider';
import { startSamlProvider } from '@rollcall/testkit/saml-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
let provider: OpenIdProvider;
beforeAll(async () => {
  provider = await startOpenIdProvider();
  world = await openAdminWorld({ ALLOWED_PRIVATE_HOSTS: 'localhost' });
});
afterAll(async () => {
  await world.close();
  await provider.close();
});

test('an admin sets up a provider in its words, tests it, and signs nobody in by that', async () => {
  await world.account.provision(
    { userName: 'eve@example.com', displayName: 'Eve Single', externalId: 'eve' },
    world.serverOrigin,
  );
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.goto('/sign-in-settings');
  await page.getByText('People sign in with a password').waitFor();
  await page.getByRole('link', { name: 'Add a connection' }).first().click();
  await page.getByRole('button', { name: /Another provider/ }).click();
  const redirectUri = (await page.getByText(/\/callback$/).textContent()) ?? '';
  const client = { client_id: 'rollcall', client_secret: 'a secret of the client' };
  provider.register({ ...client, redirect_uris: [redirectUri] });

  await page.getByLabel('Name').fill('Contoso');
  await page.getByLabel('Issuer', { exact: true }).fill('http://localhost:9');
  await page.getByText(/localhost:9 can't be reached/).waitFor();
  await page.getByLabel('Issuer', { exact: true }).fill(provider.issuer);
  await page.getByText(/answers as a provider of OpenID Connect/).waitFor();
  await page.getByLabel('Client ID').fill(client.client_id);
  await page.getByRole('textbox', { name: 'Client secret' }).fill(client.client_secret);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Choose the connection whose external ids are compared').waitFor();
  await page.getByRole('combobox', { name: 'Whose external ids' }).click();
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Contoso', level: 1 }).waitFor();

  provider.person = { sub: 'eve', groups: ['staff'] };
  await page.getByRole('link', { name: 'Test', exact: true }).click();
  const result = page.getByRole('region', { name: 'Test' });
  await result.getByText('They would come in with', { exact: false }).waitFor();
  expect(await result.textContent()).toContain('Eve Single');
  expect(await result.textContent()).toContain('["staff"]');
  await page.getByText('Nobody has signed in here yet').waitFor();

  const events = page.getByRole('region', { name: 'Security events' });
  await events.getByRole('button', { name: 'Set up a stream' }).click();
  await page.getByLabel('Issuer of the transmitter').fill('nonsense');
  await page.getByRole('button', { name: 'Save' }).last().click();
  await page.getByText(/^Is no /).waitFor();
  await page.getByLabel('Issuer of the transmitter').fill('https://signals.example.com');
  await page.getByRole('button', { name: 'Save' }).last().click();
  const secret = await page.getByTestId('secret').textContent();
  expect(secret).toMatch(/^rc_signals_/);
  await page.getByLabel('I have kept the secret').check();
  await page.getByRole('button', { name: 'Done' }).click();
  await events.getByText('Waiting for the first event').waitFor();
  await events.getByText(`ends in …${secret?.trim().slice(-4)}`).waitFor();
  await events.getByRole('button', { name: 'Actions for the stream of security events' }).click();
  await page.getByRole('menuitem', { name: 'End the stream' }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await events.getByRole('button', { name: 'Set up a stream' }).waitFor();
  await page.getByRole('button', { name: 'Actions for Contoso' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByText('Nobody is linked by it yet.').waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('People sign in with a password').waitFor();
  await page.context().close();
});

test('an admin sets up a provider of SAML by its metadata, and tests it', async () => {
  const saml = await startSamlProvider();
  await world.account.provision(
    { userName: 'sam@example.com', displayName: 'Sam Single', externalId: 'sam' },
    world.serverOrigin,
  );
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.goto('/sign-in-settings/new?preset=GENERIC');
  await page.getByText('SAML 2.0', { exact: true }).click();
  await page.getByText(/\/acs$/).waitFor();
  const entityId = (await page.getByText(/\/metadata$/).textContent()) ?? '';
  await page.getByLabel('Name').fill('Fabrikam');
  await page.getByRole('combobox', { name: 'Whose external ids' }).click();
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Copy it from the provider').waitFor();
  await page.getByLabel('Metadata URL').fill(saml.metadataUrl.replace(/metadata$/, 'nothing'));
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText(/^It answers 404/).waitFor();
  await page.getByLabel('Metadata URL').fill(saml.metadataUrl);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Fabrikam', level: 1 }).waitFor();
  expect(await page.getByRole('link', { name: 'Open our metadata' }).getAttribute('href')).toBe(entityId);

  saml.register(await (await fetch(entityId)).text());
  saml.person = { nameId: 'sam', attributes: { groups: ['Sales'] } };
  await page.getByRole('link', { name: 'Test', exact: true }).click();
  const result = page.getByRole('region', { name: 'Test' });
  await result.getByText('They would come in with', { exact: false }).waitFor();
  expect(await result.textContent()).toContain('Sam Single');
  expect(await result.textContent()).toContain('["Sales"]');
  await page.getByText('Nobody has signed in here yet').waitFor();
  await saml.close();
});

test('whom a second factor is asked from is decided knowing that one has none oneself', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.goto('/sign-in-settings');
  const policy = page.getByRole('region', { name: 'Second factors' });
  await policy.getByRole('radio', { name: 'Everybody who signs in with a password' }).check();
  await policy.getByRole('button', { name: 'Save' }).click();
  await policy.getByText('You have no second factor yourself').waitFor();
  expect(await policy.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await policy.getByRole('checkbox', { name: 'I set one up when I sign in the next time' }).check();
  await policy.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^The policy is saved/).waitFor();
  await page.reload();
  expect(
    await policy.getByRole('radio', { name: 'Everybody who signs in with a password' }).isChecked(),
  ).toBe(true);
  await policy.getByRole('radio', { name: 'Whoever has set one up' }).check();
  await policy.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The policy is saved', { exact: true }).waitFor();
});
