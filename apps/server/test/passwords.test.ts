import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { USER, unique } from './conformance/samples.ts';
import { syncPasswords } from './password-sync.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

const sessionSchema = z.object({ signIn: z.object({ secret: z.string() }) });
const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { secret } }';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
  await syncPasswords(company);
});
afterAll(() => server?.close());

const enter = async (email: string, password: string): Promise<string> =>
  (await server.graphql().query(sessionSchema, signIn, { input: { email, password } })).signIn.secret;
const refusal = async (email: string, password: string) =>
  (await server.graphql().ask(signIn, { input: { email, password } })).errors?.[0]?.extensions.code;
const isGood = async (session: string) =>
  (await server.graphql(session).ask('{ viewer { kind } }')).errors === undefined;

async function create(password: string) {
  const userName = unique('person');
  const { id } = await company.scim.create('Users', { schemas: [USER], userName, password });
  return { userName, path: `/Users/${id}` };
}

test('a password is kept and never shown, not even to who asks for it', async () => {
  const { userName, path } = await create('Kv7J2LEa!x9#');
  expect(await enter(userName, 'Kv7J2LEa!x9#')).toBeTruthy();
  for (const query of [
    '',
    '?attributes=password',
    '?attributes=urn:ietf:params:scim:schemas:core:2.0:User',
  ]) {
    expect((await company.scim.expect(200, { path: path + query })).text).not.toMatch(/password|Kv7J2LEa/);
  }
  await company.scim.expect(400, { path: `/Users?filter=password eq "Kv7J2LEa!x9%23"` });
});

test('a made-up password that breaks the rules does not stop provisioning (zitadel issue 10009)', async () => {
  const { userName, path } = await create('x');
  expect(await refusal(userName, 'x')).toBe('SIGN_IN_FAILED');
  await company.scim.patch(path, { op: 'replace', value: { password: 'long enough to keep' } });
  expect(await enter(userName, 'long enough to keep')).toBeTruthy();
});

test.each(['PUT', 'PATCH'])(
  'a password comes by %s, ends the sessions of the one before, and is not told',
  async (method) => {
    const { userName, path } = await create('the first one');
    const session = await enter(userName, 'the first one');
    const change = (password: string) => ({
      method,
      path,
      body:
        method === 'PUT'
          ? { userName, password }
          : { Operations: [{ op: 'replace', path: 'password', value: password }] },
    });
    const answer = await company.scim.expect(200, change('the second one'));
    expect(answer.text).not.toContain('second one');
    await expect.poll(() => isGood(session)).toBe(false);
    expect(await refusal(userName, 'the first one')).toBe('SIGN_IN_FAILED');
    expect(await enter(userName, 'the second one')).toBeTruthy();

    const refused = await company.scim.expect(400, change('short'));
    expect(refused.body).toMatchObject({
      scimType: 'invalidValue',
      detail: expect.stringContaining('password'),
    });
    expect(await enter(userName, 'the second one')).toBeTruthy();

    const events = await server
      .graphql(tokenOf(company.admin))
      .ask('{ events(first: 20) { nodes { type changes { field before after } } } }');
    expect(events.errors).toBeUndefined();
    expect(JSON.stringify(events.data)).toContain('"password"');
    expect(JSON.stringify(events.data)).not.toMatch(/(first|second) one/);
  },
);

test.each(['', ' ', ' '.repeat(12), '\u200b'.repeat(12), 'eleven char', 'password1234', 'abcabcabcabcabc'])(
  '%j is refused by every door, in words that say the rule, and the one before stays',
  async (password) => {
    const { userName, path } = await create('the one before');
    const id = path.split('/').at(-1);
    for (const change of [
      { method: 'PUT', path, body: { userName, password } },
      { method: 'PATCH', path, body: { Operations: [{ op: 'replace', path: 'password', value: password }] } },
      { method: 'PATCH', path, body: { Operations: [{ op: 'add', value: { password } }] } },
    ]) {
      const { body } = await company.scim.expect(400, change);
      expect(body).toMatchObject({ scimType: 'invalidValue', detail: expect.stringMatching(/^password: /) });
    }
    const update = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }';
    const create2 = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }';
    for (const [query, input] of [
      [update, { id, password }],
      [create2, { userName: unique('person'), password }],
    ] as const) {
      const { errors } = await server.graphql(tokenOf(company.admin)).ask(query, { input });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'password' });
    }
    expect(await enter(userName, 'the one before')).toBeTruthy();
  },
);

test('nobody takes what they are known by for a password', async () => {
  const { userName, path } = await create('the one before');
  await company.scim.patch(path, {
    op: 'add',
    path: 'emails',
    value: [{ value: 'lady.of.numbers@example.com' }],
  });
  await company.scim.patch(path, {
    op: 'add',
    value: { displayName: 'Countess', name: { givenName: 'Augusta', familyName: 'King' } },
  });
  const known = ['Lady.Of.Numbers', 'lady.of.numbers@example.com', 'lady_of_numbers_1', 'kingaugusta1815'];
  for (const password of [userName, `${userName}!`, ...known]) {
    const { body } = await company.scim.expect(400, {
      method: 'PATCH',
      path,
      body: { Operations: [{ op: 'replace', path: 'password', value: password }] },
    });
    expect(body.detail).toMatch(/^password: .*name or e-mail/);
  }
});

test('PUT without a password keeps it, and the sessions', async () => {
  const { userName, path } = await create('kept as it is');
  const session = await enter(userName, 'kept as it is');
  await company.scim.expect(200, { method: 'PUT', path, body: { userName, title: 'Countess' } });
  expect(await isGood(session)).toBe(true);
  expect(await enter(userName, 'kept as it is')).toBeTruthy();
});

test.each([
  ['alone', []],
  ['beside what needs reading', [{ op: 'add', path: 'emails', value: [{ value: 'z@example.com' }] }]],
])('a PATCH clears a password %s', async (_, others) => {
  for (const clearing of [
    { op: 'remove', path: 'password' },
    { op: 'replace', path: 'password', value: null },
  ]) {
    const { userName, path } = await create('kept as it is');
    await company.scim.patch(path, clearing, ...others);
    expect(await refusal(userName, 'kept as it is')).toBe('SIGN_IN_FAILED');
  }
});

test('a connection with the strict profile is told of no password', async () => {
  const strict = await server.company();
  const tellsOfIt = ({ scim }: Company) =>
    Promise.all(
      ['/Schemas', `/Schemas/${USER}`].map(async (path) =>
        (await scim.expect(200, { path })).text.includes('"password"'),
      ),
    );
  await syncPasswords(strict, true, { strict: true });
  expect(await tellsOfIt(strict)).toEqual([false, false]);
  expect(await tellsOfIt(company)).toEqual([true, true]);
  const { body } = await strict.scim.expect(200, { path: '/ServiceProviderConfig' });
  expect(body.changePassword).toEqual({ supported: false });
});

test('whether the connection takes passwords is published to it', async () => {
  const other = await server.company();
  for (const [{ scim }, supported] of [
    [company, true],
    [other, false],
  ] as const) {
    const user = await scim.create('Users', { schemas: [USER], userName: unique('person') });
    const { status } = await scim.send({
      method: 'PATCH',
      path: `/Users/${user.id}`,
      body: { Operations: [{ op: 'replace', path: 'password', value: 'Kv7J2LEa!x9#' }] },
    });
    expect(status).toBe(supported ? 200 : 400);
    const { body } = await scim.expect(200, { path: '/ServiceProviderConfig' });
    expect(body.changePassword).toEqual({ supported });
  }
});
