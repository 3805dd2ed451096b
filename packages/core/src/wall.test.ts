import type { AccountWorld, Actor } from '@rollcall/testkit';
import type { GraphQLField, GraphQLNamedType } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { graphqlSchema } from './api/build-schema.ts';
import { rowOf } from './scim-requests/request-row.ts';
import { requestWriter } from './scim-requests/write-requests.ts';
import { define } from './testing/custom-attributes.ts';
import {
  addDomain,
  addTeamMembers,
  createConnection,
  createRole,
  createSignInConnection,
  grantRole,
  linkIdentity,
  newTeam,
  newUser,
  run,
  setGroupRoles,
  setSsoGroupRoles,
  signInConnectionInput,
} from './testing/directory.ts';
import { argumentsWith, documentFor, type IdPath, idPathsOf, type Sample } from './testing/input-paths.ts';
import { answeredRequest } from './testing/recorded-requests.ts';
import { dumpTables } from './testing/tables.ts';
import { useWorld } from './testing/world.ts';
import { isUuid } from './text/uuid.ts';

/** One object of each kind in an account. */
interface Objects {
  readonly account: string;
  readonly user: string;
  readonly manager: string;
  readonly team: string;
  readonly parent: string;
  readonly role: string;
  readonly mapping: string;
  readonly token: string;
  readonly connection: string;
  readonly event: string;
  readonly attribute: string;
  readonly signInConnection: string;
  readonly identityLink: string;
  readonly domain: string;
  readonly request: string;
}

interface Side {
  readonly account: AccountWorld;
  readonly objects: Objects;
  readonly actors: Readonly<Record<string, Actor>>;
}

const world = useWorld();
let ours: Side;
let theirs: Side;
let theirsBefore: Record<string, string>;
beforeAll(async () => {
  ours = await furnished('Ours');
  theirs = await furnished('TheirSecret');
  theirsBefore = await dumpTables(world.databaseUrl, theirs.account.id);
});

async function furnished(name: string): Promise<Side> {
  const account = await world.account(name);
  const { admin, idp, withPermissions } = account;
  const attribute = await define(admin, { name: 'badge', description: name, uniqueness: 'SERVER' });
  const manager = await newUser(idp, { displayName: `${name} manager` });
  const user = await newUser(idp, {
    displayName: `${name} user`,
    manager: manager.id,
    customAttributes: [{ name: 'badge', value: `${name} badge` }],
  });
  const parent = await newTeam(idp, { displayName: `${name} parent` });
  const team = await newTeam(idp, { displayName: `${name} team`, parentId: parent.id, leadId: user.id });
  await run(idp, addTeamMembers, { teamId: team.id, userIds: [user.id] });
  await run(idp, addTeamMembers, { teamId: parent.id, userIds: [team.id] });
  const { role } = await run<{ role: { id: string } }>(admin, createRole, { name: `${name} role` });
  await run(admin, grantRole, { userId: user.id, roleId: role.id });
  const { mappings } = await run<{ mappings: { id: string }[] }>(admin, setGroupRoles, {
    teamId: team.id,
    roleIds: [role.id],
  });
  await run(admin, createConnection, { name: `${name} connection` });
  const { signInConnection } = await run<{ signInConnection: { id: string } }>(
    admin,
    createSignInConnection,
    signInConnectionInput(`${name} sign-in`),
  );
  await run(admin, setSsoGroupRoles, {
    signInConnectionId: signInConnection.id,
    group: `${name} group`,
    roleIds: [role.id],
  });
  const { identityLink } = await run<{ identityLink: { id: string } }>(admin, linkIdentity, {
    userId: user.id,
    signInConnectionId: signInConnection.id,
    subject: `${name} subject`,
  });
  const { domain } = await run<{ domain: { id: string } }>(admin, addDomain, {
    name: `${name.toLowerCase()}.example.com`,
  });
  const { tokens, events, connections } = await admin.query<Record<string, { nodes: { id: string }[] }>>(
    '{ tokens { nodes { id } } events(first: 1) { nodes { id } } connections { nodes { id } } }',
  );
  const first = (list: { nodes: { id: string }[] } | undefined): string => list?.nodes[0]?.id ?? '';
  const request = answeredRequest(account.id, {
    connectionId: first(connections),
    url: `/scim/v2/Users/${user.id}?of=${name}`,
  });
  await requestWriter(world.core.database.sql)([rowOf(request)]);
  return {
    account,
    objects: {
      request: request.id,
      account: account.id,
      user: user.id,
      manager: manager.id,
      team: team.id,
      parent: parent.id,
      role: role.id,
      mapping: mappings[0]?.id ?? '',
      token: first(tokens),
      connection: first(connections),
      event: first(events),
      attribute: attribute.id,
      signInConnection: signInConnection.id,
      identityLink: identityLink.id,
      domain: domain.id,
    },
    actors: {
      admin,
      'the identity provider': idp,
      'an API token': await withPermissions('users:read', 'users:write', 'teams:read', 'teams:write'),
    },
  };
}

