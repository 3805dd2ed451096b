import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createRole,
  createUsers,
  deprovisionUser,
  eventsAbout,
  grantRole,
  newUser,
  refused,
  requestPasswordReset,
  resetPassword,
  roleNamed,
  run,
  sendPasswordReset,
  signIn,
  updateUser,
} from '../../testing/directory.ts';
import { withClient } from '../../testing/tables.ts';
import { useMailWorld } from '../../testing/world.ts';

const world = useMailWorld();
const password = 'correct horse battery';
const nobody = (): Actor => world.actor('nobody');

let account: AccountWorld;
beforeAll(async () => {
  account = await world.account();
});

const newAddress = (): string => `person-${crypto.randomUUID()}@example.com`;
const newPerson = (input: object = {}) => newUser(account.idp, { userName: newAddress(), ...input });
const ask = (email: string) => run(nobody(), requestPasswordReset, { email });
const use = (token: string, chosen = password) => ({ token, password: chosen });

/** The secrets in a mail's links. */
const tokensIn = (text: string): string[] =>
  [...text.matchAll(/\/set-password#(rc_reset_\S+)/g)].map(([, token]) => token ?? '');

/** What is in the link that comes to an address. */
async function tokenTo(address: string): Promise<string> {
  for (;;) {
    const [token] = tokensIn((await world.mailServer.mailTo(address)).text);
    if (token !== undefined) return token;
  }
}

const query = <Row extends object>(text: string, ...values: unknown[]) =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(text, values)).rows);

const enters = async (email: string, chosen = password) =>
  (await nobody().ask(signIn.document, { input: { email, password: chosen } })).errors === undefined;

const noLongerGood = { code: 'INVALID_INPUT', field: 'token' };

test('whoever was provisioned signs in for the first time by a link', async () => {
  const { id, userName } = await newPerson();
  expect(await ask(` ${userName.toUpperCase()} `)).toEqual({ accepted: true });
  const mail = await world.mailServer.mailTo(userName);
  expect(mail).toMatchObject({
    from: '"Rollcall" <no-reply@rollcall.test>',
    subject: expect.stringMatching(/^Set your password for Acme \d+$/),
  });
  const [token = ''] = tokensIn(mail.text);
  expect(mail.html).toContain(`<a href="http://rollcall.test/set-password#${token}">`);
  expect(await run(nobody(), resetPassword, use(token))).toEqual({ userName });
  expect(await enters(userName)).toBe(true);
  const told = await world.mailServer.mailTo(userName);
  expect(told.subject).toMatch(/^Your password for Acme \d+ was changed$/);
  expect(JSON.stringify(told)).not.toContain('rc_reset_');
  const events = await eventsAbout(account.admin, id);
  expect(events.map(({ type }) => type)).toEqual([
    'USER_CREATED',
    'USER_PASSWORD_RESET_SENT',
    'USER_UPDATED',
    'USER_SIGNED_IN',
  ]);
  expect(events[2]?.changes).toEqual([{ field: 'password', before: null, after: null }]);
  expect(JSON.stringify(events)).not.toContain('rc_reset_');
  expect(await query('SELECT FROM queued_mails WHERE user_id = $1', id)).toEqual([]);
});

describe('nobody learns who exists', () => {
  test.each([
    ['nobody', async () => 'nobody@example.com'],
    ['somebody inactive', async () => (await newPerson({ active: false })).userName],
    [
      'somebody who left',
      async () => {
        const { id, userName } = await newPerson();
        await run(account.idp, deprovisionUser, { id });
        return userName;
      },
    ],
    [
      'a second e-mail address',
      async () => {
        const value = newAddress();
        await newPerson({ emails: [{ value: newAddress(), primary: true }, { value }] });
        return value;
      },
    ],
  ])('%s is answered as somebody, and sent nothing', async (_, make) => {
    const email = await make();
    const begun = performance.now();
    expect(await ask(email)).toEqual({ accepted: true });
    expect(performance.now() - begun).toBeGreaterThan(290);
    // Mails are sent in their order: what comes after it has come, so it would have.
    const { userName } = await newPerson();
    await ask(userName);
    await world.mailServer.mailTo(userName);
    expect(world.mailServer.mails.filter(({ to }) => to === email)).toEqual([]);
  });

  test('many requests for one address are slowed down, whoever has it', async () => {
    for (const email of [(await newPerson()).userName, newAddress()]) {
      for (let at = 0; at < 5; at += 1) await ask(email);
      await query(`UPDATE sign_in_attempts SET next_at = now() + interval '1 minute' WHERE count >= 5`);
      expect(await refused(nobody(), requestPasswordReset, { email })).toMatchObject({
        code: 'RATE_LIMITED',
        retryAfter: expect.any(Number),
      });
    }
  });

  test.each(['', 'ada', 'a@b\0', 'a@b c', `${'a'.repeat(1024)}@example.com`])(
    '%j is no e-mail address',
    async (email) => {
      expect(await refused(nobody(), requestPasswordReset, { email })).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'email',
      });
    },
  );
});

