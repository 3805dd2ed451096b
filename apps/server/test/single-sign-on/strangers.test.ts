import { waitingStatements } from '@rollcall/testkit';
import { describe, expect, test } from 'vitest';
import { openBrowser, refusedAt, type Visit } from './browser.ts';
import { hostileScene, later } from './hostile-scene.ts';
import { connect, eventsOf, prove, provision } from './scene.ts';

const scene = hostileScene();
const { signIn, expectRefusal } = scene;

describe('somebody', () => {
  test('whom nothing links is not let in by their address alone, be it of a proven domain or not', async () => {
    await scene.company.admin.query(
      'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
      {
        input: { userName: 'cleo@proven.example' },
      },
    );
    const byEmail = await connect(scene.company, {
      issuer: scene.provider.issuer,
      linkRule: 'VERIFIED_EMAIL',
      connectionId: null,
      jitPolicy: 'DOMAIN',
    });
    const byNothing = await connect(scene.company, {
      issuer: scene.provider.issuer,
      linkRule: 'NONE',
      connectionId: null,
    });
    const claims = { sub: 'cleo', email: 'cleo@proven.example', email_verified: true };
    scene.provider.lies = { claims };
    await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    await prove(scene.company, 'proven.example');
    for (const email_verified of [false, 'true', undefined]) {
      scene.provider.lies = { claims: { ...claims, email_verified } };
      await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    }
    scene.provider.lies = { claims };
    await expectRefusal(await signIn(byNothing), 'NOBODY', byNothing);
    await expectRefusal(await signIn(), 'NOBODY');
    expect(refusedAt(await signIn(byEmail))).toBeNull();
  });

  test.each(['cleo@not.proven.example', 'cleo@proven.example@evil.example', 'cleo', '@proven2.example'])(
    'with the address %j has none of a proven domain',
    async (email) => {
      const byEmail = await connect(scene.company, {
        issuer: scene.provider.issuer,
        linkRule: 'VERIFIED_EMAIL',
        connectionId: null,
        jitPolicy: 'DOMAIN',
      });
      scene.provider.lies = { claims: { sub: 'stranger', email, email_verified: true } };
      await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    },
  );

  test('of a domain that another connection speaks for is not found by their address', async () => {
    await prove(scene.company, 'staff.example');
    const rule = { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' };
    const ofContractors = await connect(scene.company, {
      issuer: scene.provider.issuer,
      ...rule,
      domains: ['Contractors.example.'],
    });
    scene.provider.lies = { claims: { sub: 'erin', email: 'erin@staff.example', email_verified: true } };
    await expectRefusal(await signIn(ofContractors), 'NOBODY', ofContractors);
    await scene.company.admin.query(
      'mutation ($input: UpdateSignInConnectionInput!) { updateSignInConnection(input: $input) { signInConnection { id } } }',
      { input: { id: ofContractors.id, domains: ['contractors.example', 'STAFF.example'] } },
    );
    expect(refusedAt(await signIn(ofContractors))).toBeNull();
  });

  test('who would not come in is not created', async () => {
    const userName = 'dora@refused.example';
    await prove(scene.company, 'refused.example');
    const rule = { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' };
    const byEmail = await connect(scene.company, { issuer: scene.provider.issuer, ...rule });
    const claims = { sub: 'dora', email: userName, email_verified: true };
    scene.provider.lies = { claims: { ...claims, session_expiry: later(-60) } };
    await expectRefusal(await signIn(byEmail), 'PROVIDER_ANSWER', byEmail);
    const users =
      'query ($userName: String!) { users(filter: { userName: { equals: $userName } }) { totalCount } }';
    expect(await scene.company.admin.query(users, { userName })).toEqual({ users: { totalCount: 0 } });
  });

  test('who may do more than the default roles is not linked by an external id, which any SCIM token writes', async () => {
    const { idp, adminId: id } = scene.company;
    const updateUser = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { changed } }';
    await idp.query(updateUser, { input: { id, externalId: 'mallory' } });
    scene.provider.lies = { claims: { sub: 'mallory' } };
    expect(await expectRefusal(await signIn(), 'NOBODY')).toMatch(/default roles.* \w+:\w+/);
    expect((await eventsOf(scene.company, 'SIGN_IN_REFUSED'))[0]?.related?.id).toBe(id);
  });

  /** Signs in beside a transaction that comes first, and goes on when the sign-in waits for it. */
  async function signInBeside(first: Statement, then: Statement): Promise<Visit> {
    const { pool } = scene.server.core.database;
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(...first);
      const visit = signIn();
      await expect.poll(() => waitingStatements(pool)).toBe(1);
      await client.query(...then);
      await client.query('COMMIT');
      return await visit;
    } finally {
      client.release(true);
    }
  }
  type Statement = [sql: string, values?: unknown[]];

  test('who has another external id once they are held is not linked', async () => {
    const id = await provision(scene.company, 'held');
    scene.provider.lies = { claims: { sub: 'held' } };
    const visit = await signInBeside(
      ['SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [id]],
      ["UPDATE user_external_ids SET external_id = 'changed' WHERE user_id = $1", [id]],
    );
    expect(await expectRefusal(visit, 'NOBODY')).toContain('meanwhile');
  });

  test('whose subject is linked to somebody else in the same moment is not let in', async () => {
    await provision(scene.company, 'twice');
    const other = await provision(scene.company, 'other');
    scene.provider.lies = { claims: { sub: 'twice' } };
    const visit = await signInBeside(
      [
        `INSERT INTO identity_links (account_id, sign_in_connection_id, issuer, subject, user_id)
         VALUES ($1, $2, $3, 'twice', $4)`,
        [scene.company.id, scene.connection.id, scene.provider.issuer, other],
      ],
      ['SELECT'],
    );
    expect(await expectRefusal(visit, 'NOBODY')).toContain('meanwhile');
  });

  test('whose mailbox only folds to that of somebody is another, and brings nobody back', async () => {
    await prove(scene.company, 'fold.example');
    const userName = 'strasse@fold.example';
    const id = await provision(scene.company, 'fold', { userName });
    const rule = { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' };
    const byEmail = await connect(scene.company, { issuer: scene.provider.issuer, ...rule });
    scene.provider.lies = { claims: { sub: 'fold', email: 'straße@fold.example', email_verified: true } };
    await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    await leave(id);
    await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail);
    expect(await eventsOf(scene.company, 'USER_REVIVED')).toEqual([]);
  });

  test('who came back under their userName is not who was linked', async () => {
    const id = await provision(scene.company, 'back');
    scene.provider.lies = { claims: { sub: 'back' } };
    expect(refusedAt(await signIn())).toBeNull();
    await leave(id);
    expect(await provision(scene.company, 'successor', { userName: 'back@example.com' })).toBe(id);
    scene.browser = openBrowser(scene.server.origin);
    await expectRefusal(await signIn(), 'NOBODY');
  });

  test('who can not be created is told why', async () => {
    await prove(scene.company, 'long.example');
    const rule = { linkRule: 'VERIFIED_EMAIL', connectionId: null, jitPolicy: 'DOMAIN' };
    const byEmail = await connect(scene.company, { issuer: scene.provider.issuer, ...rule });
    const email = `${'漢'.repeat(900)}@long.example`;
    scene.provider.lies = { claims: { sub: 'long', email, email_verified: true, name: ' ' } };
    expect(await expectRefusal(await signIn(byEmail), 'NOBODY', byEmail)).toContain('userName');
    scene.provider.lies = {
      claims: { sub: 'short', email: 'a@long.example', email_verified: true, name: ' ' },
    };
    expect(refusedAt(await signIn(byEmail))).toBeNull();
  });

  const leave = (id: string): Promise<unknown> =>
    scene.company.idp.query(
      'mutation ($input: DeprovisionUserInput!) { deprovisionUser(input: $input) { changed } }',
      { input: { id } },
    );

  test('who is switched off is not let in, and the event says who', async () => {
    const id = await provision(scene.company, 'off', { active: false });
    scene.provider.lies = { claims: { sub: 'off' } };
    await expectRefusal(await signIn(), 'NOT_ACTIVE');
    expect((await eventsOf(scene.company, 'SIGN_IN_REFUSED'))[0]?.related?.id).toBe(id);
  });
});
