import { randomUUID } from 'node:crypto';
import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventsAbout, newUser, signIn } from '../../testing/directory.ts';
import { withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
const password = 'correct horse battery';

let account: AccountWorld;
beforeAll(async () => {
  account = await world.account();
});

const newPerson = async () => {
  const { id, userName } = await newUser(account.admin, {
    password,
    userName: `${randomUUID()}@example.com`,
  });
  return { id, email: userName };
};

interface Try {
  readonly email: string;
  readonly password?: string;
  readonly from?: string;
  readonly accountId?: string | undefined;
  readonly as?: Actor;
  readonly dryRun?: boolean;
}

/** What becomes of an attempt: `in`, or the code of the refusal. */
async function attempt({
  email,
  password: tried = 'a wrong guess',
  accountId,
  from,
  as = world.operator,
  dryRun,
}: Try) {
  const headers = {
    ...(from !== undefined && { 'client-address': from }),
    ...(dryRun === true && { 'rollcall-dry-run': 'true' }),
  };
  const { errors } = await as.ask(signIn.document, { input: { email, password: tried, accountId } }, headers);
  return errors === undefined ? 'in' : String(errors[0]?.extensions.code);
}

async function inTurn<T>(count: number, run: (at: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let at = 1; at <= count; at += 1) results.push(await run(at));
  return results;
}

const query = <Row extends object>(text: string) =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(text)).rows);

/** As if so much time had gone by since the attempts so far. */
const letPass = (time: string) =>
  query(
    `UPDATE sign_in_attempts SET next_at = next_at - interval '${time}', forget_at = forget_at - interval '${time}'`,
  );

/** Gives a slow machine a minute more before whoever waits is heard. */
const prolong = () => query(`UPDATE sign_in_attempts SET next_at = next_at + interval '1 minute'`);

/** The same for those who have to wait, and for nobody else. */
const prolongWaits = () =>
  query(`UPDATE sign_in_attempts SET next_at = now() + interval '1 minute' WHERE count >= 5`);

const five = Array(5).fill('SIGN_IN_FAILED');

describe('whoever guesses', () => {
  test('is heard five times; then the right password waits too, and gets in after the delay', async () => {
    const { email } = await newPerson();
    expect(await inTurn(5, () => attempt({ email }))).toEqual(five);
    await prolong();
    const refusal = await world.operator.refusal(signIn.document, { input: { email, password } });
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect(refusal.retryAfter).toBeGreaterThan(30);
    expect(refusal.message).toContain(`Wait ${refusal.retryAfter} seconds.`);
    await letPass('61 seconds');
    expect(await attempt({ email, password })).toBe('in');
  });

  test('gains nothing by 200 addresses and all at once, and learns not who exists', async () => {
    const { email } = await newPerson();
    for (const name of [email, `nobody-${randomUUID()}@example.com`]) {
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, at) => attempt({ email: name, from: `203.0.113.${at}` })),
      );
      const heard = answers.filter((answer) => answer === 'SIGN_IN_FAILED').length;
      expect(heard).toBeGreaterThanOrEqual(5);
      // Seven seconds later it would be eight.
      expect(heard).toBeLessThan(8);
      expect(answers.filter((answer) => answer === 'RATE_LIMITED')).toHaveLength(200 - heard);
    }
    await prolong();
    expect(await attempt({ email: ` ${email.toUpperCase()} `, password })).toBe('RATE_LIMITED');
  });

  test('waits twice as long each time, and a quarter of an hour at most', async () => {
    const { email } = await newPerson();
    await query('DELETE FROM sign_in_attempts');
    const expected = [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900, 900];
    for (const seconds of expected) {
      const [before] = await query<{ now: Date }>('SELECT clock_timestamp() AS now');
      await attempt({ email });
      // The wait begins somewhere within the attempt, which may take its time.
      const [row] = await query<{ longest: number; shortest: number }>(
        `SELECT extract(epoch FROM max(next_at) - '${before?.now.toISOString()}')::float8 AS longest,
          extract(epoch FROM max(next_at) - clock_timestamp())::float8 AS shortest FROM sign_in_attempts`,
      );
      expect(row?.longest).toBeGreaterThanOrEqual(seconds);
      expect(row?.shortest).toBeLessThanOrEqual(seconds);
      await letPass('15 minutes');
    }
    await letPass('61 minutes');
    expect(await inTurn(5, () => attempt({ email }))).toEqual(five);
  });

  test('gains nothing by another node, nor by a rehearsal', async () => {
    const { email } = await newPerson();
    const { actor } = await world.anotherCore();
    const there = actor(world.operator.authorization.replace('Bearer ', ''));
    expect(await inTurn(3, () => attempt({ email, dryRun: true }))).toEqual(five.slice(0, 3));
    expect(await inTurn(2, () => attempt({ email, as: there }))).toEqual(five.slice(0, 2));
    await prolong();
    expect(await attempt({ email, password })).toBe('RATE_LIMITED');
    expect(await attempt({ email, password, as: there, dryRun: true })).toBe('RATE_LIMITED');
  });
});

