import { describe, expect, test } from 'vitest';
import { patchOf } from '../clients/scim-client.ts';
import { GROUP, unique, wholeUser } from './samples.ts';
import type { Scene } from './scene.ts';

export function describeVersions(scene: () => Scene): void {
  describe('versions', () => {
    const create = async (type: 'Users' | 'Groups') => {
      const { scim } = scene().company;
      const body = type === 'Users' ? wholeUser() : { schemas: [GROUP], displayName: unique('Version') };
      const resource = await scim.create(type, body);
      return { scim, resource, path: `/${type}/${resource.id}` };
    };
    const retitle = { op: 'replace', path: 'externalId', value: 'changed' };

    test.each(['Users', 'Groups'] as const)(
      'RFC 7644 §3.14 versions: of %s, If-None-Match answers 304 to who has it already',
      async (type) => {
        const { scim, path } = await create(type);
        const { headers } = await scim.expect(200, { path });
        expect(headers.etag).toMatch(/^W\/"\d+"$/);
        await scim.expect(304, { path, headers: { 'if-none-match': headers.etag } });
        await scim.expect(304, { path, headers: { 'if-none-match': `W/"77", ${headers.etag}` } });
        await scim.expect(200, { path, headers: { 'if-none-match': 'W/"77"' } });
        await scim.patch(path, retitle);
        const after = await scim.expect(200, { path, headers: { 'if-none-match': headers.etag } });
        expect(after.headers.etag).not.toBe(headers.etag);
      },
    );

    test.each(['Users', 'Groups'] as const)(
      'RFC 7644 §3.14 versions: of %s, If-Match refuses a change of another version',
      async (type) => {
        const { scim, path, resource } = await create(type);
        const stale = { 'if-match': 'W/"77"' };
        const put = { schemas: resource.schemas, userName: unique('put'), displayName: unique('put') };
        const refused = [
          await scim.send({ method: 'PATCH', path, headers: stale, body: patchOf(retitle) }),
          await scim.send({ method: 'PUT', path, headers: stale, body: put }),
          await scim.send({ method: 'DELETE', path, headers: stale }),
        ];
        expect(refused.map(({ status }) => status)).toEqual([412, 412, 412]);
        expect((await scim.read(path)).meta).toEqual(resource.meta);
        const fresh = { 'if-match': resource.meta.version };
        const changed = await scim.send({
          method: 'PATCH',
          path,
          headers: fresh,
          body: patchOf(retitle),
        });
        expect(changed.status).toBeLessThan(300);
        await scim.expect(412, { method: 'DELETE', path, headers: fresh });
        await scim.expect(204, { method: 'DELETE', path, headers: { 'if-match': '*' } });
      },
    );

    test('RFC 7644 §3.14 versions: what a resource shows of others has part in its tag, and none in If-Match', async () => {
      const { scim } = scene().company;
      const [user, group] = [await create('Users'), await create('Groups')];
      const before = (await scim.expect(200, { path: user.path })).headers.etag;
      await scim.patch(group.path, { op: 'add', path: 'members', value: [{ value: user.resource.id }] });
      const joined = await scim.expect(200, { path: user.path, headers: { 'if-none-match': before } });
      expect(joined.body).toMatchObject({
        groups: [{ value: group.resource.id }],
        meta: { version: joined.headers.etag },
      });
      await scim.expect(304, { path: user.path, headers: { 'if-none-match': joined.headers.etag } });
      const headers = { 'if-match': before };
      await scim.expect(200, { method: 'PATCH', path: user.path, body: patchOf(retitle), headers });
    });

    test('RFC 7644 §3.14 versions: a write that changes nothing makes no version', async () => {
      const { scim, path, resource } = await create('Users');
      const same = await scim.patch(path, {
        op: 'replace',
        path: 'displayName',
        value: resource.displayName,
      });
      expect(same.body).toEqual(resource);
      const put = await scim.expect(200, { method: 'PUT', path, body: resource });
      expect(put.body).toEqual(resource);
    });

    test('RFC 7644 §3.14 versions: of several changes of one version one goes through', async () => {
      const { scim, path, resource } = await create('Users');
      const answers = await Promise.all(
        ['a', 'b', 'c'].map((value) =>
          scim.send({
            method: 'PATCH',
            path,
            headers: { 'if-match': resource.meta.version },
            body: patchOf({ op: 'replace', path: 'title', value }),
          }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    });
  });
}
