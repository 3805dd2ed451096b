import type { AccountWorld } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { graphqlSchema } from '../api/build-schema.ts';
import { lockObject } from '../database/advisory-lock.ts';
import { newUser } from '../testing/directory.ts';
import { eventsUntil, feedCursor, follow, labelled, nextOf } from '../testing/feed.ts';
import { documentOf, inputsOfMutations, oneOfEach } from '../testing/one-of-each.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

const world = useWorld();

const event = `INSERT INTO events (account_id, type, subject_type, subject_id, subject_label, actor_kind, actor_name, request_id)
  VALUES ($1, 'USER_UPDATED', 'USER', gen_random_uuid(), $2, 'SYSTEM', 'Rollcall', 'slow')`;

/** The account's log and feed, as far as they have come. */
const shownTo = async ({ admin }: AccountWorld): Promise<string[]> => {
  const { events } = await admin.query<{ events: { nodes: { subject: { label: string } }[] } }>(
    '{ events(filter: { types: [USER_CREATED, USER_UPDATED] }) { nodes { subject { label } } } }',
  );
  return events.nodes.map(({ subject }) => subject.label).toReversed();
};

test('whoever writes long in one account holds up its log and chart, and no other', async () => {
  const [busy, other] = [await world.account(), await world.account()];
  const messages = [
    follow(busy.admin, await feedCursor(busy.admin)),
    follow(other.admin, await feedCursor(other.admin)),
  ] as const;
  const [ofBusy, ofOther] = [nextOf(messages[0]), nextOf(messages[1])];
  await world.core.database.transaction(async (em) => {
    const db = em.getTransactionContext<typeof world.core.database.sql>();
    if (db === undefined) throw new Error('MikroORM opened no transaction.');
    await lockObject(busy.id, 'anything').execute(db);
    await em.execute(event.replace('$1', '?').replace('$2', '?'), [busy.id, 'the slow one']);
    await newUser(busy.idp, { displayName: 'behind the slow one' });
    await newUser(other.idp, { displayName: 'elsewhere' });
    expect((await ofOther).event?.subject.label).toBe('elsewhere');
    expect(await shownTo(other)).toContain('elsewhere');
    expect(
      (await other.admin.query<{ orgChart: { personCount: number } }>('{ orgChart { personCount } }'))
        .orgChart.personCount,
    ).toBe(2);
    expect(await shownTo(busy)).not.toContain('behind the slow one');
  });
  expect((await ofBusy).event?.subject.label).toBe('the slow one');
  expect((await nextOf(messages[0])).event?.subject.label).toBe('behind the slow one');
  for (const each of messages) await each.return();
});

test('a cursor beyond those who are still waited for is no cursor of another history', async () => {
  const [busy, other] = [await world.account(), await world.account()];
  await withClient(world.databaseUrl, async (slow) => {
    await slow.query('BEGIN');
    await slow.query('SELECT stays_within($1)', [busy.id]);
    await slow.query(event, [busy.id, 'the slow one']);
    await newUser(other.idp, { displayName: 'seen' });
    const seen = await feedCursor(other.admin);
    // From now on the log of the other account is known to have no gaps only up to this one.
    await withClient(world.databaseUrl, async (unsaid) => {
      await unsaid.query('BEGIN');
      await unsaid.query(event, [other.id, 'unsaid']);
      await newUser(other.idp, { displayName: 'after it' });
      const messages = follow(other.admin, seen);
      const heard = eventsUntil(messages, labelled('after it'));
      await unsaid.query('COMMIT');
      expect((await heard).map(({ subject }) => subject.label)).toEqual(['unsaid', 'after it']);
      await messages.return();
    });
    await slow.query('ROLLBACK');
  });
});

/** What is told of by a single row each, in a moment. */
const brief = new Set([
  'createRole',
  'updateRole',
  // The rebuild comes after it, as after `updateOrgStructure`.
  'rebuildOrgStructure',
  'grantRole',
  'revokeRole',
  'issueToken',
  'issueOwnToken',
  'rotateToken',
  'revokeToken',
  'createConnection',
  'updateConnection',
  'createSignInConnection',
  'updateSignInConnection',
  'deleteSignInConnection',
  'addDomain',
  'verifyDomain',
  'removeDomain',
  'beginSingleSignOn',
  'finishSingleSignOn',
  'receiveSamlResponse',
  'acceptLogoutToken',
  'acceptSamlLogout',
  'setSsoGroupRoles',
  'beginSignInTest',
  'finishSignInTest',
  'setSignalStream',
  'rotateSignalToken',
  'deleteSignalStream',
  'deliverSecurityEvent',
  'signIn',
  'finishSignIn',
  'signInByPasskey',
  'beginPasskeySignIn',
  'signOut',
  'proveIdentity',
  'beginProviderProof',
  'finishProviderProof',
  'beginPasskeyProof',
  'updateTimeSettings',
  'beginTotp',
  'confirmTotp',
  'removeTotp',
  'beginPasskeyRegistration',
  'registerPasskey',
  'renamePasskey',
  'removePasskey',
  'renewRecoveryCodes',
  'removeSecondFactors',
  'createOAuthClient',
  'rotateOAuthClientKeys',
  'deleteOAuthClient',
  'issueAccessToken',
  'requestPasswordReset',
  'sendPasswordReset',
  'endSessions',
  'createAccount',
]);

const noteWhoSays = `
CREATE TABLE said (type text NOT NULL, is_said boolean NOT NULL);
CREATE FUNCTION note_who_says() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO said SELECT NEW.type, EXISTS (SELECT FROM pg_locks l WHERE l.pid = pg_backend_pid()
    AND l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid::bigint = stays_within_class()
    AND l.objid::bigint::bit(32)::integer = hashtext(NEW.account_id::text));
  RETURN NEW;
END $$;
CREATE TRIGGER note_who_says BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION note_who_says()`;

const mutations = Object.values(graphqlSchema().getMutationType()?.getFields() ?? {});

describe('whatever may change many rows', () => {
  beforeAll(() => withClient(world.databaseUrl, (client) => client.query(noteWhoSays)));
  test.each(mutations.filter(({ name }) => !brief.has(name)).map((field) => [field.name, field] as const))(
    '%s says in which account it writes',
    async (name, field) => {
      const account = await world.account();
      const input = inputsOfMutations(account, await oneOfEach(account, world.databaseUrl))[name];
      await withClient(world.databaseUrl, async (client) => {
        await client.query('TRUNCATE said');
        await account.admin.query(documentOf(field), { input });
        const { rows } = await client.query<{ is_said: boolean }>('SELECT is_said FROM said');
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.every(({ is_said }) => is_said)).toBe(true);
      });
    },
  );
});
