import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
let page: Page;
let cyId: string;
beforeAll(async () => {
  world = await openAdminWorld();
  const { account, serverOrigin } = world;
  await account.mutate(
    'mutation ($input: UpdateOrgStructureInput!) { updateOrgStructure(input: $input) { orgStructure { createTeams } } }',
    { createTeams: 'DEPARTMENT' },
  );
  const sales = { department: 'Sales' };
  cyId = await account.provision(
    { userName: 'cy@example.com', displayName: 'Cy Report', ...sales },
    serverOrigin,
  );
  await account.provision(
    { userName: 'di@example.com', displayName: 'Di Deep', manager: cyId, ...sales },
    serverOrigin,
  );
  page = await world.newPage();
  await signIn(page, account);
});
afterAll(() => world?.close());

const act = async (name: string, item: string) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return page.getByRole('dialog');
};

test('who is to be deactivated: first what would change, then it does; and back again without a mouse', async () => {
  await page.goto(`/people/${cyId}`);
  const teams = page.getByRole('region', { name: 'Teams' });
  await teams.getByRole('link', { name: 'Sales' }).waitFor();
  const dialog = await act('Cy Report', 'Deactivate');
  const changes = dialog.getByRole('region', { name: 'What would change' });
  await changes.getByText('Leaves the team Sales').waitFor();
  await changes.getByText('1 person goes on reporting to them').waitFor();
  await dialog.getByRole('button', { name: 'Keep active' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await teams.getByRole('link', { name: 'Sales' }).count()).toBe(1);

  await act('Cy Report', 'Deactivate');
  await changes.waitFor();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText('Cy Report is deactivated').waitFor();
  await page.getByText('Inactive', { exact: true }).waitFor();
  await teams.getByText('In no team.').waitFor();

  await page.getByRole('button', { name: 'Actions for Cy Report' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'End sessions' }).waitFor();
  const reactivate = page.locator('[role=menuitem]:focus').filter({ hasText: 'Reactivate' });
  while ((await reactivate.count()) === 0) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Reactivate Cy Report?' }).waitFor();
  await changes.getByText('Joins the team Sales').waitFor();
  await page.locator(':focus').filter({ hasText: 'Leave as is' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Cy Report is active again').waitFor();
  await teams.getByRole('link', { name: 'Sales' }).waitFor();
});

test('the last admin is neither deactivated nor without the role, and is told the way out', async () => {
  await page.goto('/people');
  await page.getByRole('link', { name: 'Ada Admin' }).click();
  const dialog = await act('Ada Admin', 'Deactivate');
  const refusal = dialog.getByRole('alert').filter({ hasText: 'This is the last active admin' });
  await refusal.getByRole('link', { name: 'Choose another admin' }).waitFor();
  expect(await dialog.getByRole('button', { name: 'Deactivate' }).isDisabled()).toBe(true);
  await dialog.getByText('Close').click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Take back admin' }).click();
  await refusal.waitFor();
  expect(await dialog.getByRole('button', { name: 'Take back' }).isDisabled()).toBe(true);
  await dialog.getByText('Close').click();
  await dialog.waitFor({ state: 'hidden' });
});

test('whoever takes their own role or access reads what they lose by it', async () => {
  const role = page.getByRole('region', { name: 'Roles' }).getByRole('link', { name: 'admin' });
  const roleId = (await role.getAttribute('href'))?.split('/').at(-1);
  await world.account.mutate('mutation ($input: RoleGrantInput!) { grantRole(input: $input) { changed } }', {
    userId: cyId,
    roleId,
  });
  await page.getByRole('button', { name: 'Take back admin' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take back admin?' });
  await dialog.getByText(/From then on you may no longer: .*change people/).waitFor();
  const changes = dialog.getByRole('region', { name: 'What would change' });
  await changes.getByText('Loses the role admin').waitFor();
  await changes.getByText('Has the role user').waitFor();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const deactivation = await act('Ada Admin', 'Deactivate');
  await deactivation.getByText('This is you').waitFor();
  await deactivation.getByText('1 session ends').waitFor();
  await deactivation.getByRole('button', { name: 'Keep active' }).click();
});
