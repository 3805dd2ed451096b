import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

const PAGES = [
  '/activity',
  '/people',
  '/teams',
  '/org-chart',
  '/org-structure',
  '/provisioning',
  '/tokens',
  '/profile',
];

let world: AdminWorld;
let boId: string;
let cyId: string;
beforeAll(async () => {
  world = await openAdminWorld({ REQUEST_TIMEOUT_SECONDS: '2' });
  boId = await world.account.provision(
    {
      userName: 'bo@example.com',
      displayName: 'Bo Secure',
      photos: [{ value: 'https://photos.example/bo.png', type: 'photo' }],
    },
    world.serverOrigin,
  );
  cyId = await world.account.provision(
    {
      userName: 'cy@example.com',
      displayName: 'Cy Plain',
      manager: boId,
      photos: [{ value: 'http://photos.example/cy.png', type: 'photo' }],
    },
    world.serverOrigin,
  );
});
afterAll(() => world.close());

/** What the pages of a context do that their policy forbids. */
function violationsOf(page: Page): string[] {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|violates the following/i.test(message.text()))
      violations.push(message.text());
  });
  return violations;
}

describe('the policy of the pages', () => {
  test('forbids none of what they do themselves', async () => {
    const page = await world.newPage();
    const violations = violationsOf(page);
    await signIn(page, world.account);
    for (const path of [...PAGES, `/people/${boId}`]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    }
    // Dialogs and menus style themselves when they open.
    await page.goto('/tokens');
    await page.getByRole('button', { name: 'Issue a token' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByPlaceholder('People, teams, pages…').fill('Bo');
    await page.getByText('Bo Secure').first().waitFor();
    expect(violations).toEqual([]);
  });

  test('stops a script that somebody else brought in', async () => {
    const page = await world.newPage();
    const violations = violationsOf(page);
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').waitFor();
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.name = "taken over"');
      image.src = 'data:,';
      document.body.append(image);
      const script = document.createElement('div');
      script.innerHTML = '<iframe srcdoc="<script>top.name = \'taken over\'</script>"></iframe>';
      document.body.append(script);
    });
    await expect.poll(() => violations.length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await page.evaluate(() => window.name)).toBe('');
  });

  test('and the other headers are there on every page and part', async () => {
    for (const path of ['/sign-in', '/no-such-page', '/icon.svg']) {
      const { headers } = await fetch(world.origin + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      });
    }
    const answer = await fetch(`${world.origin}/healthz`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('lets the page that explores GraphQL work', async () => {
    const page = await world.newPage();
    const violations = violationsOf(page);
    await signIn(page, world.account);
    await page.goto('/graphql?raw');
    await page.locator('.graphiql-editor').first().waitFor();
    await page.getByRole('button', { name: /Execute query/i }).waitFor();
    expect(violations).toEqual([]);
  });
});

describe('the way after signing in', () => {
  test.each([
    '%2F%09%2Fevil.example',
    '%2F%0A%2Fevil.example',
    '%2F%5Cevil.example',
    'https%3A%2F%2Fevil.example',
  ])('with next=%s stays here', async (next) => {
    const page = await world.newPage();
    await page.goto(`/sign-in?next=${next}`);
    await page.getByLabel('E-mail').fill(world.account.email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Password', { exact: true }).fill(world.account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${world.origin}/activity`);
    await page.context().close();
  });
});

test('pictures of people are loaded over https and not otherwise', async () => {
  const page = await world.newPage();
  const asked: string[] = [];
  await page.route(/photos\.example/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await signIn(page, world.account);
  for (const [id, name] of [
    [cyId, 'Cy Plain'],
    [boId, 'Bo Secure'],
  ]) {
    await page.goto(`/org-chart?focus=${id}`);
    await page.locator('[data-card]').filter({ hasText: name }).first().waitFor();
    if (id === boId && asked.length === 0) await page.waitForRequest('https://photos.example/bo.png');
  }
  expect(new Set(asked)).toEqual(new Set(['https://photos.example/bo.png']));
});

test('where no mails are sent, whoever forgot their password is sent to their admin', async () => {
  const page = await world.newPage();
  await page.goto('/forgot-password');
  await page.getByRole('heading', { name: 'Ask your admin' }).waitFor();
  expect(await page.getByLabel('E-mail').count()).toBe(0);
  await page.getByRole('link', { name: 'Back to sign in' }).click();
  await page.waitForURL('**/sign-in');
});

test('signing out leaves by the same door', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  const forged = await page.evaluate(() =>
    fetch('/auth/sign-out', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }).then(
      ({ status }) => status,
    ),
  );
  expect(forged).toBe(415);
  await page.goto('/people');
  await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
});

describe('behind the admin', () => {
  test('whoever guesses gains nothing by naming other addresses', async () => {
    const guess = (at: number) =>
      fetch(`${world.origin}/auth/sign-in`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': `203.0.113.${at}`,
          forwarded: `for=203.0.113.${at}`,
          'x-real-ip': `203.0.113.${at}`,
        },
        body: JSON.stringify({ email: `stranger-${at}@example.com`, password: 'a wrong guess' }),
      }).then(({ status }) => status);
    const statuses: number[] = [];
    for (let at = 1; at <= 32; at += 1) statuses.push(await guess(at));
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
    expect(statuses.slice(30)).toEqual([429, 429]);
  });

  test('absolute URLs have the host that the browser sees, and no other', async () => {
    const meta = (headers: Record<string, string>) =>
      fetch(`${world.origin}/scim/v2/ServiceProviderConfig`, { headers }).then((answer) => answer.text());
    expect(await meta({})).toContain(`${world.origin}/scim/v2/ServiceProviderConfig`);
    expect(await meta({ 'x-forwarded-host': 'evil.example' })).not.toContain('evil.example');
  });

  test('a body that drips ends with the 408 of the endpoint that was meant', async () => {
    const { hostname, port } = new URL(world.origin);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    socket.on('error', () => {});
    socket.write(
      `POST /scim/v2/Users HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/scim+json\r\ncontent-length: 999\r\n\r\n{`,
    );
    const dripping = setInterval(() => socket.write(' '), 100);
    socket.on('end', () => clearInterval(dripping));
    const answer = await text(socket).finally(() => clearInterval(dripping));
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('urn:ietf:params:scim:api:messages:2.0:Error');
  });
});
