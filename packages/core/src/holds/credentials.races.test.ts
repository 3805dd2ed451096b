import { setTimeout as sleep } from 'node:timers/promises';
import { type AccountWorld, waitingStatements } from '@rollcall/testkit';
import { beforeAll, expect, test, vi } from 'vitest';
import { findTokenViewer } from '../authorization/find-credential.ts';
import { newSecret, parseSecret } from '../authorization/secret.ts';
import { hashPassword } from '../passwords/password.ts';
import {
  deprovisionUser,
  issueToken,
  revokeToken,
  rotateToken,
  run,
  signIn,
  type UserData,
  updateUser,
} from '../testing/directory.ts';
import { at, codeOf, headStart, newcomers, ROUNDS, race, type Sides } from '../testing/races.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

vi.setConfig({ testTimeout: 120_000 });
const world = useWorld();
let account: AccountWorld;
let sides: Sides;

beforeAll(async () => {
  account = await world.account();
  const other = await world.anotherCore();
  sides = [account.admin, other.actor(account.admin.authorization.replace('Bearer ', ''))];
});

const rowsOf = <Row extends object>(statement: string, ...values: unknown[]): Promise<Row[]> =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(statement, values)).rows);

const newToken = (): Promise<{ secret: string; token: { id: string } }> =>
  run(account.admin, issueToken, { kind: 'API', name: 'Contested', permissions: ['users:read'] });

/** Those of the secrets that open the token now. */
async function validOf(id: string, secrets: readonly string[]): Promise<string[]> {
  const [row] = await rowsOf<{ digests: string[] }>(
    `SELECT CASE WHEN revoked_at IS NULL THEN ARRAY[digest] ELSE '{}' END
       || CASE WHEN revoked_at IS NULL AND overlap_ends_at > now() THEN ARRAY[previous_digest] ELSE '{}' END AS digests
     FROM tokens WHERE id = $1`,
    id,
  );
  return secrets.filter((secret) => row?.digests.includes(parseSecret(secret)?.digest ?? ''));
}

/** The secret that a rotation answered, if it did. */
const secretOf = ({ data }: { readonly data?: unknown }): string[] => {
  const { rotateToken: rotated } = (data ?? {}) as { rotateToken?: { secret: string } | null };
  return rotated == null ? [] : [rotated.secret];
};

test('of four who rotate a token at once, whoever is answered a secret has one that works', async () => {
  const outcomes = await race('a token rotated by four', sides, async ([one, other]) => {
    const { secret, token } = await newToken();
    const input = { id: token.id, overlapSeconds: 3600 };
    const answers = await Promise.all(
      [one, other, one, other].map((actor) => actor.ask(rotateToken.document, { input })),
    );
    const answered = answers.flatMap(secretOf);
    const valid = await validOf(token.id, [secret, ...answered]);
    expect(valid).toHaveLength(2);
    // One who begins when another is done rotates anew, with an overlap of their own.
    if (answered.length <= 2) expect(valid).toEqual(expect.arrayContaining(answered));
    return answers.map(codeOf).toSorted().join(' ');
  });
  for (const codes of Object.keys(outcomes)) expect(codes).toMatch(/^(VERSION_MISMATCH ?)*(done ?)+$/);
});

test('a token that is revoked while it is rotated is over', async () => {
  const outcomes = await race('a token revoked beside its rotation', sides, async ([one, other]) => {
    const { secret, token } = await newToken();
    const [rotated, revoked] = await Promise.all([
      one.ask(rotateToken.document, { input: { id: token.id, overlapSeconds: 3600 } }),
      other.ask(revokeToken.document, { input: { id: token.id } }),
    ]);
    expect(codeOf(revoked)).toBe('done');
    expect(await validOf(token.id, [secret, ...secretOf(rotated)])).toEqual([]);
    return codeOf(rotated);
  });
  expect((outcomes.done ?? 0) + (outcomes.INVALID_INPUT ?? 0)).toBe(ROUNDS);
});

