import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';
import { act, ownIds } from './world/steps.ts';

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

test('who is to be deactivated: first what would change, then it does; and back again without a mouse', async () => {
  await page.goto(`/people/${cyId}`);
  const teams = page.getByRole('region', { name: 'Teams' });
  await teams.getByRole('link', { name: 'Sales' }).waitFor();
  const dialog = await act(page, 'Cy Report', 'Deactivate');
  const changes = dialog.getByRole('region', { name: 'What would change' });
  await changes.getByText('Leaves the team Sales').waitFor();
  await changes.getByText('1 person goes on reporting to them').waitFor();
  await dialog.getByRole('button', { name: 'Keep active' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await teams.getByRole('link', { name: 'Sales' }).count()).toBe(1);

  await act(page, 'Cy Report', 'Deactivate');
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
  const dialog = await act(page, 'Ada Admin', 'Deactivate');
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
  const { adminRoleId } = await ownIds(page);
  await world.account.grant(cyId, adminRoleId);
  await page.getByRole('button', { name: 'Take back admin' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take back admin?' });
  await dialog.getByText(/From then on you may no longer: .*change people/).waitFor();
  const changes = dialog.getByRole('region', { name: 'What would change' });
  await changes.getByText('Loses the role admin').waitFor();
  await changes.getByText('Has the role user').waitFor();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const deactivation = await act(page, 'Ada Admin', 'Deactivate');
  await deactivation.getByText('This is you').waitFor();
  await deactivation.getByText('1 session ends').waitFor();
  await deactivation.getByRole('button', { name: 'Keep active' }).click();
});

test('a sign-in is linked by hand and unlinked; what is taken already stands at the field', async () => {
  const { account } = world;
  await account.connectProvider({
    name: 'Contoso',
    issuer: 'https://login.example.com',
    clientId: 'rollcall',
    clientSecret: 'a secret of the client',
  });
  const linked = page.getByRole('region', { name: 'Linked sign-ins' });
  const linkAs = async (subject: string) => {
    await linked.getByRole('button', { name: 'Link by hand' }).click();
    const dialog = page.getByRole('dialog', { name: /^Link .* by hand$/ });
    await dialog.getByRole('combobox', { name: 'Sign-in connection' }).click();
    await page.getByRole('option', { name: 'Contoso' }).click();
    await dialog.getByLabel('Subject').fill(subject);
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    return dialog;
  };
  await page.goto(`/people/${cyId}`);
  await linked.getByText('Not linked yet.').waitFor();
  await linkAs('cy@login');
  await linked.getByText('cy@login').waitFor();
  await linked.getByText(/never used/).waitFor();

  await page.goto('/people');
  await page.getByRole('link', { name: 'Di Deep' }).click();
  const refused = await linkAs('cy@login');
  await refused.getByText('Is linked to somebody else. Unlink them first.').waitFor();

  await page.goto(`/people/${cyId}`);
  await linked.getByRole('button', { name: 'Unlink cy@login of Contoso' }).click();
  const question = page.getByRole('dialog', { name: 'Unlink Cy Report from Contoso?' });
  await question.getByRole('button', { name: 'Unlink' }).click();
  await linked.getByText('Not linked yet.').waitFor();
});

test('what a strict connection manages has a lock on each field, and what it would refuse says so', async () => {
  const { account, serverOrigin } = world;
  const id = await account.provision(
    { userName: 'max@example.com', externalId: 'max', displayName: 'Max Managed', title: 'Clerk' },
    serverOrigin,
  );
  await page.goto('/provisioning');
  await page.getByRole('switch', { name: 'is strict' }).press('Space');
  await page.getByRole('switch', { name: 'is strict', checked: true }).waitFor();
  await page.goto(`/people/${id}`);
  const employment = page.getByRole('region', { name: 'Employment' });
  const lock = employment.getByRole('link', { name: 'Managed by Identity provider' });
  await lock.focus();
  await page.getByRole('tooltip', { name: 'Managed by Identity provider' }).waitFor();
  const identity = page.getByRole('region', { name: 'Identity' });
  for (const [term, locks] of [
    ['User name', 1],
    ['Arrived', 0],
  ] as const) {
    const line = identity.locator('dl > div').filter({ hasText: term });
    expect(await line.getByRole('link', { name: 'Managed by Identity provider' }).count()).toBe(locks);
  }
  await page.getByRole('button', { name: 'Actions for Max Managed' }).click();
  for (const item of ['Deactivate', 'Send password reset']) {
    const refused = page.getByRole('menuitem', { name: `${item} (managed by Identity provider)` });
    expect(await refused.isDisabled()).toBe(true);
  }
  await page.keyboard.press('Escape');
});

test('a team is created, renamed, filled, led, emptied and deleted, each rehearsed before; what is refused stands at the field', async () => {
  const changes = page.getByRole('dialog').getByRole('region', { name: 'What would change' });
  await page.goto('/teams');
  await page.getByRole('button', { name: 'Create a team' }).click();
  const create = page.getByRole('dialog', { name: 'Create a team' });
  await create.getByLabel('Name').fill('sales');
  await create.getByText('There is a team of that name already').waitFor();
  await create.getByRole('button', { name: 'Create' }).click();
  await create.getByText('There is a team of that name already').waitFor();
  await create.getByLabel('Name').fill('Launch');
  await changes.getByText('Launch is created').waitFor();
  await create.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Launch' }).waitFor();

  await page.getByRole('button', { name: 'Actions for Launch' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const rename = page.getByRole('dialog', { name: 'Rename Launch' });
  await rename.getByLabel('Name').fill('Launch crew');
  await changes.getByText('Launch crew', { exact: true }).last().waitFor();
  await rename.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('heading', { name: 'Launch crew' }).waitFor();

  const members = page.getByRole('region', { name: 'Members' });
  await members.getByText('No one is in this team yet').waitFor();
  await page.getByRole('button', { name: 'Add people' }).focus();
  await page.keyboard.press('Enter');
  const add = page.getByRole('dialog', { name: 'Add people to Launch crew' });
  await add.getByRole('checkbox', { name: 'Di Deep' }).waitFor();
  await page.keyboard.type('cy rep');
  await add.getByRole('checkbox', { name: 'Di Deep' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await add.getByRole('button', { name: 'Add 1 person' }).waitFor();
  await changes.getByText('Launch crew has a new member, Cy Report').waitFor();
  await page.keyboard.press('Enter');
  await members.getByRole('link', { name: 'Cy Report' }).waitFor();

  const about = page.getByRole('region', { name: 'About' });
  const history = page.getByRole('region', { name: 'History' });
  const lead = await act(page, 'Cy Report', 'Make lead');
  await changes.getByRole('link', { name: 'Cy Report' }).waitFor();
  expect(await about.getByRole('link', { name: 'Cy Report' }).count()).toBe(0);
  await lead.getByRole('button', { name: 'Make lead' }).click();
  await about.getByRole('link', { name: 'Cy Report' }).waitFor();
  const change = history.getByRole('article').filter({ hasText: 'Lead' }).first();
  expect(await change.getByRole('link', { name: 'Cy Report' }).getAttribute('href')).toBe(`/people/${cyId}`);
  await lead.waitFor({ state: 'hidden' });
  await act(page, 'Cy Report', 'No longer lead');
  await lead.getByRole('button', { name: 'No longer lead' }).click();
  await about.getByRole('link', { name: 'Cy Report' }).waitFor({ state: 'hidden' });
  await lead.waitFor({ state: 'hidden' });
  await act(page, 'Cy Report', 'Remove from the team');
  await changes.getByText('Launch crew no longer has Cy Report').waitFor();
  await lead.getByRole('button', { name: 'Remove' }).click();
  await members.getByText('No one is in this team yet').waitFor();
  await lead.waitFor({ state: 'hidden' });
  const question = await act(page, 'Launch crew', 'Delete');
  await question.getByText('Nobody is in it.').waitFor();
  await changes.getByText('Launch crew is deleted').waitFor();
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL('**/teams');
});

test('a team that something else keeps says what does, and is not edited', async () => {
  const pushedId = await world.account.push('Pushed', [cyId]);
  await page.goto(`/teams/${pushedId}`);
  const members = page.getByRole('region', { name: 'Members' });
  await members.getByRole('link', { name: 'Managed by Identity provider' }).waitFor();
  await members.getByRole('link', { name: 'Cy Report' }).waitFor();
  expect(await page.getByRole('button', { name: /^(Add people|Actions for)/ }).count()).toBe(0);
  await page.goto('/teams');
  await page.getByRole('link', { name: 'Sales', exact: true }).click();
  await members.getByRole('link', { name: 'Managed by the org structure' }).click();
  await page.waitForURL('**/org-structure');
});
