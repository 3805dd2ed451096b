import { type Core, startCore } from '@rollcall/core';
import { type DatabaseProxy, openDatabaseProxy } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveClient } from '../clients/live-client.ts';
import { scimClient } from '../clients/scim-client.ts';
import {
  type Company,
  listen,
  openServerWorld,
  type RunningServer,
  type ServerWorld,
  tokenOf,
} from '../world.ts';
import { inForm, tell } from './figures.ts';

/** The promise: what is revoked works nowhere for longer, whatever happens to the connection that tells of it. */
const REVOKED_WITHIN_MS = 10_000;
/** How often each is tried. */
const ROUNDS = inForm(1, 20);
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let server: ServerWorld;
let proxy: DatabaseProxy;
let distant: Core;
let node: RunningServer;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

/** Tries it so many times; gives the longest time in milliseconds. */
async function longestOf(attempt: () => Promise<number>): Promise<number> {
  const took: number[] = [];
  while (took.length < ROUNDS) took.push(await withDistantNode(attempt));
  return Math.round(Math.max(...took));
}

/** Does it with a second node, whose way to the database can be frozen. */
async function withDistantNode(use: () => Promise<number>): Promise<number> {
  proxy = await openDatabaseProxy(server.world.databaseUrl);
  distant = await startCore({
    databaseUrl: proxy.url,
    publicUrl: 'http://rollcall.test',
    worksInBackground: false,
  });
  node = await listen(distant);
  try {
    return await use();
  } finally {
    await node.app.close();
    await distant.close();
    await proxy.close();
  }
}

interface Issued {
  readonly issueToken: { readonly secret: string; readonly token: { readonly id: string } };
}

/** A token for the identity provider, and what takes it back at the first node. */
async function revocableToken(kind: 'SCIM' | 'API') {
  const { issueToken } = await company.admin.query<Issued>(
    'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { secret token { id } } }',
    { input: { kind, name: 'short', ...(kind === 'API' ? { permissions: ['account:read'] } : {}) } },
  );
  const revoke = () =>
    company.admin.query(
      'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id } } }',
      {
        input: { id: issueToken.token.id },
      },
    );
  return { secret: issueToken.secret, revoke };
}

const write = (secret: string, n: number) =>
  scimClient(node.origin, `/scim/v2/${company.id}`, secret).send({
    method: 'POST',
    path: '/Users',
    body: { schemas: [USER], userName: `u-${secret.slice(-8)}-${n}` },
  });

/** Milliseconds until the token writes no more at the other node. */
async function writesFor(secret: string): Promise<number> {
  const revokedAt = performance.now();
  for (let n = 0; ; n += 1) {
    const { status } = await write(secret, n);
    if (status === 401) return performance.now() - revokedAt;
    expect(status).toBe(201);
    expect(performance.now() - revokedAt).toBeLessThan(REVOKED_WITHIN_MS);
  }
}

test('a token that is revoked at one node is refused at another within a second', async (context) => {
  const longest = await longestOf(async () => {
    const { secret, revoke } = await revocableToken('SCIM');
    expect((await write(secret, -1)).status).toBe(201);
    await revoke();
    return writesFor(secret);
  });
  tell(context, { 'refused after at most, ms': longest, rounds: ROUNDS });
  expect(longest).toBeLessThan(1000);
}, 600_000);

test('also where the line that tells of it is dead: the token is refused and its socket closed within 10 seconds', async (context) => {
  const longest = await longestOf(async () => {
    const { secret, revoke } = await revocableToken('SCIM');
    const watching = await revocableToken('API');
    const live = liveClient(node.origin, { token: watching.secret });
    await live.ask('{ account { id } }');
    const other = liveClient(node.origin, { token: tokenOf(company.admin) });
    await other.ask('{ account { id } }');
    expect((await write(secret, -1)).status).toBe(201);
    proxy.freezeListeners();
    await Promise.all([revoke(), watching.revoke()]);
    const revokedAt = performance.now();
    const [, closed] = await Promise.all([writesFor(secret), live.closed]);
    const endedAfter = performance.now() - revokedAt;
    expect(closed).toEqual({ code: 4403, reason: 'Your access ended' });
    // Whose credential is valid notices nothing.
    expect(await other.ask('{ account { id } }')).not.toHaveProperty('errors');
    await other.close();
    return endedAfter;
  });
  tell(context, { 'refused and closed after at most, ms': longest, rounds: ROUNDS });
  expect(longest).toBeLessThan(REVOKED_WITHIN_MS);
}, 600_000);
