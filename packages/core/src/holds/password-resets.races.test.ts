import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountWorld } from '@rollcall/testkit';
import { beforeAll, expect, test, vi } from 'vitest';
import { deprovisionUser, grantRole, resetPassword, roleNamed, updateUser } from '../testing/directory.ts';
import { at, codeOf, headStart, newcomers, ROUNDS, race, type Sides, wholeLog } from '../testing/races.ts';
import { newResetToken } from '../testing/reset-token.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

vi.setConfig({ testTimeout: 120_000 });
const world = useWorld();
let account: AccountWorld;
let sides: Sides;

beforeAll(async () => {
  account = await world.account();
  const other = await world.anotherCore();
  sides = [account.admin, other.actor(account.admin.authorization.replace('Bearer ', ''))];
});

const PASSWORD = 'first of two correct horses';

/** New people, each with what is in a link to set their password; it was sent to an address that others can write. */
async function linked() {
  const people = await newcomers(account.idp);
  const tokens: string[] = [];
  for (const { id: userId, userName: address } of people)
    tokens.push(await newResetToken(world.databaseUrl, { accountId: account.id, userId, address }));
  return { people, tokens };
}

/** Has each use their link while they are changed, and answers the ids of those who set a password by it. */
async function raceAgainst(
  title: string,
  { people, tokens }: Awaited<ReturnType<typeof linked>>,
  change: (id: string) => readonly [document: string, variables: object],
): Promise<ReadonlySet<string>> {
  const done = new Set<string>();
  let resetMs = 0;
  const outcomes = await race(title, sides, async ([one, other], n) => {
    const { id } = at(people, n);
    const [beforeReset, beforeChange] = headStart(resetMs);
    const resets = async () => {
      const startedAt = performance.now();
      const input = { token: at(tokens, n), password: PASSWORD };
      const answer = await one.ask(resetPassword.document, { input });
      resetMs = performance.now() - startedAt;
      return answer;
    };
    const [used, changed] = await Promise.all([
      sleep(beforeReset).then(resets),
      sleep(beforeChange).then(() => other.ask(...change(id))),
    ]);
    expect(codeOf(changed)).toBe('done');
    if (codeOf(used) === 'done') done.add(id);
    return codeOf(used);
  });
  expect(outcomes).toEqual({ done: expect.any(Number), INVALID_INPUT: expect.any(Number) });
  return done;
}

const rowsOf = <Row extends object>(statement: string, ids: readonly string[]): Promise<Row[]> =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(statement, [ids])).rows);

test.each([
  ['deactivated', (id: string) => [updateUser.document, { input: { id, active: false } }] as const],
  ['deprovisioned', (id: string) => [deprovisionUser.document, { input: { id } }] as const],
  [
    'renamed',
    (id: string) => [updateUser.document, { input: { id, userName: crypto.randomUUID() } }] as const,
  ],
])('a link is used before somebody is %s, or not at all', async (what, change) => {
  const { people, tokens } = await linked();
  const done = await raceAgainst(`a link used beside its owner being ${what}`, { people, tokens }, change);
  const log = await wholeLog(world.databaseUrl, account.id);
  for (const { id } of people) {
    const told = log.filter(({ subject }) => subject === id).map(({ type }) => type);
    // Whoever was changed first has set no password afterwards.
    expect(told).toHaveLength(done.has(id) ? 3 : 2);
    if (what !== 'renamed') expect(told.at(-1)).toMatch(/^USER_DE/);
  }
  if (what === 'renamed') return;
  const ids = people.map(({ id }) => id);
  expect(await rowsOf('SELECT FROM password_resets WHERE user_id = ANY($1)', ids)).toEqual([]);
});

test('nobody becomes an admin by a link that others could have: it is used before, or not at all', async () => {
  const { people, tokens } = await linked();
  const roleId = await roleNamed(account.admin, 'admin');
  const done = await raceAgainst('a link used beside a grant', { people, tokens }, (userId) => [
    grantRole.document,
    { input: { userId, roleId } },
  ]);
  const log = await wholeLog(world.databaseUrl, account.id);
  for (const { id } of people) {
    const told = log.filter(({ subject }) => subject === id).map(({ type }) => type);
    expect(told).toEqual(
      done.has(id) ? ['USER_CREATED', 'USER_UPDATED', 'ROLE_GRANTED'] : ['USER_CREATED', 'ROLE_GRANTED'],
    );
  }
});

test('of two who use a link at once one sets the password', async () => {
  const { people, tokens } = await linked();
  const outcomes = await race('a link used by two', sides, async (both, n) => {
    const input = { token: at(tokens, n), password: PASSWORD };
    const answers = await Promise.all(both.map((actor) => actor.ask(resetPassword.document, { input })));
    return answers.map(codeOf).toSorted().join(' ');
  });
  expect(outcomes).toEqual({ 'INVALID_INPUT done': ROUNDS });
  const log = await wholeLog(world.databaseUrl, account.id);
  const ids = new Set(people.map(({ id }) => id));
  expect(log.filter(({ type, subject }) => type === 'USER_UPDATED' && ids.has(subject))).toHaveLength(ROUNDS);
});
