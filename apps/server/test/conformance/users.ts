import { describe, expect, test } from 'vitest';
import { USER, unique, wholeUser } from './samples.ts';
import type { Scene } from './scene.ts';

export function describeUsers(scene: () => Scene): void {
  describe('Users', () => {
    test('RFC 7644 §3.3 POST: a user is created with every attribute, and read as given', async () => {
      const { scim } = scene().company;
      const given = wholeUser();
      const { headers, body } = await scim.expect(201, { method: 'POST', path: '/Users', body: given });
      expect(body).toMatchObject(given);
      expect(headers.location).toBe(`${scim.baseUrl}/Users/${body.id}`);
      expect(body.meta).toMatchObject({
        resourceType: 'User',
        location: headers.location,
        version: headers.etag,
      });
      expect(await scim.read(`/Users/${body.id}`)).toEqual(body);
    });

    test('RFC 7643 §3.1 id: comes from the server, whatever the client sends', async () => {
      const { scim } = scene().company;
      const victim = await scim.create('Users', { schemas: [USER], userName: unique('victim') });
      const other = await scim.create('Users', { schemas: [USER], userName: unique('other'), id: victim.id });
      expect(other.id).not.toBe(victim.id);
      expect(await scim.read(`/Users/${victim.id}`)).toEqual(victim);
    });

    test('RFC 7644 §3.3 POST: a userName is taken once, in whatever case', async () => {
      const { scim } = scene().company;
      const first = await scim.create('Users', wholeUser());
      const again = { ...wholeUser(), userName: String(first.userName).toUpperCase() };
      const refused = await scim.expect(409, { method: 'POST', path: '/Users', body: again });
      expect(refused.body.scimType).toBe('uniqueness');
      expect(await scim.read(`/Users/${first.id}`)).toEqual(first);
    });

    test('RFC 7644 §3.3 POST: of many at the same moment under one name one is created', async () => {
      const { scim } = scene().company;
      const body = { schemas: [USER], userName: unique('race') };
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => scim.send({ method: 'POST', path: '/Users', body })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    });

    test('RFC 7644 §3.5.1 PUT: replaces a user as a whole: what is left out is cleared, `active` stays', async () => {
      const { scim } = scene().company;
      const { id, userName, meta } = await scim.create('Users', { ...wholeUser(), active: false });
      const { body } = await scim.expect(200, {
        method: 'PUT',
        path: `/Users/${id}`,
        body: { schemas: [USER], userName, title: 'Retired', id: 'something else', meta: { created: 'x' } },
      });
      expect(body).toEqual({
        schemas: [USER],
        id,
        userName,
        title: 'Retired',
        active: false,
        meta: { ...meta, lastModified: expect.any(String), version: 'W/"2"' },
      });
      expect(await scim.read(`/Users/${id}`)).toEqual(body);
    });

    test('RFC 7643 §4.1.1 userName: a user needs one', async () => {
      const { scim } = scene().company;
      const { id } = await scim.create('Users', wholeUser());
      for (const [method, path] of [
        ['POST', '/Users'],
        ['PUT', `/Users/${id}`],
      ] as const) {
        const { body } = await scim.expect(400, { method, path, body: { schemas: [USER], title: 'x' } });
        expect(body.scimType).toBe('invalidValue');
      }
    });

    test('RFC 7644 §3.6 DELETE: who was deleted is gone, and comes back as the same under the same name', async () => {
      const { scim, id: accountId, admin } = scene().company;
      const { id, userName } = await scim.create('Users', wholeUser());
      await scim.expect(204, { method: 'DELETE', path: `/Users/${id}` });
      await scim.expect(404, { path: `/Users/${id}` });
      await scim.expect(404, { method: 'DELETE', path: `/Users/${id}` });
      await scim.expect(404, { method: 'PUT', path: `/Users/${id}`, body: { schemas: [USER], userName } });
      expect((await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'x' })).status).toBe(
        404,
      );
      expect((await scim.list('/Users', { filter: `userName eq "${userName}"` })).totalResults).toBe(0);
      const history = await admin.query<{ user: { status: string } }>(
        'query ($id: ID!) { user(id: $id) { status } }',
        { id },
      );
      expect(history.user.status).toBe('DEPROVISIONED');
      const revived = await scim.create('Users', { schemas: [USER], userName, title: 'Back' });
      expect(revived.id).toBe(id);
      expect(revived.title).toBe('Back');
      expect(revived.nickName).toBeUndefined();
      expect(revived.meta.location).toContain(accountId);
    });

    test('RFC 7644 §3.12 errors: the last admin is not taken from the account, and the refusal says why', async () => {
      const { scim, adminId } = await scene().endpoint.company();
      const path = `/Users/${adminId}`;
      const before = await scim.read(path);
      const refused = [
        await scim.patch(path, { op: 'replace', path: 'active', value: 'False' }),
        await scim.send({
          method: 'PUT',
          path,
          body: { schemas: [USER], userName: before.userName, active: false },
        }),
        await scim.send({ method: 'DELETE', path }),
      ];
      expect(refused.map(({ status, body }) => [status, body.scimType])).toEqual(
        Array(3).fill([400, 'mutability']),
      );
      expect(await scim.read(path)).toEqual(before);
    });
  });
}
