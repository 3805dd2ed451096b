/** What `npm start` starts, as a browser meets it; both programs have to be built. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Platform, startAdmin, startServer } from './start/platform.ts';
import { freePort } from './start/port.ts';
import { readSettings, type Settings } from './start/settings.ts';

const platform = new Platform();
let settings: Settings;
beforeAll(async () => {
  // The server starts a PostgreSQL of its own, as it does for somebody who tries it.
  vi.stubEnv('DATABASE_URL', '');
  settings = readSettings({
    ROLLCALL_DATA_DIR: await mkdtemp(join(tmpdir(), 'rollcall-started-')),
    SERVER_PORT: String(await freePort()),
    PORT: String(await freePort()),
  });
  await Promise.all([startServer(settings, platform), startAdmin(settings, platform)]);
}, 60_000);
afterAll(async () => {
  await platform.stop();
  await rm(settings.dataDirectory, { recursive: true });
}, 60_000);

/** Sends JSON to the admin as its pages do. */
async function post(path: string, body: object): Promise<{ status: number; text: string }> {
  const answer = await fetch(settings.adminUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

test('signing in at the admin is answered by the server', async () => {
  const { status, text } = await post('/auth/sign-in', { email: 'nobody@example.com', password: 'a guess' });
  expect({ status, text }).toMatchObject({ status: 401, text: expect.stringContaining('SIGN_IN_FAILED') });
});

test('GraphQL at the admin is answered by the server', async () => {
  const { status, text } = await post('/graphql', { query: '{ account { name } }' });
  expect({ status, text }).toMatchObject({ status: 200, text: expect.stringContaining('UNAUTHENTICATED') });
});

test('the server believes the admin about the host that a client asked for', async () => {
  const answer = await fetch(`${settings.adminUrl}/scim/v2/ServiceProviderConfig`);
  expect(await answer.text()).toContain(`${settings.adminUrl}/scim/v2/ServiceProviderConfig`);
});