/** Strings that take the id of an object, besides everything of type ID. */
const stringsThatTakeIds = new Set([
  'CreateUserInput.manager',
  'UpdateUserInput.manager',
  'UserFilter.managerReference',
]);

/** Which of our own objects goes where an id is required that the case at hand is not about. */
const ownObjects: Readonly<Record<string, keyof Objects>> = {
  'UpdateUserInput.id': 'user',
  'UpdateTeamInput.id': 'team',
  'TeamMembersChangeInput.id': 'team',
  'TeamMembersInput.teamId': 'team',
  'TeamMembersInput.userIds': 'user',
  'RoleGrantInput.userId': 'user',
  'RoleGrantInput.roleId': 'role',
  'SendPasswordResetInput.userId': 'user',
  'RemoveSecondFactorsInput.userId': 'user',
  // Nobody here has one, so none is reached, whatever the id.
  'RenamePasskeyInput.id': 'user',
  'RemovePasskeyInput.id': 'user',
  'SetGroupRolesInput.roleIds': 'role',
  'SetAssignableRolesInput.connectionId': 'connection',
  'SetAssignableRolesInput.roleIds': 'role',
  'SetDefaultRolesInput.roleIds': 'role',
  'SetSsoGroupRolesInput.signInConnectionId': 'signInConnection',
  'SetSsoGroupRolesInput.roleIds': 'role',
  'previewSsoRoles.signInConnectionId': 'signInConnection',
  'UpdateSignInConnectionInput.id': 'signInConnection',
  'LinkIdentityInput.userId': 'user',
  'LinkIdentityInput.signInConnectionId': 'signInConnection',
};

let counter = 0;
const scalarSamples: Readonly<Record<string, (place: string) => unknown>> = {
  // Only what a group adds tells one sign-in connection and person from another.
  String: (place) => (place === 'previewSsoRoles.groups' ? 'Ours group' : `sample-${++counter}@example.com`),
  Int: () => 1,
  Boolean: () => true,
};

const sample: Sample = (place: string, type: GraphQLNamedType) => {
  if (type.name === 'ID') {
    const own = ownObjects[place];
    if (own === undefined)
      throw new Error(
        `${place} is a required id that is new: say in ownObjects which of our objects goes there.`,
      );
    return ours.objects[own];
  }
  const make = scalarSamples[type.name];
  if (make === undefined)
    throw new Error(`${place} requires a ${type.name}, which is new: say in scalarSamples how to make one.`);
  return make(place);
};

const operations = ['query', 'mutation', 'subscription'] as const;
type Operation = (typeof operations)[number];

interface Case extends IdPath {
  readonly operation: Operation;
  readonly field: GraphQLField<unknown, unknown>;
  readonly name: string;
}

