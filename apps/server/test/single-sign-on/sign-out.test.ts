import { type OpenIdProvider, startOpenIdProvider } from '@rollcall/testkit/openid-provider';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { exchange } from '../clients/http-exchange.ts';
import { liveClient } from '../clients/live-client.ts';
import { ADMIN_ORIGIN, type Company, listen, type RunningServer, type ServerWorld } from '../world.ts';
import { openBrowser, type TestBrowser } from './browser.ts';
import {
  connect,
  eventsOf,
  isSignedIn,
  openSingleSignOnWorld,
  provision,
  type TestConnection,
  updateConnection,
} from './scene.ts';

let server: ServerWorld;
let otherNode: RunningServer;
let company: Company;
let provider: OpenIdProvider;
let connection: TestConnection;
beforeAll(async () => {
  server = await openSingleSignOnWorld();
  otherNode = await listen((await server.world.anotherCore()).core);
  provider = await startOpenIdProvider();
  company = await server.company();
  await provision(company, 'ada');
  connection = await connect(company, { issuer: provider.issuer, signOutAtProvider: true });
  provider.register({
    client_id: 'rollcall',
    client_secret: 'a secret of the client',
    redirect_uris: [connection.redirectUri],
    post_logout_redirect_uris: [`${ADMIN_ORIGIN}/sign-in`],
    // Of ADMIN_ORIGIN there is only the name.
    backchannel_logout_uri: `${server.origin}/auth/oidc/${connection.id}/backchannel-logout`,
    backchannel_logout_session_required: true,
  });
});
beforeEach(() => {
  provider.person = { sub: 'ada' };
});
afterAll(async () => {
  await provider.close();
  await otherNode.app.close();
  await server.close();
});

async function signedIn(): Promise<{ browser: TestBrowser; secret: string }> {
  const browser = openBrowser(server.origin);
  await browser.follow(connection.initiateLoginUri);
  const secret = browser.cookie(SESSION_COOKIE);
  if (secret === undefined) throw new Error('Nobody is signed in.');
  return { browser, secret };
}

/** Where a browser that signs out is to go on to; null for nowhere. */
async function signOut(secret: string): Promise<string | null> {
  const { status, text } = await exchange(server.origin, {
    method: 'POST',
    path: '/auth/sign-out',
    headers: { 'content-type': 'application/json', cookie: `${SESSION_COOKIE}=${secret}` },
    body: '{}',
  });
  return status === 204 ? null : JSON.parse(text).redirectUrl;
}

/** Says yes to the provider, which asks whether to sign out. */
async function confirm(browser: TestBrowser, address: string) {
  const { text } = await browser.open(address);
  const [, action = ''] = /action="([^"]+)"/.exec(text) ?? [];
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(text) ?? [];
  return browser.submit(action, { xsrf, logout: 'yes' });
}

test('whoever signs out here is signed out at the provider, which ends that session everywhere and no other one', async () => {
  const [here, there] = [await signedIn(), await signedIn()];
  const socket = liveClient(otherNode.origin, { token: there.secret });
  await socket.ask('{ viewer { kind } }');

  const address = (await signOut(here.secret)) ?? '';
  const asked = new URL(address);
  expect(asked.origin).toBe(provider.issuer);
  expect(asked.searchParams.get('post_logout_redirect_uri')).toBe(`${ADMIN_ORIGIN}/sign-in`);
  expect(asked.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
  expect((await confirm(here.browser, address)).location).toBe(`${ADMIN_ORIGIN}/sign-in`);
  expect(await isSignedIn(server, there.secret)).toBe(true);

  await confirm(there.browser, new URL('/session/end', provider.issuer).href);
  const told = performance.now();
  expect((await socket.closed).code).toBe(4403);
  expect(performance.now() - told).toBeLessThan(1000);
  for (const node of [server, otherNode]) expect(await isSignedIn(node, there.secret)).toBe(false);
  const [ended] = await eventsOf(company, 'USER_SESSIONS_ENDED');
  expect(ended).toMatchObject({
    related: { id: connection.id },
    told: { sessions: 1, cause: 'BACK_CHANNEL_LOGOUT' },
  });
});

test('nobody is sent to the provider where the setting is off, or the session began by a password', async () => {
  const { secret } = await signedIn();
  await updateConnection(company, { id: connection.id, signOutAtProvider: false });
  expect(await signOut(secret)).toBeNull();
  await updateConnection(company, { id: connection.id, signOutAtProvider: true });
  const { headers } = await exchange(server.origin, {
    method: 'POST',
    path: '/auth/sign-in',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: company.adminEmail, password: company.adminPassword }),
  });
  const [, byPassword = ''] = /rollcall_session=([^;]+)/.exec(String(headers['set-cookie'])) ?? [];
  expect(await isSignedIn(server, byPassword)).toBe(true);
  expect(await signOut(byPassword)).toBeNull();
});

test('a session that ended here by itself is no error to a provider that ends its own', async () => {
  const { browser, secret } = await signedIn();
  expect(await signOut(secret)).not.toBeNull();
  expect((await confirm(browser, new URL('/session/end', provider.issuer).href)).status).toBe(303);
  expect(await eventsOf(company, 'SIGN_OUT_REFUSED')).toEqual([]);
});

test('a provider begins a sign-in by a form as well, which is asked about where somebody is signed in', async () => {
  const { browser } = await signedIn();
  const form = {
    iss: provider.issuer,
    target_link_uri: '/people',
    login_hint: 'ada@example.com',
    other: 'x',
  };
  const sent = await browser.submit(connection.initiateLoginUri, form);
  expect(sent.status).toBe(303);
  const query = new URLSearchParams({
    iss: provider.issuer,
    login_hint: 'ada@example.com',
    target_link_uri: '/people',
  });
  expect(sent.location).toBe(`${connection.initiateLoginUri}?${query}`);
  const asked = await browser.open(sent.location, { 'sec-fetch-site': 'cross-site' });
  expect(new URL(asked.location).searchParams.get('confirm')).toBe(connection.id);
  expect((await openBrowser(server.origin).follow(sent.location)).location).toBe(`${ADMIN_ORIGIN}/people`);
});
