import { beforeAll, expect, test } from 'vitest';
import { graphqlSchema } from './api/build-schema.ts';
import {
  documentOf,
  inputsOfMutations,
  type OneOfEach,
  oneOfEach,
  unrehearsed,
} from './testing/one-of-each.ts';
import { dumpTables } from './testing/tables.ts';
import { useSharedAccount, useWorld } from './testing/world.ts';

const world = useWorld();
const account = useSharedAccount(world);
let made: OneOfEach;
beforeAll(async () => {
  made = await oneOfEach(account, world.databaseUrl);
});

const mutations = Object.values(graphqlSchema().getMutationType()?.getFields() ?? {}).filter(
  ({ name }) => !(name in unrehearsed),
);

test.each(mutations.map((field) => [field.name, field] as const))(
  '%s in rehearsal answers and changes nothing',
  async (name, field) => {
    const input = inputsOfMutations(account, made)[name];
    if (input === undefined)
      throw new Error(`The mutation ${name} is new: say in inputsOfMutations what it changes.`);
    const actor = name === 'createAccount' ? world.operator : account.admin;
    const before = await dumpTables(world.databaseUrl);
    const ended: string[] = [];
    for (const authorization of [account.admin.authorization, `Bearer ${made.toolSecret}`]) {
      const context = await world.core.createContext({ authorization });
      world.core.onAccessEnded(context, () => ended.push(name));
    }
    const data = await actor.query<Record<string, object>>(
      documentOf(field),
      { input },
      { 'rollcall-dry-run': 'true' },
    );
    expect(Object.keys(data)).toEqual([name]);
    expect(await dumpTables(world.databaseUrl)).toEqual(before);
    expect(await account.admin.query('{ viewer { kind } }')).toEqual({ viewer: { kind: 'USER' } });
    expect(ended).toEqual([]);
  },
);

test('a rehearsal is refused like the real thing', async () => {
  const headers = { 'rollcall-dry-run': 'true' };
  const create = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }';
  const taken = { input: { userName: 'SOMEONE@example.com' } };
  expect(await account.idp.refusal(create, taken, headers)).toMatchObject({
    code: 'ALREADY_EXISTS',
    conflictingId: made.ids.user,
  });
  const rename = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }';
  const clash = { input: { id: made.ids.other, userName: 'someone@example.com' } };
  expect(await account.idp.refusal(rename, clash, headers)).toMatchObject({
    code: 'ALREADY_EXISTS',
    field: 'userName',
  });
});

test.each(Object.entries(unrehearsed))(
  '%s is refused in rehearsal, and changes nothing',
  async (name, input) => {
    const field = graphqlSchema().getMutationType()?.getFields()[name];
    if (field === undefined) throw new Error(`There is no mutation ${name}.`);
    const before = await dumpTables(world.databaseUrl);
    const refusal = await account.admin.refusal(documentOf(field), { input }, { 'rollcall-dry-run': 'true' });
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', field: 'rollcall-dry-run' });
    expect(await dumpTables(world.databaseUrl)).toEqual(before);
  },
);

test('nobody rehearses without a credential, also what needs none otherwise', async () => {
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { secret } }';
  const input = { email: account.adminEmail, password: account.adminPassword };
  expect(
    await world.actor('nobody').refusal(signIn, { input }, { 'rollcall-dry-run': 'true' }),
  ).toMatchObject({ code: 'UNAUTHENTICATED', field: 'rollcall-dry-run' });
});