/** New people with a token each, which may issue others. */
async function issuers(): Promise<{ person: UserData; secret: string }[]> {
  const people = await newcomers(account.idp);
  const made = people.map((person) => {
    const id = crypto.randomUUID();
    return { person, id, ...newSecret('api', id) };
  });
  const role = crypto.randomUUID();
  await rowsOf(
    'INSERT INTO roles (account_id, id, name, permissions) VALUES ($1, $2::uuid, $2::text, $3)',
    account.id,
    role,
    ['tokens:write', 'users:read'],
  );
  await rowsOf(
    `WITH granted AS (
       INSERT INTO role_grants (account_id, user_id, role_id, source, actor_kind, actor_name, request_id)
       SELECT $1, p, $2, 'MANUAL', 'SYSTEM', 'Rollcall', 'race' FROM unnest($3::uuid[]) p)
     INSERT INTO tokens (account_id, id, name, kind, permissions, user_id, digest, last_four, actor_kind, actor_name)
     SELECT $1, t.id, 'Issuer', 'API', '{tokens:write,users:read}', t.person, t.digest, 'race', 'SYSTEM', 'Rollcall'
     FROM unnest($3::uuid[], $4::uuid[], $5::text[]) AS t (person, id, digest)`,
    account.id,
    role,
    people.map(({ id }) => id),
    made.map(({ id }) => id),
    made.map(({ digest }) => digest),
  );
  return made;
}

test.each([
  ['deactivated', (id: string) => [updateUser.document, { input: { id, active: false } }] as const],
  ['deprovisioned', (id: string) => [deprovisionUser.document, { input: { id } }] as const],
])('whoever issues a token while they are %s leaves none', async (what, leaving) => {
  const holders = await issuers();
  const input = { kind: 'API', name: 'Last minute', permissions: ['users:read'] };
  const outcomes = await race(
    `a token issued beside its holder being ${what}`,
    sides,
    async ([, other], n) => {
      const { person, secret } = at(holders, n);
      const [issued, left] = await Promise.all([
        world.actor(secret).ask(issueToken.document, { input }),
        other.ask(...leaving(person.id)),
      ]);
      expect(codeOf(left)).toBe('done');
      return codeOf(issued);
    },
  );
  expect((outcomes.done ?? 0) + (outcomes.UNAUTHENTICATED ?? 0)).toBe(ROUNDS);
  const ids = holders.map(({ person }) => person.id);
  expect(await rowsOf('SELECT FROM tokens WHERE user_id = ANY($1) AND revoked_at IS NULL', ids)).toEqual([]);
});

test('whose a token is and what they may do are of one moment, also when they lose their roles during the look-up', async () => {
  const { person, secret } = at(await issuers(), 0);
  const { id: tokenId = '' } = parseSecret(secret) ?? {};
  const { sql } = world.core.database;
  const allows = async () =>
    [...((await findTokenViewer(sql, tokenId))?.viewer.permissions ?? [])].toSorted();
  const before = await allows();
  expect(before).toEqual(['tokens:write', 'users:read']);
  await withClient(world.databaseUrl, async (client) => {
    // The look-up has found the token when it comes to the grants.
    await client.query('BEGIN');
    await client.query('LOCK TABLE role_grants IN ACCESS EXCLUSIVE MODE');
    const during = allows();
    await expect.poll(() => waitingStatements(client, 'relation')).toBe(1);
    await client.query('DELETE FROM role_grants WHERE user_id = $1', [person.id]);
    await client.query(`UPDATE users SET status = 'DEPROVISIONED' WHERE id = $1`, [person.id]);
    await client.query('COMMIT');
    expect(await during).toEqual(before);
  });
  expect(await allows()).toEqual([]);
});

const PASSWORD = 'first of two correct horses';

test.each([
  [
    'their password is changed',
    (id: string) =>
      [updateUser.document, { input: { id, password: 'second of two correct horses' } }] as const,
  ],
  ['they are deactivated', (id: string) => [updateUser.document, { input: { id, active: false } }] as const],
  ['they are deprovisioned', (id: string) => [deprovisionUser.document, { input: { id } }] as const],
])('no session begins of who signs in while %s', async (what, change) => {
  const people = await newcomers(account.idp);
  const ids = people.map(({ id }) => id);
  await rowsOf('UPDATE users SET password_digest = $2 WHERE id = ANY($1)', ids, await hashPassword(PASSWORD));
  let signInMs = 0;
  const outcomes = await race(`signing in while ${what}`, sides, async ([one, other], n) => {
    const { id, userName } = at(people, n);
    const [beforeSignIn, beforeChange] = headStart(signInMs);
    const signsIn = async () => {
      const startedAt = performance.now();
      const answer = await one.ask(signIn.document, { input: { email: userName, password: PASSWORD } });
      signInMs = performance.now() - startedAt;
      return answer;
    };
    const [began, changed] = await Promise.all([
      sleep(beforeSignIn).then(signsIn),
      sleep(beforeChange).then(() => other.ask(...change(id))),
    ]);
    expect(codeOf(changed)).toBe('done');
    return codeOf(began);
  });
  expect(outcomes).toEqual({ done: expect.any(Number), SIGN_IN_FAILED: expect.any(Number) });
  expect(await rowsOf('SELECT FROM sessions WHERE user_id = ANY($1)', ids)).toEqual([]);
});
