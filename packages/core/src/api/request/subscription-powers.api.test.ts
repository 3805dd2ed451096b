import type { AccountWorld, Actor } from '@rollcall/testkit';
import { parse, subscribe } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import {
  createRole,
  grantRole,
  issueToken,
  newUser,
  revokeRole,
  run,
  signIn,
  updateRole,
} from '../../testing/directory.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
beforeAll(async () => {
  account = await world.account();
});

const password = 'correct horse battery';
const events = 'subscription { provisioningEvents { event { type connection { tokens { id } } } } }';

interface Follower {
  readonly userId: string;
  readonly roleId: string;
  /** By a session, and by a token of the same person. */
  readonly actors: readonly [Actor, Actor];
}

/** A person who may do this, signed in and with a token. */
async function follower(...permissions: string[]): Promise<Follower> {
  const { id: userId, userName } = await newUser(account.admin, { password });
  const name = `role ${crypto.randomUUID()}`;
  const { role } = await run<{ role: { id: string } }>(account.admin, createRole, { name, permissions });
  await run(account.admin, grantRole, { userId, roleId: role.id });
  const session = await run<{ secret: string }>(account.admin, signIn, { email: userName, password });
  const actor = world.actor(session.secret);
  const token = await run<{ secret: string }>(actor, issueToken, { kind: 'API', name: 'own', permissions });
  return { userId, roleId: role.id, actors: [actor, world.actor(token.secret)] };
}

/** Begins to follow; what comes next is to be asked for before it happens. */
async function begun(actor: Actor) {
  const messages = await actor.subscribe(events);
  if (!('next' in messages)) throw new Error(JSON.stringify(messages));
  return messages;
}

test('what a person lost while their subscription began ends it', async () => {
  const { roleId: id, actors } = await follower('events:read', 'tokens:write');
  const contexts = await Promise.all(
    actors.map(({ authorization }) => world.core.createContext({ authorization })),
  );
  await run(account.admin, updateRole, { id, permissions: ['tokens:read'] });
  for (const contextValue of contexts) {
    const messages = await subscribe({ schema: world.core.schema, document: parse(events), contextValue });
    if (!('next' in messages)) throw new Error(JSON.stringify(messages));
    await expect(messages.next()).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN', permission: 'events:read' },
    });
  }
});

const all = ['events:read', 'tokens:read', 'tokens:write'];

test.each([
  [
    'the role is revoked',
    ({ userId, roleId }: Follower) => run(account.admin, revokeRole, { userId, roleId }),
    // Who has no role left has the default ones, which include events:read.
    undefined,
  ],
  [
    'the role allows less',
    ({ roleId: id }: Follower) => run(account.admin, updateRole, { id, permissions: ['tokens:read'] }),
    'events:read',
  ],
])('when %s, sessions and tokens can do less at once', async (_, change, ends) => {
  const person = await follower(...all);
  const messages = await Promise.all(person.actors.map(begun));
  const nextOf = (each: (typeof messages)[number]): Promise<unknown> =>
    each.next().catch((error: unknown) => error);
  // What was read before the notice of the change came is still told.
  const endOf = async (each: (typeof messages)[number]): Promise<unknown> => {
    for (;;) {
      const answer = await nextOf(each);
      if (answer instanceof Error) return answer;
    }
  };
  const next = Promise.all(messages.map(ends === undefined ? nextOf : endOf));
  await change(person);
  if (ends === undefined)
    await run(account.idp, { field: 'createUser', document: created }, { userName: crypto.randomUUID() });
  for (const answer of await next) {
    if (ends === undefined) expect(answer).toMatchObject({ done: false });
    else expect(answer).toMatchObject({ extensions: { code: 'FORBIDDEN', permission: ends } });
  }
  for (const actor of person.actors) {
    await expect
      .poll(
        async () =>
          (await actor.ask('mutation { issueToken(input: { kind: API, name: "x" }) { secret } }')).errors?.[0]
            ?.extensions,
      )
      .toMatchObject({ code: 'FORBIDDEN', permission: 'tokens:write' });
  }
});

const created = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { changed } }';

test('a field inside a message asks for its permission as of now', async () => {
  const person = await follower(...all);
  const [session] = person.actors;
  const messages = await begun(session);
  const provision = () =>
    run(account.idp, { field: 'createUser', document: created }, { userName: crypto.randomUUID() });
  const first = messages.next();
  await provision();
  expect((await first).value).toMatchObject({
    data: { provisioningEvents: { event: { connection: { tokens: [{}] } } } },
  });
  await run(account.admin, updateRole, { id: person.roleId, permissions: ['events:read'] });
  await expect
    .poll(async () => (await session.ask('{ tokens { totalCount } }')).errors?.[0]?.extensions.code)
    .toBe('FORBIDDEN');
  await provision();
  for (;;) {
    const { value, done } = await messages.next();
    if (done === true) throw new Error('The feed ended.');
    if (value.errors === undefined) continue;
    expect(value.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'tokens:read' });
    break;
  }
  await messages.return?.();
});
