import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from './clients/http-exchange.ts';
import { type FeedMessage, type LiveOptions, liveClient } from './clients/live-client.ts';
import { scimClient } from './clients/scim-client.ts';
import { ADMIN_ORIGIN, type Company, listen, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server.close());

const open = (options: LiveOptions) => liveClient(server.origin, options);

const createUser = async ({ scim }: Company, userName: string) =>
  (await scim.create('Users', { schemas: [USER], userName })).id;

/** The next so many messages. */
async function take(messages: AsyncIterableIterator<FeedMessage>, count: number): Promise<FeedMessage[]> {
  const taken: FeedMessage[] = [];
  while (taken.length < count) {
    const { value, done } = await messages.next();
    if (done === true) throw new Error(`The feed ended after ${taken.length} of ${count} messages`);
    taken.push(value);
  }
  return taken;
}

const subjects = (messages: readonly FeedMessage[]) => messages.map(({ event }) => event?.subject.id);

async function feedCursor({ admin }: Company): Promise<string> {
  return (await admin.query<{ feedCursor: string }>('{ feedCursor }')).feedCursor;
}

async function cookieOf({ adminEmail, adminPassword }: Company): Promise<string> {
  const { headers } = await exchange(server.origin, {
    method: 'POST',
    path: '/auth/sign-in',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: adminEmail, password: adminPassword }),
  });
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

describe('a subscription over a WebSocket', () => {
  test('tells what an identity provider does, as it does it', async () => {
    const company = await server.company();
    const live = open({ token: tokenOf(company.admin) });
    const feed = live.events(await feedCursor(company));
    const id = await createUser(company, 'live');
    expect(await take(feed, 1)).toMatchObject([
      { event: { type: 'USER_CREATED', subject: { id } }, gap: null },
    ]);
    await live.close();
  });

  test('tells nobody of another account', async () => {
    const [company, other] = await Promise.all([server.company(), server.company()]);
    const live = open({ token: tokenOf(company.admin) });
    const feed = live.events(await feedCursor(company));
    await createUser(other, 'theirs');
    const ours = await createUser(company, 'ours');
    expect(subjects(await take(feed, 1))).toEqual([ours]);
    await live.close();
  });

  test('goes on after a restart of the server where it stopped: nothing lost, nothing twice', async () => {
    const company = await server.company();
    const token = tokenOf(company.admin);
    const first = await listen((await server.world.anotherCore()).core);
    const live = liveClient(first.origin, { token });
    const feed = live.events(await feedCursor(company));
    const seen = await createUser(company, 'seen');
    const [last] = await take(feed, 1);
    expect(last?.event?.subject.id).toBe(seen);
    await first.app.close();
    // No code that tells a client to stay away.
    expect((await live.closed).code).toBeLessThan(4000);

    const missed = [await createUser(company, 'missed-1'), await createUser(company, 'missed-2')];
    const second = await listen((await server.world.anotherCore()).core);
    const again = liveClient(second.origin, { token });
    const resumed = again.events(last?.cursor);
    expect(subjects(await take(resumed, 2))).toEqual(missed);
    const fresh = await createUser(companyThrough(second.origin, company), 'fresh');
    expect(subjects(await take(resumed, 1))).toEqual([fresh]);
    await again.close();
    await second.app.close();
  });

  test('is refused in the words of the contract', async () => {
    const live = open({ token: tokenOf((await server.company()).admin) });
    const depth = 20;
    const deep = `{ users { nodes ${'{ manager '.repeat(depth)}{ id }${'}'.repeat(depth)} } }`;
    await expect(live.ask(deep)).rejects.toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    await expect(live.ask('{ nothing }')).rejects.toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    await expect(live.events('no cursor').next()).rejects.toThrow('INVALID_CURSOR');
    await live.close();
  });
});

/** The same company's identity provider at another server. */
function companyThrough(origin: string, company: Company): Company {
  return { ...company, scim: scimClient(origin, `/scim/v2/${company.id}`, company.idp.token) };
}

