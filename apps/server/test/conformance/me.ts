import { beforeAll, describe, expect, test } from 'vitest';
import { patchOf, type ScimClient, scimClient } from '../clients/scim-client.ts';
import { type Company, tokenOf } from '../world.ts';
import type { Scene } from './scene.ts';

export function describeMe(scene: () => Scene): void {
  describe('/Me', () => {
    let company: Company | undefined;
    beforeAll(async () => {
      company = await scene().endpoint.company();
    });
    const own = (): Company => {
      if (company === undefined) throw new Error('There is no company yet.');
      return company;
    };
    /** The admin, who is a person, as a SCIM client. */
    const person = (): ScimClient => {
      const { origin, pathname } = new URL(own().scim.baseUrl);
      return scimClient(origin, pathname, tokenOf(own().admin));
    };

    test('RFC 7644 §3.11 /Me: is 501 for a token that belongs to nobody', async () => {
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        const body = method === 'PUT' || method === 'PATCH' ? patchOf() : undefined;
        await own().scim.expect(501, { method, path: '/Me', ...(body === undefined ? {} : { body }) });
      }
    });

    test('RFC 7644 §3.11 /Me: is the person of the token, whose permanent address is in Location', async () => {
      const { headers, body } = await person().expect(200, { path: '/Me' });
      const location = `${own().scim.baseUrl}/Users/${own().adminId}`;
      expect([body.id, headers.location]).toEqual([own().adminId, location]);
      const operation = { op: 'replace', path: 'title', value: 'Admin' };
      const patched = await person().expect(200, { method: 'PATCH', path: '/Me', body: patchOf(operation) });
      expect([patched.body.title, patched.headers.location]).toEqual(['Admin', location]);
      expect((await own().scim.read(`/Users/${own().adminId}`)).title).toBe('Admin');
    });
  });
}