test('who is in several accounts gets one mail that names each, under the primary address as well', async () => {
  const [one, other] = [await world.account('One'), await world.account('Other')];
  const address = newAddress();
  await newUser(one.idp, { userName: address });
  const { userName } = await newUser(other.idp, {
    emails: [{ value: address.toUpperCase(), primary: true }],
  });
  await ask(address);
  const { subject, text } = await world.mailServer.mailTo(address);
  expect(subject).toBe('Set your password for 2 accounts');
  expect(text).toMatch(/One \d+:\n[\s\S]*Other \d+:\n/);
  const [, second = ''] = tokensIn(text);
  expect(await run(nobody(), resetPassword, use(second))).toEqual({ userName });
});

test('a hundred people of another account to whom the address was given keep nobody from their link', async () => {
  const [crowded, own] = [await world.account('Crowded'), await world.account('Own')];
  const address = newAddress();
  const people = Array.from({ length: 100 }, () => ({
    userName: newAddress(),
    emails: [{ value: address, primary: true }],
  }));
  await run(crowded.admin, createUsers, { users: people });
  await newUser(own.idp, { userName: address });
  await newUser(own.idp, { emails: [{ value: address, primary: true }] });
  await ask(address);
  const { text } = await world.mailServer.mailTo(address);
  expect(text.match(/Own \d+:\n/g)).toHaveLength(2);
  expect(text.match(/Crowded \d+:\n/g)).toHaveLength(5);
});

