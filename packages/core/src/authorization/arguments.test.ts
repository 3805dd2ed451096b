import { type GraphQLInputType, getNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { Arg, buildSchemaSync, Field, InputType, Query, Resolver } from 'type-graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { graphqlSchema, guarded } from '../api/build-schema.ts';
import { demandOf } from '../api/limits/demand.ts';
import { Requires, requirementOf } from '../api/schema/requires.ts';
import { CursorScalar } from '../api/schema/scalars.ts';
import { newTeam, newUser } from '../testing/directory.ts';
import { useSharedAccount, useWorld } from '../testing/world.ts';
import { accountPermissions, type PermissionId } from './permissions.ts';

const world = useWorld();
const account = useSharedAccount(world);

/** Something that an argument of a root query can say, and the permission that it needs beside the query's own. */
interface Revealing {
  readonly query: string;
  readonly argument: string;
  readonly value: unknown;
  readonly permission: PermissionId;
}

/** Everything that arguments of queries can say and that needs a permission of its own; the schema is walked for it. */
const revealing: Revealing[] = Object.values(graphqlSchema().getQueryType()?.getFields() ?? {}).flatMap(
  (field) =>
    field.args.flatMap(({ name, type }) =>
      sayable(type, []).flatMap(({ value, requirement }) =>
        requirement === requirementOf(field) || requirement === 'anyone' || requirement === 'signed-in'
          ? []
          : [{ query: field.name, argument: name, value, permission: requirement }],
      ),
    ),
);

/** The values that say one thing each, with what that needs; a type is not looked for within itself. */
function sayable(
  type: GraphQLInputType,
  above: readonly unknown[],
): { value: unknown; requirement: PermissionId | 'anyone' | 'signed-in' }[] {
  const named = getNamedType(type);
  if (isEnumType(named)) {
    return named.getValues().flatMap((value) => {
      const requirement = requirementOf(value);
      return requirement === undefined ? [] : [{ value: value.name, requirement }];
    });
  }
  if (!isInputObjectType(named) || above.includes(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    const requirement = requirementOf(field);
    const own =
      requirement === undefined ? [] : [{ value: { [field.name]: sampleOf(field.type) }, requirement }];
    const inner = sayable(field.type, [...above, named]);
    return [...own, ...inner.map((said) => ({ ...said, value: { [field.name]: said.value } }))];
  });
}

function sampleOf(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (isInputObjectType(named)) return 'isPresent' in named.getFields() ? { isPresent: true } : {};
  return named.name === 'Boolean' ? true : named.name === 'DateTime' ? '2026-01-01T00:00:00Z' : 'x';
}

test('filters and orders can say what needs a permission of its own', () => {
  expect(
    revealing.map(({ query, value, permission }) => `${query} ${JSON.stringify(value)} ${permission}`),
  ).toEqual([
    'users {"field":"TEAM_ID"} teams:read',
    'users {"field":"TEAM_DISPLAY_NAME"} teams:read',
    'users {"field":"IN_TEAM"} teams:read',
    'users {"teams":{"isPresent":true}} teams:read',
    'users {"roleId":{"isPresent":true}} roles:read',
  ]);
});

describe.each(revealing)('$query($argument: $value) with every permission but $permission', (said) => {
  const { query, argument, value, permission } = said;
  const type = `${
    graphqlSchema()
      .getQueryType()
      ?.getFields()
      [query]?.args.find(({ name }) => name === argument)?.type
  }`;
  const document = `query ($value: ${type}) { ${query}(${argument}: $value) { totalCount pageInfo { endCursor } } }`;
  const wraps: ((inner: unknown) => unknown)[] =
    argument === 'filter'
      ? [
          (inner) => inner,
          (inner) => ({ not: { or: [{ and: [{ not: inner }] }] } }),
          (inner) => ({ and: inner }),
        ]
      : [(inner) => inner];

  test.each(wraps)('is refused, wherever it is said, and allowed to others (%#)', async (wrap) => {
    const without = await account.withPermissions(...accountPermissions.filter((id) => id !== permission));
    const asked = { value: wrap(value) };
    expect(await without.refusal(document, asked)).toMatchObject({ code: 'FORBIDDEN', permission });
    const literal = JSON.stringify(asked.value)
      .replace(/"(\w+)":/g, '$1: ')
      .replace(/"([A-Z_]+)"/g, '$1');
    const inline = `{ ${query}(${argument}: ${literal}) { totalCount } }`;
    expect(await without.refusal(inline)).toMatchObject({ code: 'FORBIDDEN', permission });
    await account.admin.query(document, asked);
  });
});

test('what is null or left out says nothing', async () => {
  const tool = await account.withPermissions('users:read');
  const filter = { userName: { isPresent: true }, teams: null, and: null, not: { roleId: null } };
  await tool.query('query ($filter: UserFilter) { users(filter: $filter) { totalCount } }', { filter });
});

/** What a filter looks at under another name than it is shown by. */
const shownAs: Readonly<Record<string, string>> = { members: 'memberReferences', roleId: 'roles' };

test('a field of a filter needs what showing the same needs', () => {
  const schema = graphqlSchema();
  for (const [filter, object] of [
    ['UserFilter', 'User'],
    ['TeamFilter', 'Team'],
    ['EventFilter', 'Event'],
  ] as const) {
    const [input, output] = [schema.getType(filter), schema.getType(object)];
    if (!isInputObjectType(input) || !isObjectType(output))
      throw new Error(`${filter} or ${object} is gone.`);
    for (const field of Object.values(input.getFields())) {
      const shown = output.getFields()[shownAs[field.name] ?? field.name];
      const requirement = shown && requirementOf(shown);
      if (requirement !== undefined)
        expect(`${field.name} ${requirementOf(field)}`).toBe(`${field.name} ${requirement}`);
    }
  }
});

/** The ways from an argument to what can be said there, each as a value that says that one thing. */
function leavesOf(
  type: GraphQLInputType,
  above: readonly unknown[] = [],
): { path: string; value: unknown }[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [{ path: '', value: sampleOf(type) }];
  if (above.includes(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    leavesOf(field.type, [...above, named]).map(({ path, value }) => ({
      path: `${field.name}${path && `.${path}`}`,
      value: { [field.name]: value },
    })),
  );
}

test('whatever a filter compares with is counted and costs, and whether it is there costs', () => {
  const filters = Object.values(graphqlSchema().getQueryType()?.getFields() ?? {}).flatMap(({ args }) =>
    args.filter(({ name }) => name === 'filter'),
  );
  expect(filters).toHaveLength(7);
  const free = filters.flatMap(({ type }) =>
    leavesOf(type).filter(({ value }) => demandOf(type, value).cost === 0),
  );
  expect(free.map(({ path }) => path).toSorted()).toEqual([
    'customAttribute.name',
    'customAttribute.schema',
    'members.some.type',
    'members.type',
  ]);
  const uncounted = filters.flatMap(({ type }) =>
    leavesOf(type).filter(
      ({ path, value }) => !path.endsWith('isPresent') && demandOf(type, value).comparisons === 0,
    ),
  );
  const kinds = ['origin', 'status', 'statusClass', 'types'];
  expect(uncounted.map(({ path }) => path).toSorted()).toEqual(
    [...free.map(({ path }) => path), ...kinds].toSorted(),
  );
});

/** Nouns that have a permission of their own, as names of inputs and enum values begin with them. */
const nouns: Readonly<Record<string, PermissionId>> = {
  team: 'teams:read',
  role: 'roles:read',
  token: 'tokens:read',
  event: 'events:read',
};

test('what is named after another concept needs its permission', () => {
  for (const name of ['UserFilter', 'UserOrderField', 'EventFilter']) {
    const type = graphqlSchema().getType(name);
    const parts = isInputObjectType(type)
      ? Object.values(type.getFields())
      : isEnumType(type)
        ? type.getValues()
        : [];
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) {
      const [noun] = Object.keys(nouns).filter((each) => new RegExp(`^(IN_)?${each}`, 'i').test(part.name));
      if (noun !== undefined)
        expect(`${part.name} ${requirementOf(part)}`).toBe(`${part.name} ${nouns[noun]}`);
    }
  }
});

/** Arguments that choose among what their field shows anyway, by its own permission. */
const plain = new Set([
  ...['first', 'last', 'after', 'before', 'offset'],
  ...['id', 'ids', 'under', 'text', 'type', 'types', 'kinds', 'asOf', 'from', 'to'],
  // By what somebody who signs in finds what the sign-in page shows to anybody.
  ...['email', 'accountId'],
  // An issuer tells anybody what it says of itself, and a sign-in connection its metadata.
  ...['issuer', 'protocol', 'signInConnectionId'],
  // Which groups give whom which roles is what `roles:read` shows.
  ...['contains', 'groups', 'userId'],
  // When a token ends is what `tokens:read` shows.
  'expiringSoon',
]);

test('an argument is an input whose fields name their permissions, or one of those that are known to reveal nothing', () => {
  const schema = graphqlSchema();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getMutationType() || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args) {
        const isKnown = plain.has(argument.name) || isInputObjectType(getNamedType(argument.type));
        expect(isKnown, `Say what ${type.name}.${field.name}(${argument.name}:) reveals.`).toBe(true);
      }
    }
  }
});

