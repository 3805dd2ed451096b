import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await openAdminWorld();
});
afterAll(() => world?.close());

test.each(['sets passwords', 'gets the group back'])(
  'whether an identity provider %s is switched, and stays so',
  async (label) => {
    const page = await world.newPage();
    await signIn(page, world.account);
    await page.goto('/provisioning');
    const control = page.getByRole('switch', { name: label });
    expect(await control.isChecked()).toBe(false);
    const answered = page.waitForResponse(
      (response) => response.request().postData()?.includes('UpdateConnection') === true,
    );
    await control.press('Space');
    expect((await answered).ok()).toBe(true);
    await page.reload();
    await control.waitFor();
    expect(await control.isChecked()).toBe(true);
  },
);