function everyCase(): Case[] {
  const schema = graphqlSchema();
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  return operations.flatMap((operation) =>
    Object.values(roots[operation]?.getFields() ?? {})
      .filter(isBehindTheWall)
      .flatMap((field) =>
        idPathsOf(field, (place) => stringsThatTakeIds.has(place)).map(({ path }) => ({
          operation,
          field,
          path,
          name: `${operation} ${field.name}(${path.join('.')})`,
        })),
      ),
  );
}

/** Who signs in is nobody yet, and may do so in any account. */
const isBehindTheWall = ({ name }: GraphQLField<unknown, unknown>): boolean =>
  ![
    'signInOptions',
    'samlMetadata',
    'beginSingleSignOn',
    'receiveSamlResponse',
    'finishSingleSignOn',
    'finishSignInTest',
    'acceptLogoutToken',
    'issueAccessToken',
    'deliverSecurityEvent',
    'acceptSamlLogout',
  ].includes(name);

/** The answer with everything replaced that differs from request to request. */
async function answer(actor: Actor, { operation, field, path }: Case, id: string): Promise<string> {
  const variables = argumentsWith(field, { path }, id, sample);
  const document = documentFor(operation, field, Object.keys(variables), 1);
  const result =
    operation === 'subscription'
      ? await actor.subscribe(document, variables)
      : await actor.ask(document, variables);
  if (Symbol.asyncIterator in result)
    throw new Error(`${field.name}: a subscription with an id began; compare its messages here.`);
  const { data, errors } = result;
  const errorsShown = errors?.map(({ message, extensions }) => ({
    message,
    ...extensions,
    requestId: undefined,
  }));
  return JSON.stringify({ data, errors: errorsShown })
    .replaceAll(new RegExp(`(?<![\\w-])${id}(?![\\w-])`, 'g'), '<id>')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<uuid>')
    .replace(/sample-\d+/g, '<sample>')
    .replace(/"version":\d+/g, '"version":"<varies>"')
    .replace(
      /"(cursor|startCursor|endCursor|secret|lastFour|prefix|[a-zA-Z]+At)":"[^"]*"/g,
      '"$1":"<varies>"',
    );
}

/** What is answered about an unknown id, of each form: those of events are numbers in which any digit may stand. */
const unknownAnswers = async (actor: Actor, each: Case) => ({
  uuid: await answer(actor, each, crypto.randomUUID()),
  position: await answer(actor, each, '1-1'),
});

/** A test of a sign-in is shown to nobody but the session that began it, and there is none here. */
const queries = everyCase().filter(
  ({ operation, field }) => operation === 'query' && field.name !== 'signInTest',
);

test.each(queries)('$name: an id of our own answers otherwise than an unknown one', async (each) => {
  const answers = new Set<string>();
  for (const id of [...Object.values(ours.objects), crypto.randomUUID()])
    answers.add(await answer(ours.account.admin, each, id));
  expect(answers.size).toBeGreaterThan(1);
});

test.each(everyCase())('$name: an id of another account answers as an unknown one', async (each) => {
  for (const [who, actor] of Object.entries(ours.actors)) {
    const unknown = await unknownAnswers(actor, each);
    for (const [kind, id] of Object.entries(theirs.objects)) {
      const foreign = await answer(actor, each, id);
      expect(foreign, `${who} with the id of their ${kind}`).toBe(unknown[isUuid(id) ? 'uuid' : 'position']);
      expect(foreign, `${who} with the id of their ${kind}`).not.toMatch(/TheirSecret|"INTERNAL"/);
    }
  }
});

test('the cases reach every root field that takes an id', () => {
  const names = everyCase().map(({ name }) => name);
  expect(names).toContain('query users(filter.teams.some.id.in)');
  expect(names).toContain('mutation updateTeam(input.addMemberIds)');
  expect(names.length).toBeGreaterThan(50);
});

test('nothing of theirs has changed', async () => {
  expect(await dumpTables(world.databaseUrl, theirs.account.id)).toEqual(theirsBefore);
});