@InputType()
class ThingFilter {
  @Field(() => String, { nullable: true })
  open?: string;
  @Field(() => String, { nullable: true })
  @Requires('users:read')
  named?: string;
  @Field(() => CursorScalar, { nullable: true })
  @Requires('anyone')
  since?: string;
}

@Resolver()
class ThingsResolver {
  @Query(() => Boolean)
  @Requires('users:read')
  things(@Arg('filter', () => ThingFilter) _filter: ThingFilter): boolean {
    return true;
  }
}

test('an input that names no permission stops the start, and so does a cursor that would not be opened', () => {
  const schema = buildSchemaSync({
    resolvers: [ThingsResolver],
    validate: false,
    pubSub: { publish: () => undefined, subscribe: () => ({}) as AsyncIterable<never> },
  });
  expect(() => guarded(schema)).toThrow('These fields of inputs name no permission: ThingFilter.open.');
  const filter = schema.getType('ThingFilter');
  if (isInputObjectType(filter))
    Object.assign(filter.getFields().open ?? {}, { extensions: { requires: 'anyone' } });
  expect(() => guarded(schema)).toThrow('These cursors would stay sealed: ThingFilter.since.');
});

describe('a cursor', () => {
  const byTeam = `query ($after: Cursor) { users(first: 1, after: $after, filter: { teams: { isPresent: true } },
    orderBy: { field: TEAM_DISPLAY_NAME }) { edges { cursor } pageInfo { startCursor endCursor hasNextPage } } }`;
  let cursors: string[];
  beforeAll(async () => {
    const people = await Promise.all([newUser(account.idp), newUser(account.idp)]);
    await newTeam(account.admin, { displayName: 'Mergers', memberIds: people.map(({ id }) => id) });
    const { users } = await account.admin.query<{
      users: { edges: { cursor: string }[]; pageInfo: { startCursor: string; endCursor: string } };
    }>(byTeam);
    cursors = [
      ...users.edges.map(({ cursor }) => cursor),
      users.pageInfo.startCursor,
      users.pageInfo.endCursor,
    ];
  });

  test('tells nothing to whoever decodes it', () => {
    for (const cursor of cursors)
      expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/TEAM|mergers/i);
  });

  test('is good on every process, and the same each time', async () => {
    const other = await world.anotherCore();
    const token = account.admin.authorization.replace('Bearer ', '');
    expect(new Set(cursors).size).toBe(1);
    await other.actor(token).query(byTeam, { after: cursors[0] });
  });

  test('of another account, unsealed, altered or made up is refused', async () => {
    const [cursor = ''] = cursors;
    const stranger = await world.account();
    const unsealed = Buffer.from(JSON.stringify(['TEAM_DISPLAY_NAME', 'a', account.adminId])).toString(
      'base64url',
    );
    const altered = `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`;
    for (const [actor, after] of [
      [stranger.admin, cursor],
      [account.admin, unsealed],
      [account.admin, altered],
      [account.admin, ''],
    ] as const)
      expect(await actor.refusal(byTeam, { after })).toMatchObject({
        code: 'INVALID_CURSOR',
        field: 'after',
      });
  });

  test('of the log is sealed too', async () => {
    const { events, feedCursor } = await account.admin.query<{
      events: { nodes: { cursor: string }[]; edges: { cursor: string }[] };
      feedCursor: string;
    }>('{ events(first: 2) { nodes { cursor } edges { cursor } } feedCursor }');
    expect(events.edges.map(({ cursor }) => cursor)).toEqual(events.nodes.map(({ cursor }) => cursor));
    for (const cursor of [feedCursor, ...events.nodes.map((event) => event.cursor)])
      expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/\d{6}/);
    const page = 'query ($after: Cursor) { events(first: 1, after: $after) { edges { cursor } } }';
    const next = await account.admin.query<{ events: { edges: unknown } }>(page, {
      after: events.edges[0]?.cursor,
    });
    expect(next.events.edges).toEqual([events.edges[1]]);
  });
});
