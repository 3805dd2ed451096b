import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patchOf, type ScimRequest } from './clients/scim-client.ts';
import { dumpDirectory } from './directory-dump.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let server: ServerWorld;
let ours: Company;
/** What the other account has. */
let foreign: { user: string; group: string };
let own: { user: string; group: string };

beforeAll(async () => {
  server = await openServerWorld();
  const theirs = await server.company('Theirs');
  ours = await server.company('Ours');
  const seed = async ({ scim }: Company) => {
    const user = await scim.create('Users', { schemas: [USER], userName: 'ada', externalId: 'ada-1' });
    const group = await scim.create('Groups', {
      schemas: [GROUP],
      displayName: 'Crew',
      members: [{ value: user.id }],
    });
    await scim.create('Groups', { schemas: [GROUP], displayName: 'Outer', members: [{ value: group.id }] });
    return { user: user.id, group: group.id };
  };
  foreign = await seed(theirs);
  own = await seed(ours);
});
afterAll(() => server.close());

type Ids = typeof foreign;

const update = (path: string, value: unknown) => patchOf({ op: 'add', path, value });

/** Every endpoint that an id can be given to, in the path, the body or the query. */
const requests: [string, (ids: Ids) => ScimRequest][] = [
  ['GET a user', ({ user }) => ({ path: `/Users/${user}` })],
  [
    'PUT a user',
    ({ user }) => ({ method: 'PUT', path: `/Users/${user}`, body: { schemas: [USER], userName: 'x' } }),
  ],
  ['PATCH a user', ({ user }) => ({ method: 'PATCH', path: `/Users/${user}`, body: update('title', 'x') })],
  [
    'PATCH a user after reading it',
    ({ user }) => ({ method: 'PATCH', path: `/Users/${user}`, body: update('emails', [{ value: 'x' }]) }),
  ],
  ['DELETE a user', ({ user }) => ({ method: 'DELETE', path: `/Users/${user}` })],
  ['GET a group', ({ group }) => ({ path: `/Groups/${group}` })],
  ['GET a group without members', ({ group }) => ({ path: `/Groups/${group}?excludedAttributes=members` })],
  [
    'PUT a group',
    ({ group }) => ({
      method: 'PUT',
      path: `/Groups/${group}`,
      body: { schemas: [GROUP], displayName: 'x' },
    }),
  ],
  [
    'PATCH a group',
    ({ group }) => ({ method: 'PATCH', path: `/Groups/${group}`, body: update('displayName', 'x') }),
  ],
  ['DELETE a group', ({ group }) => ({ method: 'DELETE', path: `/Groups/${group}` })],
  [
    'add a foreign member',
    ({ user }) => ({
      method: 'PATCH',
      path: `/Groups/${own.group}`,
      body: update('members', [{ value: user }]),
    }),
  ],
  [
    'create a group with a foreign member',
    ({ user }) => ({
      method: 'POST',
      path: '/Groups',
      body: { schemas: [GROUP], displayName: 'New', members: [{ value: user }] },
    }),
  ],
  [
    'put a foreign member',
    ({ user }) => ({
      method: 'PUT',
      path: `/Groups/${own.group}`,
      body: { schemas: [GROUP], displayName: 'Crew', members: [{ value: user }] },
    }),
  ],
  [
    'nest a foreign group',
    ({ group }) => ({
      method: 'PATCH',
      path: `/Groups/${own.group}`,
      body: update('members', [{ value: group, type: 'Group' }]),
    }),
  ],
  [
    'create a group around a foreign group',
    ({ group }) => ({
      method: 'POST',
      path: '/Groups',
      body: { schemas: [GROUP], displayName: 'New', members: [{ value: group }] },
    }),
  ],
  ['find a user by id', ({ user }) => ({ path: `/Users?filter=id eq "${user}"` })],
  ['find users by group', ({ group }) => ({ path: `/Users?filter=groups.value eq "${group}"` })],
  [
    'find users by manager',
    ({ user }) => ({ path: `/Users?filter=${ENTERPRISE}:manager.value eq "${user}"` }),
  ],
  ['find a group by id', ({ group }) => ({ path: `/Groups?filter=id eq "${group}"` })],
  [
    'find groups by nested group',
    ({ group }) => ({ path: `/Groups?filter=members[type eq "Group" and value eq "${group}"]` }),
  ],
  ['find groups by member', ({ user }) => ({ path: `/Groups?filter=members.value eq "${user}"` })],
];

describe('of another account', () => {
  test.each(requests)('%s is as with an id that nobody has', async (_what, request) => {
    const unknown: Ids = { user: randomUUID(), group: randomUUID() };
    const dump = await dumpDirectory(server.core);
    const before = await dump();
    const crossed = await ours.scim.send(request(foreign));
    const nothing = await ours.scim.send(request(unknown));
    const named = (text: string) =>
      text
        .replaceAll(foreign.user, 'X')
        .replaceAll(foreign.group, 'X')
        .replaceAll(unknown.user, 'X')
        .replaceAll(unknown.group, 'X');
    expect([crossed.status, named(crossed.text)]).toEqual([nothing.status, named(nothing.text)]);
    expect(crossed.body.totalResults ?? 0).toBe(0);
    expect(await dump()).toBe(before);
  });

  const reads = requests.filter(([what]) => /^(GET|find)/.test(what) && !what.includes('manager'));

  test.each(reads)(
    'and so that this says something: %s does reach what is our own',
    async (_what, request) => {
      const { body } = await ours.scim.expect(200, request(own));
      expect(body.totalResults ?? 1).toBe(1);
    },
  );

  test('a manager stays a name that nobody answers to', async () => {
    const manager = `${ENTERPRISE}:manager`;
    for (const reference of [foreign.user, randomUUID()]) {
      const { body } = await ours.scim.expect(200, {
        method: 'PATCH',
        path: `/Users/${own.user}`,
        body: update(manager, reference),
      });
      expect(body[ENTERPRISE]).toEqual({ manager: { value: reference } });
    }
  });

  test('names and externalIds may be the same, and lists show our own alone', async () => {
    const { Resources } = await ours.scim.list('/Users', {
      filter: 'userName eq "ada" or externalId eq "ada-1" or title pr or not (title pr)',
    });
    expect(Resources.map(({ id }) => id).sort()).toEqual([ours.adminId, own.user].sort());
    const groups = (await ours.scim.list('/Groups')).Resources;
    expect(groups.map(({ id, displayName }) => [displayName, id === foreign.group])).toEqual([
      ['Crew', false],
      ['Outer', false],
    ]);
  });
});
