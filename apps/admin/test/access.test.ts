import { type MailServer, openMailServer, totpCode } from '@rollcall/testkit';
import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';
import { act } from './world/steps.ts';

let mailServer: MailServer;
let world: AdminWorld;
beforeAll(async () => {
  mailServer = await openMailServer();
  world = await openAdminWorld({
    ROLLCALL_SMTP_URL: mailServer.url,
    ROLLCALL_MAIL_FROM: 'no-reply@example.com',
  });
  await world.account.provision({ userName: 'cy@example.com', displayName: 'Cy Report' }, world.serverOrigin);
});
afterAll(async () => {
  await world?.close();
  await mailServer?.close();
});

/** The link in the next mail to an address that has one. */
async function linkTo(address: string): Promise<string> {
  for (;;) {
    const [link] = /http:\S+\/set-password#\S+/.exec((await mailServer.mailTo(address)).text) ?? [];
    if (link !== undefined) return link;
  }
}

async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe('whoever was provisioned', () => {
  const password = 'correct horse battery';

  test('sets a password by a link, without a mouse, and signs in with it', async () => {
    const page = await world.newPage();
    await page.goto('/sign-in');
    await page.getByRole('link', { name: /Forgot password/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/forgot-password');
    await page.getByRole('heading', { name: 'Set a password' }).waitFor();
    await page.keyboard.type('cy@example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();

    const link = await linkTo('cy@example.com');
    expect(link.startsWith(`${world.origin}/set-password#rc_reset_`)).toBe(true);
    await page.goto(link);
    await page.getByLabel('New password', { exact: true }).waitFor();
    expect(page.url()).toBe(`${world.origin}/set-password`);
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.getByText('Choose at least 12 characters').waitFor();
    await page.getByLabel('New password', { exact: true }).fill('cy@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('The password is the name or e-mail address of the person').waitFor();
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
    await enter(page, 'cy@example.com', password);
    await page.waitForURL('**/activity');
  });

  test('is told what to do when a link does not work, or is not there', async () => {
    const page = await world.newPage();
    await page.goto('/set-password#rc_reset_nonsense');
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('alert').filter({ hasText: 'is no longer good' }).waitFor();
    await page.getByRole('link', { name: 'Send me a new link' }).click();
    await page.waitForURL('**/forgot-password');
    await page.goto('/set-password');
    await page.getByText('Open the link in the mail').waitFor();
  });
});

describe('the profile', () => {
  test('shows where one is signed in, and ends the others', async () => {
    const [page, other] = [await world.newPage(), await world.newPage()];
    await signIn(other, world.account);
    await signIn(page, world.account);
    await page.getByRole('button', { name: 'Me', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Profile and sessions' }).click();
    const sessions = page.getByRole('region', { name: 'Where you are signed in' });
    const own = sessions.getByRole('row').filter({ hasText: 'This device' });
    await own.filter({ hasText: /Chrome on Linux.*127\.0\.0\.1/s }).waitFor();
    expect(await own.getByRole('button').count()).toBe(0);
    await sessions.getByRole('button', { name: 'End all others' }).click();
    await other.waitForURL('**/sign-in?next=%2Factivity');
    await sessions.getByRole('button', { name: 'End all others' }).waitFor({ state: 'hidden' });
    expect(await sessions.getByRole('row').count()).toBe(2);

    await signIn(other, world.account);
    await sessions.getByRole('button', { name: /^End the session on/ }).click();
    await other.waitForURL('**/sign-in?next=%2Factivity');
  });

  test('shows times in the zone and format that one chose, on every device', async () => {
    const page = await world.newPage({ timezoneId: 'Asia/Tokyo', locale: 'en-US' });
    await signIn(page, world.account);
    await page.goto('/profile');
    const shownTime = async () => {
      const time = page.getByRole('region', { name: 'Where you are signed in' }).locator('time').first();
      await time.hover();
      return page.getByRole('tooltip').textContent();
    };
    expect(await shownTime()).toMatch(/[AP]M GMT\+9$/);
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Halifax');
    await page.getByRole('option', { name: 'America/Halifax' }).click();
    await page.getByText(/It is .*A[SD]T/).waitFor();
    await page.getByRole('combobox', { name: 'Format' }).click();
    await page.getByRole('option', { name: '2026-03-24 14:30' }).click();
    await page.getByText(/It is \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/).waitFor();
    const other = await world.newPage({ timezoneId: 'Europe/Rome' });
    await signIn(other, world.account);
    await other.locator('time').first().hover();
    await other
      .getByRole('tooltip', { name: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (GMT[−-][34]|A[SD]T)$/ })
      .waitFor();
  });

  test('changes the password of who knows the present one', async () => {
    const page = await world.newPage();
    const { email, password } = world.account;
    await signIn(page, world.account);
    await page.goto('/profile');
    const change = async (present: string, next: string) => {
      await page.getByLabel('Present password', { exact: true }).fill(present);
      await page.getByLabel('New password', { exact: true }).fill(next);
      await page.getByRole('button', { name: 'Change the password' }).click();
    };
    await change('a wrong guess', 'another horse battery');
    await page.getByText('Your present password is not your present password').waitFor();
    await change(password, password);
    await page.getByText('The new password is the one that you have').waitFor();
    await change(password, 'another horse battery');
    await page.getByText('Your password is changed').waitFor();
    await mailServer.mailTo(email);
    const other = await world.newPage();
    await enter(other, email, 'another horse battery');
    await other.waitForURL('**/activity');
    await change('another horse battery', password);
    await page.getByText('Your password is changed').last().waitFor();
    await mailServer.mailTo(email);
  });
});

describe('a second factor', () => {
  const password = 'correct horse battery';
  const newPerson = (userName: string) =>
    world.account.mutate(
      'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
      { userName, displayName: userName, password },
    );
  async function keepCodes(page: Page): Promise<string> {
    const dialog = page.getByRole('dialog', { name: 'Keep your recovery codes' });
    const codes = (await dialog.getByTestId('recovery-codes').textContent()) ?? '';
    await dialog.getByLabel('I have kept the codes').check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'hidden' });
    return codes;
  }

  test('is a code of an app, set up in the profile and asked for after the password; a recovery code stands in', async () => {
    await newPerson('otto@example.com');
    const page = await world.newPage();
    await enter(page, 'otto@example.com', password);
    await page.waitForURL('**/activity');
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Set up an app' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' });
    await dialog.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor();
    const key = (await dialog.locator('pre').textContent()) ?? '';
    await dialog.getByRole('textbox', { name: 'Code' }).fill(totpCode(key));
    await page.keyboard.press('Enter');
    const [first = ''] = (await keepCodes(page)).split('\n');
    await page.getByText('10 are left').waitFor();

    const other = await world.newPage();
    await enter(other, 'otto@example.com', password);
    await other.getByRole('heading', { name: 'Second factor' }).waitFor();
    await other.keyboard.type('000000');
    await other.keyboard.press('Enter');
    await other.getByText('It is not the code of this moment').waitFor();
    await other.getByLabel('Code').fill(totpCode(key, 1));
    await other.keyboard.press('Enter');
    await other.waitForURL('**/activity');

    const third = await world.newPage();
    await enter(third, 'otto@example.com', password);
    await third.getByRole('button', { name: 'Use a recovery code' }).click();
    await third.getByLabel('Recovery code').fill(first.toUpperCase());
    await third.keyboard.press('Enter');
    await third.waitForURL('**/activity');
    await page.getByText('9 are left').waitFor();
  });

  test('is a passkey, which signs in alone, and proves who one is', async () => {
    await newPerson('pia@example.com');
    const page = await world.newPage();
    const browser = await page.context().newCDPSession(page);
    await browser.send('WebAuthn.enable');
    await browser.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await enter(page, 'pia@example.com', password);
    await page.waitForURL('**/activity');
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Name', { exact: true }).fill('My laptop');
    await page.getByRole('button', { name: 'Add the passkey' }).click();
    await keepCodes(page);
    await page.getByText('My laptop').waitFor();

    await page.context().clearCookies();
    await page.goto('/sign-in?next=/profile');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/profile');

    // As the server answers when the proof is older than ten minutes.
    const asked = { code: 'STEP_UP_REQUIRED', methods: ['PASSKEY', 'RECOVERY_CODE'] };
    let refusals = 1;
    await page.route('**/graphql', (route) => {
      if (refusals === 0 || !route.request().postData()?.includes('RenewRecoveryCodes'))
        return route.fallback();
      refusals -= 1;
      return route.fulfill({ json: { data: null, errors: [{ message: 'Prove it.', extensions: asked }] } });
    });
    await page.getByRole('button', { name: 'Make new ones' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make new ones' }).click();
    const dialog = page.getByRole('dialog', { name: 'Is it you?' });
    await dialog.getByRole('button', { name: 'Show the passkey' }).click();
    expect((await keepCodes(page)).split('\n')).toHaveLength(10);
  });
});

test('an admin sends somebody a link, and ends their sessions', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  await world.account.provision(
    { userName: 'dee@example.com', displayName: 'Dee Newcomer' },
    world.serverOrigin,
  );
  await page.goto('/people');
  await page.getByText('Dee Newcomer').click();
  const dialog = await act(page, 'Dee Newcomer', 'Send password reset');
  await dialog.getByText('dee@example.com').waitFor();
  await page.locator(':focus').filter({ hasText: 'Cancel' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('A link is on its way to dee@example.com').waitFor();
  await page.getByText('was sent a link to set a password').waitFor();

  const theirs = await world.newPage();
  await theirs.goto(await linkTo('dee@example.com'));
  await theirs.getByLabel('New password', { exact: true }).fill('correct horse battery');
  await theirs.keyboard.press('Enter');
  await theirs.getByRole('heading', { name: 'Your password is set' }).waitFor();
  await enter(theirs, 'dee@example.com', 'correct horse battery');
  await theirs.waitForURL('**/activity');

  await act(page, 'Dee Newcomer', 'End sessions');
  await dialog.getByText(/Chrome on Linux/).waitFor();
  await page.getByRole('button', { name: 'End 1 session' }).click();
  await theirs.waitForURL('**/sign-in?next=%2Factivity');
  await page.getByText('had sessions ended').waitFor();
});
