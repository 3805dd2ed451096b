import { readFile } from 'node:fs/promises';
import { type OpenIdProvider, startOpenIdProvider } from '@rollcall/testkit/openid-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';
import { ask, ownIds } from './world/steps.ts';

let world: AdminWorld;
let provider: OpenIdProvider;
let redirectUri: string;
let eveId: string;
beforeAll(async () => {
  provider = await startOpenIdProvider();
  world = await openAdminWorld({ ALLOWED_PRIVATE_HOSTS: 'localhost' });
  ({ redirectUri } = await world.account.connectProvider({
    name: 'Contoso',
    issuer: provider.issuer,
    clientId: 'rollcall',
    clientSecret: 'a secret of the client',
    groupsClaim: 'groups',
  }));
  provider.register({
    client_id: 'rollcall',
    client_secret: 'a secret of the client',
    redirect_uris: [redirectUri],
  });
  eveId = await world.account.provision(
    { userName: 'eve@example.com', displayName: 'Eve Single', externalId: 'eve' },
    world.serverOrigin,
  );
});
afterAll(async () => {
  await world.close();
  await provider.close();
});

test('somebody signs in at their identity provider, without a password and without a mouse', async () => {
  provider.person = { sub: 'eve' };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}&next=/people`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${world.origin}/people`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.context().close();
});

test('whom the provider does not let in is told in words, with the request, and can use a password', async () => {
  provider.person = null;
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Your identity provider did not sign you in' });
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/Request/);
  await page.getByLabel('E-mail').fill(world.account.email);
  await page.getByRole('button', { name: 'Use a password' }).click();
  await page.getByLabel('Password', { exact: true }).fill(world.account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/activity');
  await page.context().close();
});

test('a password can be used before anything is asked of an address, wherever that would lead', async () => {
  const page = await world.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(world.account.email);
  await page.getByRole('button', { name: 'Use a password' }).click();
  await page.getByLabel('Password', { exact: true }).fill(world.account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/activity');
  await page.context().close();
});

test('what takes a proof of late is proven at the provider, from where one comes back to the same page', async () => {
  provider.person = { sub: 'eve' };
  provider.signedInAt = Math.floor(Date.now() / 1000) - 3600;
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}&next=/profile`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  await page.getByRole('button', { name: 'Set up an app' }).click();
  const dialog = page.getByRole('dialog', { name: 'Is it you?' });
  await dialog.getByText('You come back to this page').waitFor();
  await dialog.getByRole('button', { name: 'Go there' }).click();
  await page.getByText('did not ask you anew').waitFor();
  provider.signedInAt = undefined;
  await page.getByRole('button', { name: 'Set up an app' }).click();
  await dialog.getByRole('button', { name: 'Go there' }).click();
  await page.getByText('It is proven that it is you').waitFor();
  await page.waitForURL(`${world.origin}/profile`);
  await page.getByRole('button', { name: 'Set up an app' }).click();
  await page.getByRole('dialog', { name: 'Set up an authenticator app' }).waitFor();
  await page.context().close();
});

test('a sign-in that another site began goes on only when somebody wants it', async () => {
  provider.person = { sub: 'eve' };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  await page.waitForURL('**/activity');
  const id = new URL(redirectUri).pathname.split('/').at(-2);
  await page.goto(`/sign-in?confirm=${id}&next=/people`);
  await page.getByRole('status').filter({ hasText: 'Another site sent you here' }).waitFor();
  await page.getByRole('link', { name: 'Go on to sign in' }).click();
  await page.waitForURL(`${world.origin}/people`);
  await page.context().close();
});

/** Eve signs in at the provider, which sends these groups. */
async function eveSignsIn(...groups: string[]): Promise<void> {
  provider.person = { sub: 'eve', groups };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}&next=/people`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  await page.waitForURL(`${world.origin}/people`);
  await page.context().close();
}

test('a group that came with a sign-in is mapped and adds its role at the next one, and the switch to SCIM erases what it shows', async () => {
  await eveSignsIn('staff');
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.goto('/group-mapping');
  await page.getByRole('tab', { name: 'SSO' }).click();
  await page.waitForURL('**/group-mapping?tab=sso');
  await page.getByRole('button', { name: 'Change the roles of staff' }).click();
  const roles = page.getByRole('dialog', { name: 'Roles of staff' });
  await roles.getByRole('checkbox', { name: 'admin' }).check();
  await roles.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row').filter({ hasText: 'staff' }).getByText('admin', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Add a group' }).click();
  const added = page.getByRole('dialog', { name: 'Add a group' });
  await added.getByLabel('Group').fill('Night shift');
  await added.getByRole('checkbox', { name: 'user' }).check();
  await added.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row').filter({ hasText: 'Night shift' }).getByText('Not seen yet').waitFor();

  await page.goto(`/people/${eveId}`);
  const theirs = page.getByRole('region', { name: 'Roles' });
  await theirs.getByText('Default role of the account').waitFor();
  await eveSignsIn('staff');
  const chain = theirs.getByRole('list').filter({ hasText: 'Sent when they signed in' }).last();
  await chain.waitFor();
  const captions = await chain.getByRole('listitem').allInnerTexts();
  expect(captions.map((text) => text.split('\n')[0])).toEqual(['Group', 'Sign-in', 'Request', 'Since', 'By']);
  await page.goto('/group-mapping?tab=sso');
  await page.getByRole('row').filter({ hasText: 'staff' }).getByRole('link', { name: 'admin' }).click();
  await page.getByRole('heading', { name: 'staff gives admin' }).waitFor();
  const concerned = page.getByRole('region', { name: 'Who has admin by it' });
  await concerned.getByRole('link', { name: 'Eve Single' }).waitFor();

  await page.goto('/group-mapping/role-source');
  await page.getByText('First have a group give the role admin').waitFor();
  const { ownId, adminRoleId } = await ownIds(page);
  const teamId = await world.account.push('Owners', [ownId]);
  const roleIds = [adminRoleId];
  await ask(page, 'mutation ($input: SetGroupRolesInput!) { setGroupRoles(input: $input) { changed } }', {
    teamId,
    roleIds,
  });
  const erased = page.getByRole('region', { name: '1. What would be erased for good' });
  await erased.getByText('2 grants of 2 people').waitFor();
  await erased.getByRole('row').filter({ hasText: 'Eve Single' }).getByText('Sign-in with staff').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    erased.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  expect(await readFile(await file.path(), 'utf8')).toContain(',Eve Single,admin,SSO_MAPPING,');
  const erase = page.getByRole('button', { name: 'Erase 2 grants and switch to SCIM' });
  await page.getByLabel('Type 2 to erase 2 grants').fill('3');
  expect(await erase.isDisabled()).toBe(true);
  await page.getByLabel('Type 2 to erase 2 grants').fill('2');
  await erase.click();
  await page.getByRole('region', { name: 'Roles come from SCIM alone' }).waitFor();

  await page.goto(`/people/${eveId}`);
  await theirs.getByText('Come from SCIM alone').waitFor();
  await theirs.getByText('Default role of the account').waitFor();
  await page.goto('/group-mapping/role-source');
  await page.getByRole('button', { name: 'Let roles come by hand again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch back' }).click();
  await erased.getByText('Nothing: every role comes by SCIM or by default already.').waitFor();
  await page.context().close();
});
