import type { AccountWorld, Actor } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { committedWork } from '../database/work.ts';
import { endSignalledAccess } from '../shared-signals/end-signalled-access.ts';
import { signInAuthorship } from '../single-sign-on/sign-in-authorship.ts';
import { acceptLogoutToken, newUser, run } from '../testing/directory.ts';
import { codeOf } from '../testing/races.ts';
import {
  claimsOf,
  comeBackSaying,
  newSignInConnection,
  type SaidProvider,
  startSaidProvider,
} from '../testing/sign-in-provider.ts';
import { useWorld } from '../testing/world.ts';

const world = useWorld({ allowedPrivateHosts: ['localhost'] });
let account: AccountWorld;
let provider: SaidProvider;
let connectionId: string;
/** Another process, which the provider's logout tokens reach. */
let elsewhere: Actor;

beforeAll(async () => {
  account = await world.account();
  provider = await startSaidProvider();
  connectionId = await newSignInConnection(account, provider);
  const other = await world.anotherCore();
  elsewhere = other.actor(account.admin.authorization.replace('Bearer ', ''));
});
afterAll(() => provider.close());

const newPerson = () => newUser(account.admin, { userName: `ada-${crypto.randomUUID()}@example.com` });

/** Tells another process that the provider has ended something. */
const logOut = async (named: { sub?: string; sid?: string }) =>
  run(elsewhere, acceptLogoutToken, {
    signInConnectionId: connectionId,
    logoutToken: await provider.logoutToken(named),
  });

/** Signs in while something happens between the provider's answer and the session; the reason where it was refused. */
async function outcomeOf(
  userName: string,
  { sid, meanwhile }: { readonly sid?: string; readonly meanwhile?: () => Promise<unknown> },
): Promise<unknown> {
  const finish = await comeBackSaying(
    account.admin,
    { provider, connectionId },
    claimsOf(userName, { sid }),
    meanwhile,
  );
  const answer = await finish();
  return answer.errors?.[0]?.extensions.reason ?? codeOf(answer);
}

test.each<[ended: 'sid' | 'sub' | 'sub and sid', said: string | undefined, expected: string]>([
  ['sid', 'one', 'ENDED'],
  ['sid', 'two', 'done'],
  ['sid', undefined, 'done'],
  ['sub', 'one', 'ENDED'],
  ['sub', undefined, 'ENDED'],
  ['sub and sid', 'one', 'ENDED'],
  ['sub and sid', 'two', 'done'],
  ['sub and sid', undefined, 'ENDED'],
])(
  'a logout by %s, of the session one, that comes before a session by %s has begun: %s',
  async (ended, said, expected) => {
    const { userName } = await newPerson();
    const of = (sid: string) => `${userName} ${sid}`;
    const named = {
      ...(ended !== 'sid' && { sub: userName }),
      ...(ended !== 'sub' && { sid: of('one') }),
    };
    const sid = said && of(said);
    const meanwhile = () => logOut(named);
    expect(await outcomeOf(userName, { ...(sid && { sid }), meanwhile })).toBe(expected);
  },
);

test('whoever goes to the provider after it ended everything of them comes in', async () => {
  const { userName } = await newPerson();
  await logOut({ sub: userName });
  expect(await outcomeOf(userName, {})).toBe('done');
});

test('a logout of somebody else, or by another connection, ends no sign-in that is under way', async () => {
  const { userName } = await newPerson();
  expect(await outcomeOf(userName, { meanwhile: () => logOut({ sub: 'eve', sid: userName }) })).toBe('done');
});

test.each([
  ['just now', 0, 'ENDED'],
  ['long before the sign-in, which is told late', -3_600_000, 'done'],
])('a security event that happened %s', async (_, agoMs, expected) => {
  const { id: userId, userName } = await newPerson();
  const signalled = () =>
    committedWork(world.core.database).transaction((scope) =>
      endSignalledAccess(scope, signInAuthorship(account.id, 'request'), {
        userId,
        signInConnection: { id: connectionId, name: 'Login' },
        cause: 'SESSION_REVOKED',
        happenedAt: new Date(Date.now() + agoMs),
        endsTokens: false,
      }),
    );
  expect(await outcomeOf(userName, { meanwhile: signalled })).toBe(expected);
});
