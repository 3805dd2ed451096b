import type { Actor } from '@rollcall/testkit';
import { describe, expect, test } from 'vitest';
import {
  issueOwnToken,
  issueToken,
  newUser,
  refused,
  revokeToken,
  rotateToken,
  run,
  signIn,
  updateUser,
} from '../../testing/directory.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useAccount(world);
const password = 'correct horse battery';
const in30Days = () => new Date(Date.now() + 30 * 86_400_000).toISOString();

/** Somebody with the default roles, who signed in. */
async function colleague(): Promise<{ id: string; actor: Actor }> {
  const { id, userName } = await newUser(account.admin, { password });
  const { secret } = await run<{ secret: string }>(account.admin, signIn, { email: userName, password });
  return { id, actor: world.actor(secret) };
}

interface Issued {
  readonly secret: string;
  readonly token: { readonly id: string };
}

const issue = (actor: Actor, input: object = {}): Promise<Issued> =>
  run(actor, issueOwnToken, {
    name: 'Laptop',
    permissions: ['users:read'],
    expiresAt: in30Days(),
    ...input,
  });

const ownTokens = async (actor: Actor) =>
  (
    await actor.query<{ viewer: { tokens: { name: string }[] } }>('{ viewer { tokens { name } } }')
  ).viewer.tokens.map(({ name }) => name);

const readsPeople = '{ users(first: 1) { totalCount } }';

describe('whoever is signed in', () => {
  test('issues a token for themselves without tokens:write, sees it, and revokes it', async () => {
    const { actor } = await colleague();
    const { secret, token } = await issue(actor);
    const tool = world.actor(secret);
    expect(await tool.query(readsPeople)).toBeTruthy();
    expect(await ownTokens(actor)).toEqual(['Laptop']);
    expect(await run(actor, revokeToken, { id: token.id })).toMatchObject({ token: { status: 'REVOKED' } });
    expect(await tool.refusal(readsPeople)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('gives it no more than they may do, and it loses with them what they lose', async () => {
    const { id, actor } = await colleague();
    expect(
      await refused(actor, issueOwnToken, {
        name: 'x',
        permissions: ['users:read', 'users:write'],
        expiresAt: in30Days(),
      }),
    ).toMatchObject({ code: 'FORBIDDEN', field: 'permissions', permission: 'users:write' });
    const tool = world.actor((await issue(actor)).secret);
    await run(account.admin, updateUser, { id, active: false });
    await expect.poll(() => tool.refusal(readsPeople)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('has it end within a year', async () => {
    const { actor } = await colleague();
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    for (const expiresAt of [at(366), at(-1)])
      expect(await refused(actor, issueOwnToken, { name: 'x', permissions: [], expiresAt })).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'expiresAt',
      });
    expect(await issue(actor, { expiresAt: at(364) })).toBeTruthy();
  });

  test('has as many as are listed, also of those issued at one moment', async () => {
    const { actor } = await colleague();
    for (let n = 0; n < 99; n++) await issue(actor);
    const answers = await Promise.all(
      ['one', 'other'].map((name) =>
        actor.ask(issueOwnToken.document, { input: { name, permissions: [], expiresAt: in30Days() } }),
      ),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.toSorted()).toEqual(['LIMIT_EXCEEDED', undefined]);
    expect(await ownTokens(actor)).toHaveLength(100);
  });
});

test('no token issues another without tokens:write', async () => {
  const { actor } = await colleague();
  const tool = world.actor((await issue(actor)).secret);
  const input = { name: 'x', permissions: [], expiresAt: in30Days() };
  expect(await refused(tool, issueOwnToken, input)).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'authorization',
  });
  const forbidden = { code: 'FORBIDDEN', permission: 'tokens:write' };
  for (const by of [tool, actor])
    expect(await refused(by, issueToken, { kind: 'API', name: 'x', permissions: [] })).toMatchObject(
      forbidden,
    );
  expect(await refused(account.idp, issueOwnToken, input)).toMatchObject({ field: 'authorization' });
});

test('the tokens of others take tokens:write, and are not told apart from none without it', async () => {
  const [{ actor }, other] = [await colleague(), await colleague()];
  const { token, secret } = await issue(other.actor);
  const forbidden = { code: 'FORBIDDEN', permission: 'tokens:write' };
  for (const id of [token.id, crypto.randomUUID()])
    expect(await refused(actor, revokeToken, { id })).toMatchObject(forbidden);
  expect(await refused(other.actor, rotateToken, { id: token.id })).toMatchObject(forbidden);
  const { tokens } = await account.admin.query<{ tokens: { nodes: { id: string }[] } }>(
    '{ tokens { nodes { id } } }',
  );
  expect(tokens.nodes.map(({ id }) => id)).toContain(token.id);
  expect(await run(account.admin, revokeToken, { id: token.id })).toMatchObject({
    token: { status: 'REVOKED' },
  });
  expect(await world.actor(secret).refusal(readsPeople)).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('ends itself, whatever it allows; of others it ends none without what they allow', async () => {
  const clerk = await account.withPermissions('tokens:write');
  const { token } = await run<Issued>(account.admin, issueToken, { kind: 'SCIM', name: 'Directory' });
  expect(await refused(clerk, revokeToken, { id: token.id })).toMatchObject({
    code: 'FORBIDDEN',
    permission: 'users:read',
  });
  const { actor } = await colleague();
  const own = await issue(actor);
  expect(await run(world.actor(own.secret), revokeToken, { id: own.token.id })).toMatchObject({
    token: { status: 'REVOKED' },
  });
});
