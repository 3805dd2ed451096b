import { generateKeyPairSync } from 'node:crypto';
import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await openAdminWorld();
});
afterAll(() => world?.close());

/** Reads the secret, tries to leave without keeping it, then keeps it. */
async function takeSecret(page: Page): Promise<string> {
  const panel = page.getByRole('dialog', { name: 'The new secret' });
  const secret = (await panel.getByTestId('secret').textContent()) ?? '';
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  expect(await panel.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
  await panel.getByLabel('I have kept the secret').check();
  await panel.getByRole('button', { name: 'Done' }).click();
  await panel.waitFor({ state: 'hidden' });
  return secret.trim();
}

async function opens(secret: string): Promise<boolean> {
  const response = await fetch(`${world.serverOrigin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: '{"query":"{ users(first: 1) { totalCount } }"}',
  });
  return (await response.json()).data?.users.totalCount > 0;
}

test('a token is issued, rotated and revoked; each secret is seen once', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.goto('/tokens');
  await page.getByRole('button', { name: 'Issue a token' }).click();
  await page.getByText('For an internal tool').click();
  await page.getByLabel('Name').fill('Warehouse');
  await page.getByRole('button', { name: 'Issue the token' }).click();
  const first = await takeSecret(page);
  expect(first).toMatch(/^rc_api_/);
  expect(await opens(first)).toBe(true);

  const row = page.getByRole('row').filter({ hasText: 'Warehouse' });
  await row.getByRole('button', { name: 'Actions for Warehouse' }).click();
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  await page.getByText('At once').click();
  await page.getByRole('button', { name: 'Rotate' }).click();
  const second = await takeSecret(page);
  expect(second).not.toBe(first);
  expect([await opens(first), await opens(second)]).toEqual([false, true]);

  await page.reload();
  await row.waitFor();
  const shown = await page.content();
  expect([first, second].filter((secret) => shown.includes(secret))).toEqual([]);

  await row.getByRole('button', { name: 'Actions for Warehouse' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.filter({ hasText: 'Revoked' }).waitFor();
  expect(await opens(second)).toBe(false);
});

test('whoever may change no tokens issues one that acts for them, and revokes it', async () => {
  const [email, password] = ['cy@example.com', 'correct horse battery'];
  await world.account.mutate(
    'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
    {
      userName: email,
      displayName: 'Cy Report',
      password,
    },
  );
  const page = await world.newPage();
  await signIn(page, { email, password });
  await page.goto('/profile');
  const own = page.getByRole('region', { name: 'Your API tokens' });
  await own.getByRole('button', { name: 'Issue a token' }).click();
  await page.getByRole('button', { name: 'Issue the token' }).click();
  await page.getByText('Name it after what will use it').waitFor();
  const form = page.getByRole('dialog');
  expect(await form.getByRole('checkbox', { name: 'Change tokens' }).count()).toBe(0);
  expect(await form.getByText('Never').count()).toBe(0);
  await page.getByLabel('Name').fill('Laptop');
  await page.getByText('30 days').click();
  await page.getByRole('button', { name: 'Issue the token' }).click();
  const secret = await takeSecret(page);
  expect(await opens(secret)).toBe(true);
  await own.getByRole('row').filter({ hasText: 'Laptop' }).getByText('Expires soon').waitFor();
  await own.getByRole('button', { name: 'Revoke Laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await own.getByRole('row').filter({ hasText: 'Laptop' }).waitFor({ state: 'hidden' });
  expect(await opens(secret)).toBe(false);
});

test('a program is let in by its public keys, gets others, and is let in no more', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.goto('/tokens');
  const clients = page.getByRole('region', { name: 'OAuth clients' });
  await clients.getByText(/\/oauth\/token$/).waitFor();
  await clients.getByRole('button', { name: 'Add a client' }).click();
  await page.getByLabel('Name').fill('Provisioner');
  await page.getByText('Paste them').click();
  await page.getByLabel('JWK Set').fill('{"keys": []}');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Is no JWK Set of 1 to 10 keys').waitFor();
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await page.getByLabel('JWK Set').fill(JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const row = clients.getByRole('row').filter({ hasText: 'Provisioner' });
  await row.getByText('One key').waitFor();
  await row.getByRole('button', { name: 'Actions for Provisioner' }).click();
  await page.getByRole('menuitem', { name: 'Replace the keys' }).click();
  await page.getByText('At an address').click();
  await page.getByLabel('JWKS URL').fill('https://keys.example.com/jwks.json');
  await page.getByRole('button', { name: 'Replace' }).click();
  await row.getByText('https://keys.example.com/jwks.json').waitFor();
  await row.getByRole('button', { name: 'Actions for Provisioner' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.waitFor({ state: 'hidden' });
});

test('a token that expires soon is told where an admin looks, and leads to those that do', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  await page.waitForLoadState('networkidle');
  const notice = page.getByRole('note');
  expect(await notice.count()).toBe(0);
  const issue = (name: string, days: number) =>
    world.account.mutate(
      'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { token { id } } }',
      { kind: 'SCIM', name, expiresAt: new Date(Date.now() + days * 86_400_000).toISOString() },
    );
  await issue('Nightly', 12.5);
  await notice.getByRole('link', { name: 'The token Nightly expires in 12 days' }).waitFor();
  await issue('Weekly', 5.5);
  await notice.getByRole('link', { name: '2 tokens expire within 30 days, Weekly first, in 5 days' }).click();
  await page.getByRole('row').filter({ hasText: 'Weekly' }).getByText('Expires soon').waitFor();
  const names = await page.locator('tbody tr td:first-child p:first-child').allTextContents();
  expect(names).toEqual(['Weekly', 'Nightly']);
});
