import type { AccountWorld } from '@rollcall/testkit';
import { beforeEach, expect, test } from 'vitest';
import {
  createUser,
  eventsAbout,
  issueToken,
  newUser,
  refused,
  run,
  updateConnection,
} from '../../testing/directory.ts';
import { connectionIdOf } from '../../testing/group-roles.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
let id: string;
beforeEach(async () => {
  account = await world.account();
  id = await connectionIdOf(account);
});

async function turn(paused: boolean): Promise<void> {
  await run(account.admin, updateConnection, { id, paused });
  // As each request to a server does (docs/decisions/0031-what-was-acknowledged-counts.md).
  await world.core.catchUp();
}

test('the identity provider of a paused connection is asked to come back, and goes on once it is resumed', async () => {
  const { admin, idp } = account;
  const person = await newUser(idp);
  await turn(true);
  const refusal = {
    code: 'CONNECTION_PAUSED',
    connection: expect.any(String),
    retryAfter: 300,
    message: expect.stringContaining('Nothing was read or changed'),
  };
  const read = 'query ($id: ID!) { user(id: $id) { id } }';
  expect(await idp.refusal(read, { id: person.id })).toMatchObject(refusal);
  expect(await refused(idp, createUser, { userName: 'late' })).toMatchObject(refusal);
  // A token that is issued meanwhile is as good as the others.
  const issued = await run<{ secret: string }>(admin, issueToken, {
    kind: 'SCIM',
    name: 'x',
    connectionId: id,
  });
  expect(await world.actor(issued.secret).refusal('{ ownConnection { id } }')).toMatchObject(refusal);
  await admin.query(read, { id: person.id });
  await turn(false);
  await newUser(idp);
  const changes = (await eventsAbout(admin, id)).flatMap((event) => event.changes);
  expect(changes.filter(({ field }) => field === 'paused')).toEqual([
    { field: 'paused', before: false, after: true },
    { field: 'paused', before: true, after: false },
  ]);
});

test('what is pushed while it is being paused is written whole or refused, and nothing after that was answered', async () => {
  const { admin, idp } = account;
  const names = Array.from({ length: 20 }, (_, n) => `person-${n}`);
  const pushes = names.map((userName) => idp.ask(createUser.document, { input: { userName } }));
  await turn(true);
  const counted = 'query { users(filter: { userName: { startsWith: "person-" } }) { totalCount } }';
  const count = async () => (await admin.query<{ users: { totalCount: number } }>(counted)).users.totalCount;
  const answers = await Promise.all(pushes);
  const codes = answers.flatMap(({ errors }) => errors?.map(({ extensions }) => extensions.code) ?? []);
  expect(new Set(codes).difference(new Set(['CONNECTION_PAUSED']))).toEqual(new Set());
  expect(await count()).toBe(names.length - codes.length);
});

test('whoever pauses or resumes it could do what its tokens do', async () => {
  const weak = await account.withPermissions('connections:write', 'users:read');
  for (const paused of [true, false]) {
    await turn(!paused);
    expect(await refused(weak, updateConnection, { id, paused })).toMatchObject({
      code: 'FORBIDDEN',
      field: 'paused',
      permission: 'users:write',
    });
  }
});
