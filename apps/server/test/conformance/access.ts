import { describe, expect, test } from 'vitest';
import { scimClient } from '../clients/scim-client.ts';
import { USER, unique } from './samples.ts';
import type { Scene } from './scene.ts';

export function describeAccess(scene: () => Scene): void {
  describe('access and addresses', () => {
    test.each(['', 'Bearer', 'Bearer nonsense', 'Basic YTpi', 'bearer rc_scim_x', 'Bearer \u00e9'])(
      'RFC 7644 §2 access: the credential %j is refused with a challenge',
      async (authorization) => {
        const { body } = await scene().company.scim.expect(401, {
          path: '/Users',
          headers: { authorization },
        });
        expect(body.detail).not.toBe('');
      },
    );

    test('RFC 7644 §2 access: a token is for its own account, whatever the path says', async () => {
      const [one, other] = await Promise.all([scene().endpoint.company(), scene().endpoint.company()]);
      const origin = new URL(one.scim.baseUrl).origin;
      const { userName } = await one.scim.create('Users', { schemas: [USER], userName: unique('mine') });
      for (const account of [other.id, 'nobody', '0']) {
        const crossed = scimClient(origin, `/scim/v2/${account}`, one.idp.token);
        await crossed.expect(401, { path: '/Users' });
        await crossed.expect(401, {
          method: 'POST',
          path: '/Users',
          body: { schemas: [USER], userName: unique('x') },
        });
      }
      const plain = scimClient(origin, '/scim/v2', one.idp.token);
      const { Resources } = await plain.list('/Users', { filter: `userName eq "${userName}"` });
      expect(Resources).toMatchObject([{ userName }]);
      expect(Object(Resources[0]?.meta).location).toBe(`${origin}/scim/v2/Users/${Resources[0]?.id}`);
    });

    test('RFC 7644 §2 access: a token that was revoked is refused at once', async () => {
      const company = await scene().endpoint.company();
      await company.scim.list('/Users');
      const { tokens } = await company.admin.query<{ tokens: { nodes: { id: string; kind: string }[] } }>(
        '{ tokens { nodes { id kind } } }',
      );
      for (const { id } of tokens.nodes.filter(({ kind }) => kind === 'SCIM')) {
        await company.admin.query(
          'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { id } } }',
          {
            input: { id },
          },
        );
      }
      await company.scim.expect(401, { path: '/Users' });
    });

    test('RFC 7644 §3.2 endpoints: their names have no case, and a slash at the end does not count', async () => {
      const { scim, id, idp } = scene().company;
      for (const path of ['/users', '/USERS', '/Users/', '/gRoUpS', '/serviceproviderconfig', '/SCHEMAS']) {
        await scim.expect(200, { path });
      }
      const origin = new URL(scim.baseUrl).origin;
      await scimClient(origin, `/SCIM/V2/${id.toUpperCase()}`, idp.token).expect(200, { path: '/users' });
    });

    test('RFC 7644 §3.12 errors: what is not there says so in SCIM', async () => {
      const { scim } = scene().company;
      for (const path of ['/Nothing', '/Users/x/y', '/Users/1', '/Groups/%00', `/Users/${'x'.repeat(90)}`]) {
        await scim.expect(404, { path });
      }
      await scim.expect(405, { method: 'DELETE', path: '/Users' });
      await scim.expect(405, { method: 'POST', path: '/Schemas' });
    });

    test('RFC 7644 §3.8 formats: bodies are of SCIM or JSON', async () => {
      const { scim } = scene().company;
      const send = (type: string | undefined) =>
        scim.send({
          method: 'POST',
          path: '/Users',
          body: JSON.stringify({ schemas: [USER], userName: unique('type') }),
          headers: { 'content-type': type },
        });
      const types = ['application/json', 'application/scim+json; charset=utf-8', 'APPLICATION/SCIM+JSON'];
      for (const type of types) expect((await send(type)).status).toBe(201);
      for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
        expect((await send(type)).status).toBe(415);
      }
    });
  });
}
