import type { AccountWorld, Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import { sealFor } from '../testing/cursors.ts';
import {
  addTeamMembers,
  changeTeamMembers,
  createUser,
  deprovisionUser,
  type InputMutation,
  newTeam,
  newUser,
  removeTeamMembers,
  revokeToken,
  run,
  updateTeam,
  updateUser,
} from '../testing/directory.ts';
import {
  type FollowedEvent,
  feedCursor,
  follow,
  nextOf,
  orgChartChanges,
  provisioningEvents,
} from '../testing/feed.ts';
import { type Random, randomFrom } from '../testing/random.ts';
import { directoryInTables, replay } from '../testing/replay.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

const world = useWorld();

const WRITERS = 16;
const CHANGES_EACH = 15;

/** What writers who step on each other's toes are told. */
const fairRefusals = new Set(['ALREADY_EXISTS', 'NOT_FOUND', 'UNKNOWN_MEMBER']);

interface Stage {
  readonly userIds: readonly [string, ...string[]];
  readonly teamIds: readonly [string, ...string[]];
}

/** One change by chance: few people and teams, so that writers meet. */
async function changeSomething(actor: Actor, { userIds, teamIds }: Stage, random: Random): Promise<void> {
  const id = random.pick(userIds);
  const members = { teamId: random.pick(teamIds), userIds: [id] };
  const word = `word ${random.below(5)}`;
  const [mutation, input] = random.pick<[InputMutation, object]>([
    [createUser, { userName: `new-${random.below(40)}@example.com`, displayName: word }],
    [updateUser, { id, displayName: word, department: word }],
    [updateUser, { id, title: word, active: random.below(2) === 0 }],
    [updateUser, { id, externalId: word }],
    [addTeamMembers, members],
    [addTeamMembers, { ...members, userIds: [random.pick(userIds), id] }],
    [removeTeamMembers, members],
    [addTeamMembers, { teamId: teamIds[0], userIds: teamIds.slice(1) }],
    [removeTeamMembers, { teamId: teamIds[0], userIds: teamIds.slice(1) }],
    [
      changeTeamMembers,
      {
        changes: random.pick<readonly string[]>([teamIds, teamIds.toReversed()]).map((team) => ({
          id: team,
          addMemberIds: [id],
          removeMemberIds: [random.pick(userIds)],
        })),
      },
    ],
    [deprovisionUser, { id }],
    [createUser, { userName: `person-${userIds.indexOf(id)}@example.com`, title: word, externalId: word }],
  ]);
  const { errors } = await actor.ask(mutation.document, { input });
  for (const { extensions, message } of errors ?? [])
    expect(fairRefusals, `${mutation.field}: ${message}`).toContain(extensions.code);
}

async function setStage(actor: Actor): Promise<Stage> {
  const person = async (index: number) =>
    (await newUser(actor, { userName: `person-${index}@example.com` })).id;
  const userIds: [string, ...string[]] = [await person(0)];
  for (let index = 1; index < 6; index += 1) userIds.push(await person(index));
  return { userIds, teamIds: [(await newTeam(actor)).id, (await newTeam(actor)).id] };
}

/** Follows until `last` has come, leaving and coming back with the last cursor by chance. */
async function readWithInterruptions(
  actor: Actor,
  start: string,
  random: Random,
  last: Promise<string>,
): Promise<FollowedEvent[]> {
  const events: FollowedEvent[] = [];
  let cursor = start;
  let lastId: string | undefined;
  void last.then((id) => {
    lastId = id;
  });
  while (lastId === undefined || !events.some(({ subject }) => subject.id === lastId)) {
    const messages = follow(actor, cursor);
    for (let stay = 1 + random.below(25); stay > 0; stay -= 1) {
      const message = await nextOf(messages);
      if (message.event === null) throw new Error(`A gap: ${message.gap?.reason}`);
      events.push(message.event);
      cursor = message.cursor;
      if (message.event.subject.id === lastId) break;
    }
    await messages.return();
  }
  return events;
}

const recordedIds = (account: AccountWorld, first: string): Promise<string[]> =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT concat_ws('-', epoch, xid, seq) AS id FROM events
       WHERE account_id = $1 AND (epoch, xid, seq) >= ($2::int, $3::xid8, $4::bigint) ORDER BY epoch, xid, seq`,
      [account.id, ...first.split('-')],
    );
    return rows.map(({ id }) => id);
  });

test('a reader who comes and goes sees every event of 16 writers once, in an order that explains the tables', async () => {
  const account = await world.account();
  const { admin, idp } = account;
  const start = await feedCursor(admin);
  const stage = await setStage(idp);
  const second = (await world.anotherCore()).actor(idp.token);
  const write = async (_: unknown, writer: number) => {
    const random = randomFrom(writer);
    for (let count = 0; count < CHANGES_EACH; count += 1)
      await changeSomething(writer % 2 === 0 ? idp : second, stage, random);
  };
  const written = Promise.all(Array.from({ length: WRITERS }, write));
  const last = written.then(async () => (await newUser(idp)).id);
  const [events] = await Promise.all([readWithInterruptions(admin, start, randomFrom(99), last), last]);

  const ids = events.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(WRITERS * 5);
  expect(ids).toEqual(await recordedIds(account, ids[0] ?? ''));
  const { users, memberships } = await directoryInTables(world.databaseUrl, account.id);
  delete users[account.adminId];
  expect(replay(events)).toEqual({ users, memberships });
});

test('a transaction that began earlier and commits later is not passed by', async () => {
  const { admin, idp, id: accountId } = await world.account();
  const messages = follow(admin, await feedCursor(admin));
  const first = nextOf(messages);
  await withClient(world.databaseUrl, async (slow) => {
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO events (account_id, type, subject_type, subject_id, subject_label, actor_kind, actor_name, request_id)
       VALUES ($1, 'USER_UPDATED', 'USER', gen_random_uuid(), 'from the slow one', 'SYSTEM', 'Rollcall', 'slow')`,
      [accountId],
    );
    await newUser(idp, { displayName: 'from the fast one' });
    const log = await admin.query<{ events: { nodes: { requestId: string }[]; totalCount: number } }>(
      '{ events(filter: { types: [USER_CREATED, USER_UPDATED] }) { totalCount nodes { requestId } } }',
    );
    // The admin's own creation is all that is below the horizon.
    expect(log.events.totalCount).toBe(1);
    await slow.query('COMMIT');
  });
  const labels = [(await first).event?.subject.label, (await nextOf(messages)).event?.subject.label];
  expect(labels).toEqual(['from the slow one', 'from the fast one']);
  await messages.return();
});

