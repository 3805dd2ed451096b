import { expect, test } from 'vitest';
import { changePassword, eventsAbout, newUser, refused, run, signIn } from '../../testing/directory.ts';
import { useMailWorld } from '../../testing/world.ts';

const world = useMailWorld();
const currentPassword = 'correct horse battery';
const password = 'another horse battery';

async function somebody() {
  const account = await world.account();
  const { id, userName } = await newUser(account.admin, { password: currentPassword });
  const enter = async (secret = currentPassword) =>
    world.actor(
      (await run<{ secret: string }>(account.admin, signIn, { email: userName, password: secret })).secret,
    );
  return { ...account, id, userName, enter };
}

test('whoever knows their password changes it; their other sessions end, and a mail tells them', async () => {
  const { admin, id, userName, enter } = await somebody();
  const [here, there] = [await enter(), await enter()];
  expect(await run(here, changePassword, { currentPassword, password })).toEqual({ changed: true });
  expect(await here.query('{ viewer { kind } }')).toBeTruthy();
  await expect
    .poll(async () => (await there.ask('{ viewer { kind } }')).errors?.[0]?.extensions.code)
    .toBe('UNAUTHENTICATED');
  await enter(password);
  expect(await refused(admin, signIn, { email: userName, password: currentPassword })).toMatchObject({
    code: 'SIGN_IN_FAILED',
  });
  expect((await world.mailServer.mailTo(userName)).subject).toMatch(/was changed$/);
  const changed = (await eventsAbout(admin, id)).find(({ type }) => type === 'USER_UPDATED');
  expect(changed?.changes).toEqual([{ field: 'password', before: null, after: null }]);
});

test('a wrong present password is refused, and counts and is told as an attempt to sign in', async () => {
  const { enter, id, admin } = await somebody();
  const here = await enter();
  const codes: unknown[] = [];
  for (let at = 0; at < 6; at += 1)
    codes.push((await refused(here, changePassword, { currentPassword: 'a wrong guess', password })).code);
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('SIGN_IN_FAILED'));
  expect(codes[5]).toBe('RATE_LIMITED');
  const told = (await eventsAbout(admin, id)).map(({ type }) => type);
  expect(told).not.toContain('USER_UPDATED');
  expect(told.filter((type) => type === 'USER_SIGN_IN_FAILED')).toHaveLength(5);
});

test.each([
  ['short', 'password'],
  [currentPassword, 'password'],
])('%j is refused as the new one', async (wrong, field) => {
  const { enter } = await somebody();
  expect(await refused(await enter(), changePassword, { currentPassword, password: wrong })).toMatchObject({
    code: 'INVALID_INPUT',
    field,
  });
});

test('a machine has no password', async () => {
  const { idp } = await somebody();
  expect(await refused(idp, changePassword, { currentPassword, password })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'authorization',
  });
});
