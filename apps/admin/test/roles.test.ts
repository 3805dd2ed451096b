import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';
import { ownIds } from './world/steps.ts';

let world: AdminWorld;
let page: Page;
let cyId: string;
beforeAll(async () => {
  world = await openAdminWorld();
  const { account, serverOrigin } = world;
  cyId = await account.provision({ userName: 'cy@example.com', displayName: 'Cy Report' }, serverOrigin);
  await account.push('Management', [cyId]);
  page = await world.newPage();
  await signIn(page, account);
});
afterAll(() => world?.close());

const rolesOf = (of: Page) => of.getByRole('region', { name: 'Roles' });

/** Opens the roles of a group, and picks one there or takes it out. */
async function switchRole(group: string, role: string): Promise<void> {
  await page.getByRole('button', { name: `Change the roles of ${group}` }).click();
  const dialog = page.getByRole('dialog', { name: `Roles of ${group}` });
  await dialog.getByRole('checkbox', { name: role }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test('a pushed group is mapped to a role, its member’s page shows why, and unmapping takes it away', async () => {
  const person = await world.newPage();
  await signIn(person, world.account);
  await person.goto(`/people/${cyId}`);
  await rolesOf(person).getByText('Default role of the account').waitFor();

  await page.goto('/group-mapping');
  const row = page.getByRole('row').filter({ hasText: 'Management' });
  await row.getByText('none').waitFor();
  await switchRole('Management', 'admin');
  await row.getByText('admin', { exact: true }).waitFor();

  const chain = rolesOf(person).getByRole('list').filter({ hasText: 'Mapped by Ada Admin' }).last();
  await chain.waitFor();
  const captions = await chain.getByRole('listitem').allInnerTexts();
  expect(captions.map((text) => text.split('\n')[0])).toEqual([
    'Group',
    'Mapping',
    'Connection',
    'Request',
    'Since',
    'By',
  ]);
  await rolesOf(person)
    .getByText(/^Leaving the group Management takes it away/)
    .waitFor();

  await row.getByRole('link', { name: 'admin' }).click();
  await page.getByRole('heading', { name: 'Management gives admin' }).waitFor();
  const mapping = page.getByRole('region', { name: 'Mapping' }).getByRole('listitem');
  expect((await mapping.allInnerTexts()).map((text) => text.split('\n').slice(0, 2))).toEqual([
    ['Group', 'Management'],
    ['Mapping', 'Mapped by Ada Admin'],
    ['Connection', expect.any(String)],
    ['Role', 'admin'],
    ['Concerns', 'One person'],
  ]);
  const concerned = page.getByRole('region', { name: 'Who has admin by it' });
  await concerned.getByRole('link', { name: 'Cy Report' }).waitFor();
  await page.goBack();

  await switchRole('Management', 'admin');
  await row.getByText('none').waitFor();
  await rolesOf(person).getByText('Default role of the account').waitFor();
  await person.close();
});

test('a group is named before it is pushed, and says what to do until then', async () => {
  await page.goto('/group-mapping');
  await page.getByRole('button', { name: 'Add a group by name' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a group by name' });
  await dialog.getByLabel('Group name').fill('Sales');
  await dialog.getByRole('checkbox', { name: 'user' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Sales' });
  await row.getByText('Not pushed yet').waitFor();
  await page.getByRole('heading', { name: /^Push a group from/ }).waitFor();

  await world.account.push('SALES', [cyId]);
  await page.getByText('Not pushed yet').waitFor({ state: 'hidden' });
  await row.getByText('user', { exact: true }).waitFor();
});

test('naming a group that has roles already replaces none of them, and leads to it', async () => {
  await page.goto('/group-mapping');
  await page.getByRole('button', { name: 'Add a group by name' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a group by name' });
  await dialog.getByLabel('Group name').fill('sales');
  await dialog.getByRole('checkbox', { name: 'admin' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('A group of this name has roles already').waitFor();
  await dialog.getByRole('button', { name: 'Show sales' }).click();
  const row = page.getByRole('row').filter({ hasText: 'SALES' });
  await row.getByText('user', { exact: true }).waitFor();
  expect(await row.getByText('admin', { exact: true }).count()).toBe(0);
  await page.getByRole('row').filter({ hasText: 'Management' }).waitFor({ state: 'detached' });
});

test('a change that takes the own access is asked about first', async () => {
  const { account } = world;
  const { ownId, adminRoleId } = await ownIds(page);
  await account.grant(cyId, adminRoleId);
  await account.push('Owners', [ownId]);
  await page.goto('/group-mapping');
  await switchRole('Owners', 'admin');
  await page.goto(`/people/${ownId}`);
  await page.getByRole('button', { name: 'Take back admin' }).click();
  const question = page.getByRole('dialog', { name: 'Take back admin?' });
  await question.getByText('Ada Admin keeps the role admin by Owners.').waitFor();
  await question.getByRole('button', { name: 'Take back' }).click();
  await question.waitFor({ state: 'hidden' });

  await page.goto('/group-mapping');
  await page.getByRole('button', { name: 'Change the roles of Owners' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roles of Owners' });
  await dialog.getByRole('checkbox', { name: 'admin' }).uncheck();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('This takes your own access').waitFor();
  await dialog.getByRole('button', { name: 'Save, and lose my access' }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('row').filter({ hasText: 'Owners' }).getByText('admin', { exact: true }).waitFor();
});

test('a role is created, granted, edited and deleted; what the server refuses stands at the field', async () => {
  await page.goto('/roles');
  await page.getByRole('button', { name: 'Create a role' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a role' });
  await dialog.getByLabel('Name').fill('Admin');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('This account has a role of that name already').waitFor();
  await dialog.getByLabel('Name').fill('Help desk');
  await dialog.getByRole('checkbox', { name: 'Change people' }).check();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Help desk' }).waitFor();
  await page.getByRole('region', { name: 'May' }).getByText('Change people').waitFor();

  await page.getByRole('button', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit Help desk' });
  await edit.getByLabel('Description').fill('Helps people who forgot something');
  await edit.getByRole('checkbox', { name: 'Change people' }).uncheck();
  await edit.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Helps people who forgot something').waitFor();
  await page.getByRole('region', { name: 'May' }).getByText('Change people').waitFor({ state: 'hidden' });

  await page.goto(`/people/${cyId}`);
  await page.getByRole('button', { name: 'Give a role' }).click();
  const give = page.getByRole('dialog', { name: 'Give Cy Report a role' });
  await give.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'view-only' }).click();
  await give.getByText('The role view-only never combines with another').waitFor();
  expect(await give.getByRole('button', { name: 'Give the role' }).isDisabled()).toBe(true);
  await give.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Help desk' }).click();
  const changes = give.getByRole('region', { name: 'What would change' });
  await changes.getByText('Has the role Help desk').waitFor();
  await give.getByRole('button', { name: 'Give the role' }).click();
  // They are an admin by hand already.
  await rolesOf(page).getByText('Given by hand').nth(1).waitFor();

  await rolesOf(page).getByRole('link', { name: 'Help desk' }).click();
  await page.getByRole('region', { name: 'People' }).getByRole('link', { name: 'Cy Report' }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: 'Delete Help desk?' });
  await question.getByText('1 person loses the role at once').waitFor();
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Roles', exact: true }).waitFor();
  await page.getByRole('row').filter({ hasText: 'Help desk' }).waitFor({ state: 'detached' });
});

test('the default roles are changed, and view-only beside another is refused', async () => {
  await page.goto('/roles');
  await page.getByRole('button', { name: 'Change the default roles' }).click();
  const dialog = page.getByRole('dialog', { name: 'Default roles' });
  const role = (name: string) => dialog.getByRole('checkbox', { name });
  await role('view-only').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('The role view-only never combines with another').waitFor();
  await role('user').uncheck();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Whoever was granted no role has view-only').waitFor();
});
