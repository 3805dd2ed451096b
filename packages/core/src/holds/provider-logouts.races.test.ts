import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountWorld } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { acceptLogoutToken } from '../testing/directory.ts';
import { at, codeOf, headStart, newcomers, ROUNDS, race, type Sides } from '../testing/races.ts';
import {
  claimsOf,
  comeBackSaying,
  newSignInConnection,
  type SaidProvider,
  startSaidProvider,
} from '../testing/sign-in-provider.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

vi.setConfig({ testTimeout: 120_000 });
const world = useWorld({ allowedPrivateHosts: ['localhost'] });
let account: AccountWorld;
let provider: SaidProvider;
let connectionId: string;
let sides: Sides;

beforeAll(async () => {
  account = await world.account();
  provider = await startSaidProvider();
  connectionId = await newSignInConnection(account, provider);
  const other = await world.anotherCore();
  sides = [account.admin, other.actor(account.admin.authorization.replace('Bearer ', ''))];
});
afterAll(() => provider.close());

const sessionsOf = (userId: string): Promise<unknown[]> =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT id FROM sessions WHERE user_id = $1', [userId]);
    return rows;
  });

test.each([
  ['its session', (sid: string) => ({ sid })],
  ['the subject', (_: string, sub: string) => ({ sub })],
  ['the subject in its session', (sid: string, sub: string) => ({ sid, sub })],
])('whoever signs in while their provider ends %s has no session', async (what, named) => {
  const people = await newcomers(account.idp);
  let finishMs = 0;
  const outcomes = await race(`a sign-in beside a logout of ${what}`, sides, async ([one, other], n) => {
    const { id, userName } = at(people, n);
    const sid = crypto.randomUUID();
    const place = { provider, connectionId };
    const finish = await comeBackSaying(one, place, claimsOf(userName, { sid }));
    const logoutToken = await provider.logoutToken(named(sid, userName));
    const [beforeFinish, beforeLogout] = headStart(finishMs);
    const finishes = async () => {
      const startedAt = performance.now();
      const answer = await finish();
      finishMs = performance.now() - startedAt;
      return answer;
    };
    const [finished, loggedOut] = await Promise.all([
      sleep(beforeFinish).then(finishes),
      sleep(beforeLogout).then(() =>
        other.ask(acceptLogoutToken.document, { input: { signInConnectionId: connectionId, logoutToken } }),
      ),
    ]);
    expect(codeOf(loggedOut)).toBe('done');
    expect(await sessionsOf(id)).toEqual([]);
    return codeOf(finished);
  });
  expect((outcomes.done ?? 0) + (outcomes.SIGN_IN_FAILED ?? 0)).toBe(ROUNDS);
});
