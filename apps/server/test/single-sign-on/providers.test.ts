import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { refusedAt } from './browser.ts';
import { type Lies, SUBJECT } from './hostile-provider.ts';
import { hostileScene, redirectTo } from './hostile-scene.ts';
import { connect, updateConnection } from './scene.ts';

const scene = hostileScene();
const { start, signIn, expectRefusal } = scene;

describe('a provider', () => {
  test('that is switched off lets nobody in, also who has begun', async () => {
    const { location } = await start();
    await updateConnection(scene.company, { id: scene.connection.id, enabled: false });
    await expectRefusal(await scene.browser.open(scene.provider.answer(location)), 'CONNECTION');
    await expectRefusal(await start(), 'CONNECTION');
  });

  test.each([
    { preset: 'ENTRA' },
    { jitPolicy: 'DOMAIN', linkRule: 'VERIFIED_EMAIL' },
    { clientId: 'another' },
  ])('that comes to be %j while it is asked lets nobody in', async (change) => {
    const meanwhile = () => updateConnection(scene.company, { id: scene.connection.id, ...change });
    scene.provider.lies = { claims: { oid: SUBJECT }, meanwhile };
    await expectRefusal(await signIn(), 'CONNECTION');
  });

  test('that nobody has set up is refused, whatever its id', async () => {
    for (const id of [crypto.randomUUID(), 'x', '%00', '..%2f'])
      expect(refusedAt(await scene.browser.open(`/auth/oidc/${id}/start`))).toBe('CONNECTION');
  });

  test('that names another issuer than it was set up with is not asked', async () => {
    scene.provider.lies = { metadata: { issuer: 'https://login.example.com' } };
    await expectRefusal(await start(), 'PROVIDER_UNREACHABLE');
    scene.provider.lies = { metadata: { issuer: `${scene.provider.issuer}/` } };
    await expectRefusal(await start(), 'PROVIDER_UNREACHABLE');
  });

  test.each(['http://127.0.0.1:1/authorize', 'javascript:alert(1)', 'file:///etc/passwd'])(
    'that sends people to %s is refused',
    async (authorization_endpoint) => {
      scene.provider.lies = { metadata: { authorization_endpoint } };
      await expectRefusal(await start(), 'PROVIDER_UNREACHABLE');
    },
  );

  test('has the server ask nothing inside: not by its addresses, and not by a redirect', async () => {
    let heard = 0;
    const inside = createServer((_request, response) => {
      heard += 1;
      response.end('{}');
    });
    await new Promise<void>((listens) => inside.listen(0, '127.0.0.1', listens));
    const address = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/`;
    const metadata = '/.well-known/openid-configuration';
    const everyLie: readonly Lies[] = [
      { at: { [metadata]: redirectTo(address) } },
      { metadata: { token_endpoint: address } },
      { metadata: { jwks_uri: address } },
      { at: { '/keys': redirectTo(address) } },
      { at: { '/token': redirectTo(address) } },
    ];
    for (const lies of everyLie) {
      scene.connection = await connect(scene.company, { issuer: scene.provider.issuer });
      scene.provider.lies = lies;
      const begun = await start();
      const visit =
        refusedAt(begun) === null ? await scene.browser.open(scene.provider.answer(begun.location)) : begun;
      expect(await expectRefusal(visit, 'PROVIDER_UNREACHABLE')).toMatch(
        /redirects are not followed|https|public/,
      );
    }
    expect(heard).toBe(0);
    inside.close();
  });

  test.each([
    'https://127.0.0.1',
    'https://[::1]',
    'http://login.example.com',
    'https://169.254.169.254/',
    'nonsense',
    'https://a.example?x',
  ])('at %s can not be set up at all', async (issuer) => {
    await expect(connect(scene.company, { issuer })).rejects.toThrow(/issuer: /);
  });

  test.each<[string, Lies]>([
    ['no JSON', { at: { '/.well-known/openid-configuration': (_, response) => response.end('<html>') } }],
    ['nothing', { at: { '/.well-known/openid-configuration': (_, response) => response.destroy() } }],
    [
      'an error',
      { at: { '/.well-known/openid-configuration': (_, response) => response.writeHead(500).end() } },
    ],
    ['no token', { at: { '/token': (_, response) => response.writeHead(400).end('{}') } }],
    ['no keys', { at: { '/keys': (_, response) => response.writeHead(404).end() } }],
  ])('that answers %s is told of, and is no failure of ours', async (_what, lies) => {
    scene.provider.lies = lies;
    const begun = await start();
    const visit =
      refusedAt(begun) === null ? await scene.browser.open(scene.provider.answer(begun.location)) : begun;
    expect(refusedAt(visit)).toMatch(/^PROVIDER_/);
  });
});