test('whoever follows without a cursor gets what is new from the moment the subscription stands', async () => {
  const { admin, idp } = await world.account();
  await newUser(idp, { displayName: 'before' });
  const messages = await admin.follow<{ provisioningEvents: { event: FollowedEvent } }>(provisioningEvents);
  await newUser(idp, { displayName: 'after' });
  expect((await nextOf(messages)).provisioningEvents.event.subject.label).toBe('after');
  await messages.return();
});

test('a filtered feed gives the wanted types alone, and its cursors lose nothing', async () => {
  const { admin, idp } = await world.account();
  const after = await feedCursor(admin);
  const { id } = await newUser(idp);
  for (const displayName of ['one', 'two']) await run(idp, updateUser, { id, displayName });
  const updates = await admin.follow<{ provisioningEvents: { cursor: string; event: FollowedEvent } }>(
    provisioningEvents,
    { after, types: ['USER_UPDATED'] },
  );
  const { provisioningEvents: first } = await nextOf(updates);
  await updates.return();
  expect(first.event).toMatchObject({ type: 'USER_UPDATED', changes: [{ before: null, after: 'one' }] });
  const rest = follow(admin, first.cursor);
  expect((await nextOf(rest)).event).toMatchObject({ changes: [{ before: 'one', after: 'two' }] });
  await rest.return();
});

