import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { expect, test } from 'vitest';
import { graphqlSchema } from './api/build-schema.ts';
import { inputsOfMutations, oneOfEach, unrehearsed } from './testing/one-of-each.ts';
import { useAccount, useWorld } from './testing/world.ts';

const world = useWorld();
const account = useAccount(world);

const DEPTH = 4;
const mutations = Object.values(graphqlSchema().getMutationType()?.getFields() ?? {}).filter(
  ({ name }) => !(name in unrehearsed),
);

/** Everything that can be asked of a type without an argument, down to this depth. */
function everythingOf(type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type)) return '{ __typename }';
  return `{ ${Object.values(type.getFields())
    .filter((field) => !field.args.some(isRequiredArgument) && !isLog(field))
    .flatMap((field) => {
      const named = getNamedType(field.type);
      if (isLeafType(named)) return field.name;
      return depth === 0 ? [] : `${field.name} ${everythingOf(named, depth - 1)}`;
    })
    .join(' ')} __typename }`;
}

/** The log shows what is below the horizon, and no transaction's own events; those of a rehearsal are told beside its answer. */
const isLog = ({ type }: GraphQLField<unknown, unknown>) => getNamedType(type).name === 'EventConnection';

/** What differs between two runs of the same: ids in the order in which they come, times, secrets, keys, places in the log. */
function withoutChance(payload: unknown): unknown {
  const ids = new Map<string, string>();
  const text = JSON.stringify(payload, (key, value) => (isChance.test(key) ? key : value));
  return JSON.parse(
    text
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
        ids.set(id, ids.get(id) ?? `id ${ids.size}`);
        return ids.get(id) ?? id;
      })
      .replaceAll(/"\d{4}-\d{2}-\d{2}T[^"]+Z"/g, '"time"')
      .replaceAll(/"\d+-\d+-\d+"/g, '"place"'),
  );
}
const isChance = /cursor$|^secret$|^lastFour$|^adminPassword$|^txtValue$|^pem$|^fingerprint$/i;

test.each(mutations.map((field) => [field.name, field] as const))(
  '%s answers in rehearsal what it answers for real, in every field',
  async (name, field) => {
    const { admin } = account;
    const input = inputsOfMutations(account, await oneOfEach(account, world.databaseUrl))[name];
    const document =
      field.args.length === 0
        ? `mutation { ${name} ${everythingOf(getNamedType(field.type), DEPTH)} }`
        : `mutation ($input: ${field.args[0]?.type}) { ${name}(input: $input) ${everythingOf(getNamedType(field.type), DEPTH)} }`;
    const actor = name === 'createAccount' ? world.operator : admin;
    // An operator reads people in the account that they name.
    const headers = { 'rollcall-account': account.id };
    const rehearsed = await actor.ask(document, { input }, { ...headers, 'rollcall-dry-run': 'true' });
    const real = await actor.ask(document, { input }, headers);
    expect(real.errors).toBeUndefined();
    expect(withoutChance(rehearsed)).toEqual(withoutChance(real));
  },
);

test('each mutation of a rehearsed document is rolled back before the next', async () => {
  const { ids } = await oneOfEach(account, world.databaseUrl);
  const document = `mutation ($one: CreateUserInput!, $two: CreateUserInput!) {
    one: createUser(input: $one) { user { manager { reportCount reports { totalCount } } } }
    two: createUser(input: $two) { user { manager { reportCount reports { totalCount } } } }
  }`;
  const manager = ids.user;
  const data = await account.admin.query<Record<'one' | 'two', object>>(
    document,
    { one: { userName: 'new@example.com', manager }, two: { userName: 'new@example.com', manager } },
    { 'rollcall-dry-run': 'true' },
  );
  const reports = { user: { manager: { reportCount: 2, reports: { totalCount: 2 } } } };
  expect(data).toEqual({ one: reports, two: reports });
});
