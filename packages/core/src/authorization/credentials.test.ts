import { type DatabaseProxy, openDatabaseProxy } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import { type Core, startCore } from '../core.ts';
import { issueToken, revokeToken, run } from '../testing/directory.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';

const world = useWorld();
const account = useSharedAccount(world);

interface Issued {
  readonly secret: string;
  readonly token: { readonly id: string };
}

const issue = () =>
  run<Issued>(account.admin, issueToken, { kind: 'API', name: 'x', permissions: ['users:read'] });
const issueMany = (count: number) => Promise.all(Array.from({ length: count }, issue));
const revoke = ({ token }: Issued) => run(account.admin, revokeToken, { id: token.id });
const authorization = ({ secret }: Issued) => `Bearer ${secret}`;

/** Runs `use` with a second node that reaches the database through a proxy. */
async function withDistantNode(use: (core: Core, proxy: DatabaseProxy) => Promise<void>): Promise<void> {
  const proxy = await openDatabaseProxy(world.databaseUrl);
  const core = await startCore({
    databaseUrl: proxy.url,
    publicUrl: 'http://rollcall.test',
    worksInBackground: false,
  });
  try {
    await use(core, proxy);
  } finally {
    await core.close();
    await proxy.close();
  }
}

const ROUNDS = 200;

test(`a token that is revoked while it is looked up works nowhere afterwards, ${ROUNDS} times`, async () => {
  await withDistantNode(async (core, proxy) => {
    const kindOf = async (token: Issued) =>
      (await core.createContext({ authorization: authorization(token) })).viewer.kind;
    const tokens: Issued[] = [];
    while (tokens.length < ROUNDS) tokens.push(...(await issueMany(10)));
    // The notice overtakes the answer to the look-up.
    proxy.delayAnswers(50);
    const seen = { valid: 0, revoked: 0 };
    for (let n = 0; n < ROUNDS; n += 5) {
      const kinds = await Promise.all(
        tokens.slice(n, n + 5).flatMap((token) => [kindOf(token), revoke(token).then(() => 'ANONYMOUS')]),
      );
      for (const kind of kinds.filter((_, at) => at % 2 === 0))
        seen[kind === 'TOKEN' ? 'valid' : 'revoked'] += 1;
    }
    proxy.delayAnswers(0);
    // Notices come in the order of the revocations: whoever hears of one more has heard of all before.
    const oneMore = await issue();
    const context = await core.createContext({ authorization: authorization(oneMore) });
    await new Promise<void>((resolve) => {
      core.onAccessEnded(context, resolve);
      void revoke(oneMore);
    });
    const kinds = await Promise.all(tokens.map(kindOf));
    expect(kinds.filter((kind) => kind !== 'ANONYMOUS')).toEqual([]);
    process.stdout.write(`${ROUNDS} races: ${seen.valid} taken for valid, ${seen.revoked} for revoked\n`);
  });
});

test('a request whose credential is known costs no statement', async () => {
  const token = await issue();
  await world.core.createContext({ authorization: authorization(token) });
  const statements = await world.countStatements(async () => {
    for (let n = 0; n < 1000; n += 1) await world.core.createContext({ authorization: authorization(token) });
  });
  // When a token was last used is written at most once a minute.
  expect(statements).toBeLessThanOrEqual(1);
});

test('with a dead line, one statement finds out which of many watched credentials have ended', async () => {
  await withDistantNode(async (core, proxy) => {
    const tokens = await issueMany(60);
    const ended = new Set<string>();
    for (const token of tokens) {
      const context = await core.createContext({ authorization: authorization(token) });
      core.onAccessEnded(context, () => ended.add(token.token.id));
    }
    let asked = 0;
    core.database.observe((text) => {
      if (text.includes('= ANY(')) asked += 1;
    });
    proxy.freezeListeners();
    const revoked = tokens.slice(0, 30);
    await Promise.all(revoked.map(revoke));
    const revokedAt = performance.now();
    await expect.poll(() => ended.size, { interval: 50 }).toBe(30);
    expect(performance.now() - revokedAt).toBeLessThan(10_000);
    expect(ended).toEqual(new Set(revoked.map(({ token }) => token.id)));
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(6);
  });
});