describe('whoever has the name in an account of their own', () => {
  test.each([
    ['naming the other account', true, false],
    ['naming no account', false, false],
    ['naming the other account, from an address that it knows', true, true],
    ['naming no account, from an address that both know', false, true],
  ])('guesses no more for it in another, %s', async (_, named, known) => {
    const { email } = await newPerson();
    const from = '192.0.2.1';
    const theirs = await world.account();
    const own = { email, from, password: 'a password of their own', accountId: theirs.id };
    await newUser(theirs.admin, { userName: email, password: own.password });
    if (known) expect(await attempt({ email, password, from, accountId: account.id })).toBe('in');
    const guess = () => attempt({ email, from, accountId: named ? account.id : undefined });
    expect(await attempt(own)).toBe('in');
    expect(await inTurn(4, guess)).toEqual(five.slice(1));
    expect(await attempt(own)).toBe('in');
    expect(await guess()).toBe('SIGN_IN_FAILED');
    await prolongWaits();
    expect(await attempt(own)).toBe('in');
    expect(await guess()).toBe('RATE_LIMITED');
  });
});

describe('the rightful one', () => {
  test('gets in at once from where they signed in before, whatever strangers do', async () => {
    const { email } = await newPerson();
    expect(await attempt({ email, password, from: '192.0.2.1' })).toBe('in');
    await inTurn(9, (at) => attempt({ email, from: `203.0.113.${at}` }));
    await prolongWaits();
    expect(await attempt({ email, password, from: '203.0.113.99' })).toBe('RATE_LIMITED');
    expect(await inTurn(3, () => attempt({ email, password, from: '192.0.2.1' }))).toEqual([
      'in',
      'in',
      'in',
    ]);
    // What they do themselves does not let strangers guess more.
    expect(await attempt({ email, from: '203.0.113.99' })).toBe('RATE_LIMITED');
  });

  test('is no exception there: whoever guesses from the same address waits as well', async () => {
    const { email } = await newPerson();
    await attempt({ email, password, from: '192.0.2.1' });
    expect(await inTurn(5, () => attempt({ email, from: '192.0.2.1' }))).toEqual(five);
    await prolong();
    expect(await attempt({ email, password, from: '192.0.2.1' })).toBe('RATE_LIMITED');
    expect(await attempt({ email, password, from: '192.0.2.2' })).toBe('in');
  });

  test('of two accounts gets into both from an address that both know, whatever strangers do', async () => {
    const { email } = await newPerson();
    const other = await world.account();
    const elsewhere = 'the password of elsewhere';
    await newUser(other.admin, { userName: email, password: elsewhere });
    const from = '192.0.2.1';
    for (const tried of [password, elsewhere])
      expect(await attempt({ email, password: tried, from })).toBe('in');
    await inTurn(5, () => attempt({ email, from: '203.0.113.1' }));
    await prolongWaits();
    for (const tried of [password, elsewhere])
      expect(await attempt({ email, password: tried, from })).toBe('in');
    expect(await attempt({ email, password, from: '203.0.113.1' })).toBe('RATE_LIMITED');
  });

  test('who mistypes is forgiven, and may sign in as often as they like', async () => {
    const { email } = await newPerson();
    await inTurn(4, () => attempt({ email, from: '192.0.2.1' }));
    expect(await inTurn(8, () => attempt({ email, password, from: '192.0.2.1' }))).toEqual(
      Array(8).fill('in'),
    );
  });

  test('with accounts in twelve companies gets into each', async () => {
    const email = `${randomUUID()}@example.com`;
    const own = (at: number) => `the password number ${at}`;
    const accounts = await inTurn(12, async (at) => {
      const company = await world.account();
      await newUser(company.admin, { userName: email, password: own(at) });
      return company.id;
    });
    const entered = await inTurn(12, async (at) => {
      const { signIn: started } = await world.operator.query<{ signIn: { account: { id: string } } }>(
        signIn.document,
        { input: { email, password: own(at) } },
      );
      return started.account.id;
    });
    expect(entered).toEqual(accounts);
  });
});

describe('the log', () => {
  const failuresOf = async (id: string) =>
    (await eventsAbout(account.admin, id)).filter(({ type }) => type === 'USER_SIGN_IN_FAILED');

  test('tells of failed attempts, from where and how many, and not of the password', async () => {
    const { id, email } = await newPerson();
    await attempt({ email, password: 'what I typed', from: '203.0.113.7' });
    await attempt({ email });
    const failures = await failuresOf(id);
    expect(failures.map(({ changes }) => changes)).toEqual([
      [
        { field: 'address', before: null, after: '203.0.113.7' },
        { field: 'attempts', before: null, after: 1 },
      ],
      [{ field: 'attempts', before: null, after: 2 }],
    ]);
    expect(JSON.stringify(failures)).not.toContain('what I typed');
  });

  test('can not be filled by whoever guesses', async () => {
    const { id, email } = await newPerson();
    await inTurn(45, async () => {
      await attempt({ email });
      await letPass('15 minutes');
    });
    const counts = (await failuresOf(id)).map(({ changes }) => changes.at(-1)?.after);
    expect(counts).toEqual([1, 2, 3, 4, 5, 10, 20, 40]);
  });

  test('forgets nothing, but the counters of names that were typed once are not kept', async () => {
    await query(`INSERT INTO sign_in_attempts SELECT 'name old-' || n, 1, now(), now() - interval '1 second'
      FROM generate_series(1, 8) n`);
    await attempt({ email: `nobody-${randomUUID()}@example.com` });
    expect(await query(`SELECT FROM sign_in_attempts WHERE bucket LIKE 'name old-%'`)).toHaveLength(0);
  });
});