test('the org chart hears of what its cards show, of teams, and of nothing else', async () => {
  const { admin, idp } = await world.account();
  const after = await feedCursor(admin);
  const { id } = await newUser(idp);
  const team = await newTeam(idp, { memberIds: [id] });
  await run(idp, updateUser, { id, nickName: 'not on the card' });
  await run(idp, updateTeam, { id: team.id, externalId: 'not on the card' });
  await run(idp, updateUser, { id, title: 'on the card' });
  await run(idp, updateTeam, { id: team.id, displayName: 'on the card' });
  await run(idp, removeTeamMembers, { teamId: team.id, userIds: [id] });
  await run(idp, deprovisionUser, { id });
  const messages = await admin.follow<{ feed: { event: FollowedEvent } }>(orgChartChanges, { after });
  const types: string[] = [];
  while (!types.includes('USER_DEPROVISIONED')) types.push((await nextOf(messages)).feed.event.type);
  expect(types).toEqual([
    'USER_CREATED',
    'TEAM_CREATED',
    'TEAM_MEMBER_ADDED',
    'USER_UPDATED',
    'TEAM_UPDATED',
    'TEAM_MEMBER_REMOVED',
    'USER_DEPROVISIONED',
  ]);
  await messages.return();
});

test('a cursor of another history is answered with a gap, and the feed goes on from there', async () => {
  const { id: accountId, admin, idp } = await world.account();
  await newUser(idp);
  const seal = await sealFor(world, accountId);
  const foreign = seal(Buffer.from('AAAAAAAAAAAA.1.700.3').toString('base64url'));
  const messages = follow(admin, foreign);
  const { gap, event, cursor } = await nextOf(messages);
  expect(event).toBeNull();
  expect(gap).toEqual({ reason: expect.stringMatching(/another history/), resumeAt: cursor });
  await messages.return();
  const { id } = await newUser(idp);
  const resumed = follow(admin, gap?.resumeAt);
  expect((await nextOf(resumed)).event?.subject.id).toBe(id);
  await resumed.return();
});

test.each(['nonsense', Buffer.from('AAAAAAAAAAAA.1.99999999999999999999.3').toString('base64url')])(
  'the place %j is refused',
  async (place) => {
    const { id: accountId, admin } = await world.account();
    const after = (await sealFor(world, accountId))(place);
    const answer = await admin.subscribe(provisioningEvents, { after });
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'INVALID_CURSOR', field: 'after' } }] });
    const list = 'query ($after: Cursor) { events(after: $after) { totalCount } }';
    expect(await admin.refusal(list, { after })).toMatchObject({ code: 'INVALID_CURSOR', field: 'after' });
  },
);

test('following needs events:read', async () => {
  const { withPermissions } = await world.account();
  const answer = await (await withPermissions('users:read')).subscribe(provisioningEvents);
  expect(answer).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN', permission: 'events:read' } }],
  });
});

test('accounts do not hear each other', async () => {
  const [one, other] = [await world.account(), await world.account()];
  const after = await feedCursor(one.admin);
  await newUser(other.idp, { displayName: 'theirs' });
  await newUser(one.idp, { displayName: 'ours' });
  const messages = follow(one.admin, after);
  expect((await nextOf(messages)).event?.subject.label).toBe('ours');
  await messages.return();
});

test('when its process ends, a follower ends', async () => {
  const { admin } = await world.account();
  const other = await world.anotherCore();
  const there = other.actor(admin.authorization.replace('Bearer ', ''));
  const messages = follow(there, await feedCursor(there));
  const polled = new Promise<void>((resolve) => {
    const stop = other.core.database.observe((text) => {
      if (!text.includes('AS news')) return;
      stop();
      resolve();
    });
  });
  const next = messages.next();
  await polled;
  await other.core.close();
  expect(await next).toMatchObject({ done: true });
});

test('what one process commits, the other tells; what one revokes, the other refuses', async () => {
  const { admin, idp, withPermissions } = await world.account();
  const other = await world.anotherCore();
  const tool = await withPermissions('events:read', 'users:read');
  const token = tool.authorization.replace('Bearer ', '');
  const there = other.actor(token);
  const messages = follow(there, await feedCursor(there));
  const next = nextOf(messages);
  const { id } = await newUser(idp);
  expect((await next).event?.subject.id).toBe(id);
  await messages.return();

  const context = await other.core.createContext({ authorization: tool.authorization });
  const ended = new Promise<void>((resolve) => other.core.onAccessEnded(context, resolve));
  const { viewer } = await there
    .query<{ viewer: { token: { id: string } } }>('{ viewer { token { id } } }')
    .catch(() => ({ viewer: { token: { id: 'unreadable' } } }));
  await run(admin, revokeToken, { id: viewer.token.id });
  await ended;
  expect(await there.refusal('{ users { totalCount } }')).toMatchObject({ code: 'UNAUTHENTICATED' });
});