describe('a WebSocket', () => {
  test.each([{}, { token: 'rc_scim_nonsense' }, { headers: { cookie: 'rollcall_session=nonsense' } }])(
    'without a valid credential is closed: %j',
    async (options) => {
      expect((await open(options).closed).code).toBe(4403);
    },
  );

  test('with a cookie is for our own pages alone', async () => {
    const cookie = await cookieOf(await server.company());
    const closing = (origin: string) => open({ headers: { cookie, origin } });
    expect((await closing('https://evil.example').closed).code).toBe(4403);
    expect((await closing('null').closed).code).toBe(4403);
    for (const origin of [ADMIN_ORIGIN, server.origin]) {
      const live = closing(origin);
      expect(await live.ask('{ account { id } }')).not.toHaveProperty('errors');
      await live.close();
    }
  });

  test('is closed when the session is over', async () => {
    const company = await server.company();
    const live = open({ token: tokenOf(company.admin) });
    expect(await live.ask('{ account { id } }')).not.toHaveProperty('errors');
    await company.admin.query('mutation { signOut { signedOut } }');
    expect(await live.closed).toEqual({ code: 4403, reason: 'Your access ended' });
  });

  test('is closed when the token is revoked', async () => {
    const company = await server.company();
    const tool = await company.withPermissions('users:read', 'account:read');
    const live = open({ token: tokenOf(tool) });
    await live.ask('{ account { id } }');
    const { tokens } = await company.admin.query<{ tokens: { nodes: { id: string; kind: string }[] } }>(
      '{ tokens { nodes { id kind } } }',
    );
    const id = tokens.nodes.find(({ kind }) => kind === 'API')?.id;
    await company.admin.query(
      'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id } } }',
      {
        input: { id },
      },
    );
    expect((await live.closed).code).toBe(4403);
  });

  test('stays open when its person loses a role, but what that allowed ends, and says so', async () => {
    const company = await server.company();
    const mutate = (name: string, input: object, selection: string) =>
      company.admin.query<Record<string, Record<string, { id: string }>>>(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${selection} } }`,
        { input },
      );
    const permissions = ['events:read', 'account:read'];
    const { createRole } = await mutate('createRole', { name: 'Watchers', permissions }, 'role { id }');
    const { createUser } = await mutate(
      'createUser',
      { userName: 'w', password: 'correct horse battery' },
      'user { id }',
    );
    const grant = { userId: createUser?.user?.id, roleId: createRole?.role?.id };
    await company.admin.query('mutation ($input: RoleGrantInput!) { grantRole(input: $input) { changed } }', {
      input: grant,
    });
    const { signIn } = await company.admin.query<{ signIn: { secret: string } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { secret } }',
      { input: { email: 'w', password: 'correct horse battery', accountId: company.id } },
    );
    const live = open({ token: signIn.secret });
    const ended = live.send({
      query: 'subscription { provisioningEvents(types: [USER_SIGNED_OUT]) { cursor } }',
    });
    // Answered behind the subscription, on the same socket.
    await live.ask('{ account { id } }');
    await mutate('updateRole', { id: grant.roleId, permissions: ['account:read'] }, 'role { id }');
    expect(await ended).toMatchObject([{ extensions: { code: 'FORBIDDEN', permission: 'events:read' } }]);
    expect(await live.ask('{ account { id } }')).not.toHaveProperty('errors');
    await live.close();
  });

  test('is closed when the identity provider deactivates the person', async () => {
    const company = await server.company();
    const password = 'correct horse battery';
    const userName = `bob-${company.id}@example.com`;
    const { id } = await company.scim.create('Users', { schemas: [USER], userName });
    await company.admin.query(
      'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }',
      {
        input: { id, password },
      },
    );
    const { signIn } = await company.admin.query<{ signIn: { secret: string } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { secret } }',
      { input: { email: userName, password } },
    );
    const live = open({ token: signIn.secret });
    await live.ask('{ limits { maxDepth } }');
    await company.scim.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    expect((await live.closed).code).toBe(4403);
  });
});