describe('a link', () => {
  const linkTo = async (userName: string): Promise<string> => {
    await ask(userName);
    return tokenTo(userName);
  };

  test('works once, also for two who use it at the same moment', async () => {
    const other = await world.anotherCore();
    for (let round = 0; round < 10; round += 1) {
      const { userName } = await newPerson();
      const token = await linkTo(userName);
      const chosen = [`${password} one`, `${password} two`];
      const answers = await Promise.all(
        [nobody(), other.actor('nobody')].map((actor, at) =>
          actor.ask(resetPassword.document, { input: use(token, chosen[at]) }),
        ),
      );
      const right = answers.map(({ errors }) => errors === undefined);
      expect(right.toSorted()).toEqual([false, true]);
      expect(await Promise.all(chosen.map((each) => enters(userName, each)))).toEqual(right);
      expect(await refused(nobody(), resetPassword, use(token))).toMatchObject(noLongerGood);
    }
  });

  test('lets whoever guessed too often before sign in at once from there, and from nowhere else', async () => {
    const { userName } = await newPerson();
    const from = (address: string) => ({ 'client-address': address });
    await nobody().query(resetPassword.document, { input: use(await linkTo(userName)) }, from('192.0.2.1'));
    const input = { email: userName, password: 'a wrong guess' };
    for (let at = 0; at < 5; at += 1) await nobody().ask(signIn.document, { input }, from('192.0.2.3'));
    await query(`UPDATE sign_in_attempts SET next_at = now() + interval '1 minute' WHERE count >= 5`);
    await nobody().query(
      resetPassword.document,
      { input: use(await linkTo(userName), 'another horse battery') },
      from('192.0.2.2'),
    );
    const attempt = (address: string) =>
      nobody().ask(
        signIn.document,
        { input: { email: userName, password: 'another horse battery' } },
        from(address),
      );
    expect((await attempt('192.0.2.3')).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    expect((await attempt('192.0.2.2')).errors).toBeUndefined();
  });

  test('ends the sessions of before, and the other links', async () => {
    const { userName } = await newPerson({ active: true });
    const [first, second] = [await linkTo(userName), await linkTo(userName)];
    await run(nobody(), resetPassword, use(first));
    const { secret } = await run<{ secret: string }>(nobody(), signIn, { email: userName, password });
    expect(await refused(nobody(), resetPassword, use(second))).toMatchObject(noLongerGood);
    await run(nobody(), resetPassword, use(await linkTo(userName), 'another horse battery'));
    await expect
      .poll(async () => (await world.actor(secret).ask('{ viewer { kind } }')).errors?.[0]?.extensions.code)
      .toBe('UNAUTHENTICATED');
  });

  test.each([
    ['its hour is over', () => query(`UPDATE password_resets SET expires_at = now()`)],
    ['the person is switched off', (id: string) => run(account.admin, updateUser, { id, active: false })],
    ['the person leaves', (id: string) => run(account.admin, deprovisionUser, { id })],
    [
      'the address is taken away',
      (id: string) => run(account.admin, updateUser, { id, userName: newAddress() }),
    ],
    [
      'an admin sets a password',
      (id: string) => run(account.admin, updateUser, { id, password: 'set by an admin' }),
    ],
  ])('is over when %s', async (_, change) => {
    const { id, userName } = await newPerson();
    const token = await linkTo(userName);
    await change(id);
    expect(await refused(nobody(), resetPassword, use(token))).toMatchObject(noLongerGood);
  });

  test('sets no password that breaks the rules, and is good for another one', async () => {
    const { userName } = await newPerson();
    const token = await linkTo(userName);
    for (const wrong of ['short', userName, 'password1234', 'x'.repeat(1025), 'horse battery\0'])
      expect(await refused(nobody(), resetPassword, use(token, wrong))).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'password',
      });
    await run(nobody(), resetPassword, use(token));
  });

  test.each(['', 'rc_reset_', 'hello', 'x'.repeat(5000)])('%j is none', async (token) => {
    expect(await refused(nobody(), resetPassword, use(token))).toMatchObject(noLongerGood);
  });

  test('is no credential', async () => {
    const { userName } = await newPerson();
    const actor = world.actor(await linkTo(userName));
    expect(await actor.refusal('{ viewer { kind } }')).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

test('a link goes to the address as the person has it, and not to one that looks the same to us', async () => {
  const { userName } = await newPerson({ userName: `ſam-${crypto.randomUUID()}@example.com` });
  await ask(userName.replace('ſ', 's'));
  expect((await world.mailServer.mailTo(userName)).to).toBe(userName);
});

describe('nobody becomes more by a link', () => {
  const admin = async (input: object = {}) => {
    const person = await newPerson(input);
    await run(account.admin, grantRole, {
      userId: person.id,
      roleId: await roleNamed(account.admin, 'admin'),
    });
    return person;
  };

  test('whoever may do more is reached by userName alone: others can change their e-mail addresses', async () => {
    const { id, userName } = await admin();
    const address = newAddress();
    await run(account.idp, updateUser, { id, emails: [{ value: address, primary: true }] });
    await ask(address);
    await ask(userName);
    await world.mailServer.mailTo(userName);
    expect(world.mailServer.mails.filter(({ to }) => to === address)).toEqual([]);
  });

  test('a link to an e-mail address is over when the person may do more by then', async () => {
    const address = newAddress();
    const { id } = await newPerson({ userName: 'no address', emails: [{ value: address, primary: true }] });
    await ask(address);
    const token = await tokenTo(address);
    const roleId = await roleNamed(account.admin, 'admin');
    await run(account.admin, grantRole, { userId: id, roleId });
    expect(await refused(nobody(), resetPassword, use(token))).toMatchObject(noLongerGood);
  });

  test('an admin sends one to who may do no more, and it is over when that changes', async () => {
    const { id, userName } = await newPerson();
    const clerk = await account.withPermissions(
      'users:write',
      'users:read',
      'account:read',
      'teams:read',
      'roles:read',
      'tokens:read',
      'connections:read',
      'events:read',
    );
    expect(await run(clerk, sendPasswordReset, { userId: id })).toEqual({ address: userName, user: { id } });
    const mail = await world.mailServer.mailTo(userName);
    expect(mail.text).toContain('A tool sent you this.');
    const { role } = await run<{ role: { id: string } }>(account.admin, createRole, {
      name: crypto.randomUUID(),
      permissions: ['tokens:write'],
    });
    await run(account.admin, grantRole, { userId: id, roleId: role.id });
    expect(await refused(nobody(), resetPassword, use(tokensIn(mail.text)[0] ?? ''))).toMatchObject(
      noLongerGood,
    );
    expect(await refused(clerk, sendPasswordReset, { userId: id })).toMatchObject({
      code: 'FORBIDDEN',
      field: 'userId',
      permission: 'tokens:write',
    });
    expect(await run(account.admin, sendPasswordReset, { userId: id })).toMatchObject({ user: { id } });
  });

  test.each([
    ['somebody unknown', 'NOT_FOUND', async () => crypto.randomUUID()],
    ['no id', 'NOT_FOUND', async () => 'x'],
    ['somebody switched off', 'INVALID_INPUT', async () => (await newPerson({ active: false })).id],
    [
      'somebody without an address',
      'INVALID_INPUT',
      async () => (await newPerson({ userName: crypto.randomUUID() })).id,
    ],
  ])('%s is sent none: %s', async (_, code, make) => {
    const refusal = await refused(account.admin, sendPasswordReset, { userId: await make() });
    expect(refusal).toMatchObject({ code, field: 'userId' });
  });

  test('nobody is sent more than five that work', async () => {
    const { id, userName } = await newPerson();
    for (let at = 0; at < 5; at += 1) await run(account.admin, sendPasswordReset, { userId: id });
    expect(await refused(account.admin, sendPasswordReset, { userId: id })).toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(await ask(userName)).toEqual({ accepted: true });
    expect(await query('SELECT FROM password_resets WHERE user_id = $1', id)).toHaveLength(5);
  });

  test('nobody’s mailbox is filled by links to many people who have its address', async () => {
    const shared = newAddress();
    const send = async (value: string) => {
      const { id: userId } = await newPerson({ emails: [{ value, primary: true }] });
      return account.admin.ask(sendPasswordReset.document, { input: { userId } });
    };
    for (let at = 0; at < 5; at += 1) expect((await send(shared)).errors).toBeUndefined();
    await query(
      `UPDATE sign_in_attempts SET next_at = now() + interval '1 minute' WHERE bucket LIKE 'sent reset %'`,
    );
    expect((await send(shared.toUpperCase())).errors?.[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: expect.any(Number),
    });
    expect((await send(newAddress())).errors).toBeUndefined();
    expect(await ask(shared)).toEqual({ accepted: true });
  });
});
